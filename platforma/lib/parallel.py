"""Work on many items spread over processes."""

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

ALONE = 4  # items done here before other processes are worth their start
AHEAD = 3  # items under way for each process: enough to keep it busy, few enough to fit in memory


def ordered_map(function: Callable, items: Iterable, prepare: Callable | None = None) -> Iterator:
    """Yield `function(item)` of each item, in order; of many items most are done by other processes.

    They start afresh and call `prepare` first: `django.setup` where `function` reads the database, of which
    they see what is committed.
    """
    items = iter(items)
    yield from map(function, itertools.islice(items, ALONE))
    rest = list(itertools.islice(items, 1))
    if not rest:
        return
    processes = os.cpu_count() or 1
    pool = ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=prepare
    )
    try:
        waiting = deque()
        for item in itertools.chain(rest, items):
            waiting.append(pool.submit(function, item))
            if len(waiting) == AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
