"""Four processes at the same submissions, messages and limit: decided once, sent once, never passed."""

import pytest

from tests.processes import deciders, spawned

PROCESSES, SUBMISSIONS, MOST = 4, 12, 10


@pytest.fixture
def pool(tmp_path):
    barrier = spawned.CONTEXT.Barrier(PROCESSES)
    with (
        spawned.own_database(tmp_path) as settings,
        spawned.processes(PROCESSES, settings, barrier) as pool,
    ):
        yield pool


def test_each_submission_is_decided_and_each_message_sent_exactly_once_and_no_limit_is_passed(pool):
    keys = pool.submit(deciders.fill, SUBMISSIONS).result(timeout=60)
    deciding = [pool.submit(deciders.decide, own, keys) for own in range(PROCESSES)]
    decided = [task.result(timeout=120) for task in deciding]
    assert sorted(key for own in decided for key in own) == keys
    drafts = sum(len(own) for own in decided[::2])
    assert pool.submit(deciders.count).result(timeout=60) == (drafts, drafts)
    messages = pool.submit(deciders.queue, SUBMISSIONS).result(timeout=60)
    sending = [pool.submit(deciders.send, own) for own in range(PROCESSES)]
    assert sum(task.result(timeout=60) for task in sending) == messages
    beginning = [pool.submit(deciders.begin, own, MOST, MOST) for own in range(PROCESSES)]
    assert sum(task.result(timeout=60) for task in beginning) == MOST
