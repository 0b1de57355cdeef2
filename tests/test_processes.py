"""Four server processes read while two others edit: no draft, no torn page, nothing older than committed."""

import time

from tests import concurrent, spawned
from tests.board import Board

SECONDS = 10
READERS = 4


def test_readers_see_whole_pages_of_what_was_last_committed(tmp_path):
    board = Board(spawned.CONTEXT)
    with (
        spawned.own_database(tmp_path) as settings,
        spawned.processes(READERS + 2, settings, board) as pool,
    ):
        pool.submit(concurrent.fill).result(timeout=60)
        editors = [pool.submit(task, seed) for seed, task in enumerate([concurrent.move, concurrent.publish])]
        readers = [pool.submit(concurrent.read, seed) for seed in range(READERS)]
        time.sleep(SECONDS)
        board.stop.set()
        edits = [editor.result(timeout=60) for editor in editors]
        read = [reader.result(timeout=60) for reader in readers]
    faults = [fault for _pages, faults in read for fault in faults]
    assert not faults, "\n".join(faults)
    assert min(edits) >= 5, edits
    assert min(pages for pages, _faults in read) >= 20, read
