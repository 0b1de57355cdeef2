"""Four processes at one preview link: no ticket counts twice, no limit is passed, one revokes."""

import pytest

from platforma.lib.preview.models import MOST_COMMENTS
from tests.processes import commenters, spawned

PROCESSES, TIMES = 4, 9


@pytest.fixture
def pool(tmp_path):
    barrier = spawned.CONTEXT.Barrier(PROCESSES)
    with (
        spawned.own_database(tmp_path) as settings,
        spawned.processes(PROCESSES, settings, barrier) as pool,
    ):
        yield pool


def test_comments_at_once_pass_no_limit_and_a_link_is_revoked_once(pool):
    key = pool.submit(commenters.fill).result(timeout=60)
    sending = [pool.submit(commenters.comment, own, key, TIMES) for own in range(PROCESSES)]
    became = [task.result(timeout=120) for task in sending]
    assert pool.submit(commenters.count).result(timeout=60) == MOST_COMMENTS
    assert [each[0] for each in became] == ["taken"] * PROCESSES  # their common ticket, stored once
    assert sum(each.count("taken") for each in became) == MOST_COMMENTS + PROCESSES - 1
    revoking = [pool.submit(commenters.revoke, key) for _own in range(PROCESSES)]
    assert sum(task.result(timeout=60) for task in revoking) == 1
    late = [pool.submit(commenters.comment, own, key, 1) for own in range(PROCESSES)]
    assert [task.result(timeout=60) for task in late] == [["ended"]] * PROCESSES
