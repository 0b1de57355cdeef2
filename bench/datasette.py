"""Datasette on the same practices, with the same filter and the same facets, over loopback."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench.client import Client
from bench.layout import ARRAYS
from bench.timing import repeat
from tests.server import free_port

# Nothing is cut short, guessed or counted twice: a facet that Datasette gives up on would look quick.
SETTINGS = {
    "facet_time_limit_ms": 600_000,
    "sql_time_limit_ms": 600_000,
    "suggest_facets": "off",
    "default_cache_ttl": 0,
}
START_SECONDS = 60


def address(path: str, chosen: dict) -> str:
    """Return the address of the table with all facets, of the rows that have the `chosen` values."""
    filters = [(f"{name}__arraycontains", value) for name, value in chosen.items()]
    facets = [("_facet_array", name) for name in ARRAYS]
    shown = [("_size", 20), ("_facet_size", 40), ("_sort_desc", "published_at")]
    return f"{path}?{urlencode(filters + facets + shown)}"


def measure(path: Path, chosen: dict) -> tuple[list[float], int]:
    """Serve the file `path`; return the times of the list with the `chosen` values, and its total."""
    table = f"/{path.stem}/praktyki"
    with _serving(path) as port:
        client = Client(port)
        answer = json.loads(client.get(address(f"{table}.json", chosen)))
        if answer.get("facets_timed_out") or len(answer["facet_results"]) != len(ARRAYS):
            raise RuntimeError("Datasette left facets out.")
        return repeat(partial(client.get, address(table, chosen))), answer["filtered_table_rows_count"]


@contextmanager
def _serving(path):
    port = free_port()
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    command = [sys.executable, "-m", "datasette", "--immutable", str(path), "--port", str(port), *settings]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port, process):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            Client(port).get("/-/versions.json")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("Datasette did not start.")
