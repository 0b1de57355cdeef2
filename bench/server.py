"""The site under its production server with two workers: throughput, memory, and how soon an edit shows."""

import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.client import Client
from bench.memory import resident
from bench.pages import first_result, total
from bench.questions import EMPTY, LISTS, SESSION, WORKER, address
from bench.timing import repeat, row, seconds
from tests.server import ROOT, START_SECONDS, environment, running_server

WORKERS, CONNECTIONS = 2, 32
EDITS = 10
SHOWS_SECONDS = 60  # an edit that shows later never does


def measure(var: Path, settings: dict, engine: str, rows: int) -> tuple[list[dict], list[str]]:
    """Return the measured rows, and notes for people."""
    settings = {**settings, "DJANGO_SETTINGS_MODULE": "bench.settings", "WEB_CONCURRENCY": WORKERS}
    with running_server(var, **settings) as server:
        workers = one_of_each_worker(server)
        for client in workers.values():
            client.get(address())  # builds the index
        client = Client(server.port)
        detail = first_result(client.get(address()))
        measured = [
            row(f"list_http{form}", engine, rows, repeat(partial(uncopied, client, address(**chosen))))
            for form, chosen in LISTS.items()
        ]
        loaded, notes = load(server.url, targets(client, detail), engine, rows)
        notes.append(f"{engine}: the larger worker takes {max(map(resident, workers)):.0f} MB.")
        with editor(detail.strip("/").split("/")[-1], environment(VAR=var, **settings)) as edit:
            shown, stale = until_shown(list(one_of_each_worker(server).values()), edit)
        notes.append(f"{engine}: after {EDITS} edits {stale} answers did not show the edit yet.")
        return [*measured, *loaded, row("edit_shows_everywhere", engine, rows, shown)], notes


def one_of_each_worker(server) -> dict[int, Client]:
    """Return new connections, one to each worker, by the worker's process."""
    clients: dict[int, Client] = {}
    deadline = time.monotonic() + START_SECONDS
    while len(clients) < WORKERS:
        client = Client(server.port)
        clients.setdefault(int(client.get(WORKER)), client)
        if time.monotonic() > deadline:
            raise RuntimeError(f"Of {WORKERS} workers only {len(clients)} answer.")
    return clients


def targets(client: Client, detail: str) -> list[tuple[str, str, dict]]:
    """Return `(name, path, headers)` of the pages to load; a copy and a 304 only where the site has them."""
    path, session = address(**LISTS["_filtered"]), {"Cookie": SESSION}
    pages = [
        ("wrk_list", path, session),
        ("wrk_detail", detail, session),
        ("wrk_empty_view", EMPTY, session),
    ]
    if etag := client.ask(path)[0].getheader("ETag"):
        known = {"If-None-Match": etag}
        if client.ask(path, **known)[0].status != 304:
            raise RuntimeError(f"{path} is sent again to whoever has it.")
        pages += [("wrk_list_copy", path, {}), ("wrk_list_304", path, known)]
    return pages


def load(url: str, pages: list[tuple], engine: str, rows: int) -> tuple[list[dict], list[str]]:
    """Load each page with wrk, if it is installed; one that gave errors is noted and left out."""
    measured, notes = [], []
    for name, path, headers in pages if shutil.which("wrk") else ():
        result = wrk(url + path, headers)
        if errors := result.pop("errors"):
            notes.append(f"{engine}: {name} is left out, for {errors} answers were errors.")
        else:
            measured.append({"name": name, "engine": engine, "rows": rows, **result})
    return measured, notes


def wrk(url: str, headers: dict) -> dict:
    """Load one page; return `{"rps", "median_ms", "p95_ms", "errors": how many answers were one}`."""
    duration = max(1, round(2 * seconds()))
    options = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    load = [
        f"--threads={WORKERS}",
        f"--connections={CONNECTIONS}",
        f"--duration={duration}s",
        "--timeout=30s",
    ]
    script = ["--script", str(Path(__file__).with_name("wrk.lua"))]
    command = ["wrk", *load, *script, *options, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def until_shown(clients: list[Client], edit) -> tuple[list[float], int]:
    """Edit a practice several times; return how long it took each time until the list of every worker showed
    it, and how many answers that came after an edit did not show it yet."""
    times, stale = [], 0
    before = total(clients[0].get(address()))
    with ThreadPoolExecutor(len(clients)) as pool:
        for number in range(EDITS):
            expected = before - 1 if number % 2 == 0 else before
            edit()
            start = time.perf_counter()
            stale += sum(pool.map(partial(poll, expected=expected), clients))
            times.append((time.perf_counter() - start) * 1000)
    return times, stale


def poll(client: Client, expected: int) -> int:
    """Ask for the list, as a reader without a cookie, until it has `expected` results; count the others."""
    old, deadline = 0, time.monotonic() + SHOWS_SECONDS
    while total(client.get(address())) != expected:
        old += 1
        if time.monotonic() > deadline:
            raise RuntimeError("An edit does not show.")
    return old


@contextmanager
def editor(slug: str, env: dict):
    """Yield a function that archives or publishes the practice `slug` and returns when that is committed."""
    command = [sys.executable, "-m", "bench.child", "edit", slug]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )  # fmt: skip

    def edit():
        process.stdin.write("\n")
        process.stdin.flush()
        if process.stderr.readline() != "done\n":
            raise RuntimeError(process.stderr.read())

    try:
        yield edit
    finally:
        process.communicate()


def uncopied(client: Client, path: str) -> bytes:
    return client.get(path, Cookie=SESSION)
