"""Imports at the same moment as other work: each row stored once, and what was published meanwhile stays."""

from tests.processes import importers, spawned

IMPORTS = 3


def board(number):
    """Return where processes wait for one another, `number` of them."""
    return {name: spawned.CONTEXT.Barrier(number) for name in ("published", "checked")}


def test_the_same_file_imported_at_once_is_stored_once(tmp_path):
    with (
        spawned.own_database(tmp_path) as settings,
        spawned.processes(IMPORTS, settings, board(IMPORTS)) as pool,
    ):
        pool.submit(importers.fill).result(timeout=60)
        running = [pool.submit(importers.import_together) for _ in range(IMPORTS)]
        counts = sorted(one.result(timeout=60) for one in running)
        stored = pool.submit(importers.stored).result(timeout=60)
    nothing, everything = (0, 0, importers.ROWS), (importers.ROWS - 1, 1, 0)
    assert counts == [nothing] * (IMPORTS - 1) + [everything]
    assert len(stored) == importers.ROWS


def test_a_practice_published_while_a_table_is_imported_is_not_changed_by_it(tmp_path):
    with spawned.own_database(tmp_path) as settings, spawned.processes(2, settings, board(2)) as pool:
        pool.submit(importers.fill).result(timeout=60)
        publishing, importing = pool.submit(importers.publish), pool.submit(importers.import_meanwhile)
        publishing.result(timeout=60)
        told = importing.result(timeout=60)
        stored = pool.submit(importers.stored).result(timeout=60)
    assert told == [(2, "slug")]
    assert stored == {"praktyka-0": ("published", "Przed importem")}
