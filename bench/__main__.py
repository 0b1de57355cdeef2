"""`python -m bench`: databases of every size are filled, each is measured with its peers, all is reported."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import datasette, report, server
from bench.layout import lay_out
from bench.machine import PACKAGES, describe, missing
from bench.questions import LISTS
from bench.timing import SECONDS, row
from tests import packages, postgres
from tests.server import ROOT, environment

KEY = "only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz"
SERVED_UP_TO = 100_000  # rows: the server and the peers are measured once, on the largest catalogue below


@dataclass(frozen=True)
class Place:
    """A database for `rows` practices: its state folder, and the settings that lead to it."""

    engine: str
    rows: int
    var: Path
    settings: dict = field(default_factory=dict)

    def __str__(self):
        return f"{self.engine}, {self.rows} practices"

    @property
    def env(self) -> dict:
        return environment(VAR=self.var, **self.settings)


class Run:
    """What has been measured so far, with the programs that are there."""

    def __init__(self):
        self.missing = missing()
        self.measured: list[dict] = []
        self.indexes: list[dict] = []
        self.failures: list[str] = []
        self.notes = [f"Not installed, so not run: {name}." for name in self.missing]

    def attempt(self, action: Callable, place: Place) -> bool:
        """Do `action` with a database; what goes wrong with one is noted, and the others go on."""
        try:
            action(place)
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            self.failures.append(f"{place}: stopped early. {error}")
            return False
        return True

    def fill(self, places: list[Place]) -> list[Place]:
        """Fill the databases of one engine in turn; return those that are filled."""
        return [place for place in places if self.attempt(self._fill, place)]

    def _fill(self, place):
        say(f"{place}: generate")
        started = time.monotonic()
        python("manage.py", "migrate", "--verbosity=0", env=place.env)
        numbers = f"--praktyki={place.rows}", f"--spotkania={place.rows // 100}"
        python("manage.py", "generate", *numbers, env=place.env)
        self.notes.append(f"{place}: generated in {time.monotonic() - started:.0f} s.")

    def measure(self, place: Place, *, serve: bool) -> None:
        """Measure all there is to measure on a database."""
        say(f"{place}: one process")
        python("-m", "bench.child", "warm", env=place.env)
        result = json.loads(python("-m", "bench.child", "inside", str(place.rows), env=place.env))
        self.measured += result["measured"]
        self.indexes.append({"rows": place.rows, **result["index"]})
        if serve:
            say(f"{place}: {server.WORKERS} workers")
            served, notes = server.measure(place.var, place.settings, place.engine, place.rows)
            self.measured += served
            self.notes += notes
        if serve and place.engine == "sqlite" and "datasette" not in self.missing:
            say(f"{place}: Datasette")
            self.datasette(place, result["totals"])

    def datasette(self, place, totals):
        target = place.var / "praktyki.db"
        lay_out(place.var / "db.sqlite3", target)
        for form, chosen in LISTS.items():
            times, total = datasette.measure(target, chosen)
            if total != totals[form]:
                raise RuntimeError(f"Datasette finds {total}, the site {totals[form]}.")
            self.measured.append(row(f"datasette{form}", "sqlite", place.rows, times))


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `finally` runs
    options = read_options()
    os.environ[SECONDS] = str(options.seconds)
    var = Path(os.environ.get("VAR") or ROOT / "var")
    var.mkdir(exist_ok=True)
    if options.install:
        packages.install(PACKAGES)
    run, machine = Run(), describe()
    served = max((rows for rows in options.rows if rows <= SERVED_UP_TO), default=None)
    engines = [engine for engine in options.engines if engine not in run.missing]
    with ExitStack() as databases, ThreadPoolExecutor() as side_by_side:
        places = [
            [databases.enter_context(database(engine, rows, var)) for rows in options.rows]
            for engine in engines
        ]
        filled = [place for of_engine in side_by_side.map(run.fill, places) for place in of_engine]
        write(run, machine, var / "bench.json", options.results)
        for place in filled:
            run.attempt(partial(run.measure, serve=place.rows == served), place)
            write(run, machine, var / "bench.json", options.results)  # a long run may be cut off
    print(options.results.read_text())
    return 1 if run.failures else 0


def write(run: Run, machine: dict, data: Path, results: Path) -> None:
    """Write what has been measured: for programs to `data`, for people to `results`."""
    measured = report.Measured(run.measured)
    ratios = report.ratios(measured, run.indexes)
    notes = run.notes + run.failures
    for ratio in measured.over("datasette_filtered", "list_http_filtered", engines=["sqlite"]):
        notes.append(
            f"With one instrument chosen, where it counts less, Datasette / our list is {ratio:.0f}."
        )
    data.write_text(json.dumps({"machine": machine, "measured": run.measured, "ratios": ratios}, indent=1))
    results.write_text(report.as_markdown(machine, measured, ratios, notes))


def read_options():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[report.SMALL, report.LARGE])
    parser.add_argument("--engines", nargs="+", choices=report.ENGINES, default=report.ENGINES)
    parser.add_argument("--install", action="store_true", help="install missing Debian packages when root")
    parser.add_argument("--seconds", type=float, default=3, help="how long one thing is repeated")
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / "RESULTS.md")
    return parser.parse_args()


@contextmanager
def database(engine: str, rows: int, var: Path) -> Iterator[Place]:
    """Yield an empty database, gone afterwards."""
    with TemporaryDirectory(prefix="bench-", dir=var) as scratch:
        if engine == "sqlite":
            yield Place(engine, rows, Path(scratch))
        else:
            with postgres.cluster() as url:
                empty = f"{url.rpartition('/')[0]}/postgres"  # the database that every cluster starts with
                yield Place(engine, rows, Path(scratch), {"DATABASE_URL": empty, "SECRET_KEY": KEY})


def python(*arguments: str, env: dict) -> str:
    """Run Python in a process of its own; return what it printed."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def say(text: str) -> None:
    print(f"=== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
