"""Timing one thing many times, and the row of the report that comes of it."""

import os
import time
from collections.abc import Callable, Iterable
from statistics import median, quantiles

SECONDS = "BENCH_SECONDS"  # how long one thing is repeated; in the environment, for all processes of a run
WARM = 3
LEAST, MOST = 5, 200  # how often


def seconds() -> float:
    return float(os.environ.get(SECONDS, 3))


def repeat(action: Callable[[], object]) -> list[float]:
    """Return the milliseconds of each run of `action`, after up to three that do not count."""
    _run(action, least=1, most=WARM)
    return _run(action, least=LEAST, most=MOST)


def _run(action, least, most):
    times: list[float] = []
    end = time.perf_counter() + seconds()
    while len(times) < least or (len(times) < most and time.perf_counter() < end):
        times.append(once(action))
    return times


def once(action: Callable[[], object]) -> float:
    """Return how many milliseconds `action` took."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def median_of_each(actions: Iterable[Callable[[], object]]) -> list[float]:
    """Return for each different action the median of three runs, after one that does not count.

    When ten times the usual time has passed, the rest is left out.
    """
    medians: list[float] = []
    end = time.perf_counter() + 10 * seconds()
    for action in actions:
        if len(medians) >= LEAST and time.perf_counter() > end:
            break
        action()
        medians.append(median(once(action) for _ in range(3)))
    return medians


def row(name: str, engine: str, rows: int, times: list[float]) -> dict:
    """Return a row of the report."""
    high = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    return {
        "name": name,
        "engine": engine,
        "rows": rows,
        "median_ms": round(median(times), 3),
        "p95_ms": round(high, 3),
    }
