"""Imports at the same moment as other work: each row stored once, and what was published meanwhile stays."""

from contextlib import contextmanager

from tests.processes import importers, spawned

TOGETHER = 3


@contextmanager
def workers(folder, number):
    """Yield a pool of `number` processes with a database of their own, which wait for one another twice."""
    board = {name: spawned.CONTEXT.Barrier(number) for name in ("published", "checked")}
    with spawned.own_database(folder) as settings, spawned.processes(number, settings, board) as pool:
        pool.submit(importers.fill).result(timeout=60)
        yield pool


def test_the_same_file_imported_at_once_is_stored_once(tmp_path):
    with workers(tmp_path, TOGETHER) as pool:
        running = [pool.submit(importers.import_together) for _ in range(TOGETHER)]
        counts = sorted(one.result(timeout=60) for one in running)
        stored = pool.submit(importers.stored).result(timeout=60)
    nothing, everything = (0, 0, importers.ROWS), (importers.ROWS - 1, 1, 0)
    assert counts == [nothing] * (TOGETHER - 1) + [everything]
    assert len(stored) == importers.ROWS


def test_a_practice_published_while_a_table_is_imported_is_not_changed_by_it(tmp_path):
    with workers(tmp_path, 2) as pool:
        publishing, importing = pool.submit(importers.publish), pool.submit(importers.import_meanwhile)
        publishing.result(timeout=60)
        told = importing.result(timeout=60)
        stored = pool.submit(importers.stored).result(timeout=60)
    assert told == [(2, "slug")]
    assert stored == {"praktyka-0": ("published", "Przed importem")}
