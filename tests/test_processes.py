"""Four server processes read while two others edit: no draft, no torn page, nothing older than committed."""

import time

from tests.processes import editors, readers, rows, spawned
from tests.processes.board import EDITORS, READERS, Board

PAGES, EDITS = 60, 15  # at least, of every process
MAX_SECONDS = 240  # a busy machine is given time; a quiet one needs a few seconds


def test_readers_see_whole_pages_of_what_was_last_committed(tmp_path):
    board = Board(spawned.CONTEXT)
    with (
        spawned.own_database(tmp_path) as settings,
        spawned.processes(READERS + EDITORS, settings, board) as pool,
    ):
        pool.submit(rows.fill).result(timeout=60)
        editing = [pool.submit(task, own) for own, task in enumerate([editors.move, editors.publish])]
        reading = [pool.submit(readers.read, own) for own in range(READERS)]
        wait_for_enough(board)
        board.stop.set()
        for editor in editing:
            editor.result(timeout=60)
        faults = [fault for reader in reading for fault in reader.result(timeout=60)]
    assert not faults, "\n".join(faults)
    assert min(board.pages) >= PAGES
    assert min(board.edits) >= EDITS


def wait_for_enough(board):
    deadline = time.monotonic() + MAX_SECONDS
    while time.monotonic() < deadline and not board.stop.wait(0.1):
        if min(board.pages) >= PAGES and min(board.edits) >= EDITS:
            return
