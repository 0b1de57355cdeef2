"""Threads that ask at the same moment share a read, but never one that began before they asked."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from platforma.lib.joint import JointRead

SECONDS = 10


class Source:
    """A value that others change, read in two steps: looked at when a read begins, told when it may end."""

    def __init__(self):
        self.value = 1
        self.reads = 0
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.fails = False

    def read(self):
        self.reads += 1
        seen = self.value
        self.begun.release()
        assert self.may_end.acquire(timeout=SECONDS)
        if self.fails:
            raise OSError("gone")
        return seen


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def waiting(joint):
    """Return whether a thread waits to read next."""
    return joint._next is not None


def wait_for(condition):
    event = threading.Event()
    for _ in range(SECONDS * 100):
        if condition():
            return
        event.wait(0.01)
    raise AssertionError("It never came to that.")


def test_who_asks_during_a_read_gets_a_later_one_and_all_who_wait_get_the_same(pool):
    source = Source()
    joint = JointRead(source.read)
    first = pool.submit(joint.get)
    assert source.begun.acquire(timeout=SECONDS)
    source.value = 2  # saved while the first read is under way
    later = [pool.submit(joint.get) for _ in range(4)]
    wait_for(lambda: waiting(joint))
    assert source.reads == 1
    source.may_end.release(2)
    assert first.result(SECONDS) == 1
    source.may_end.release(4)  # were each to read on its own
    assert [future.result(SECONDS) for future in later] == [2] * 4
    assert source.reads < 6


def test_who_shared_a_read_that_failed_reads_alone(pool):
    source = Source()
    joint = JointRead(source.read)
    first = pool.submit(joint.get)
    assert source.begun.acquire(timeout=SECONDS)
    later = [pool.submit(joint.get) for _ in range(2)]
    wait_for(lambda: waiting(joint))
    source.fails = True
    source.may_end.release(2)
    with pytest.raises(OSError, match="gone"):
        first.result(SECONDS)
    source.may_end.release(2)
    assert [type(future.exception(SECONDS)) for future in later] == [OSError, OSError]
    source.fails = False
    source.may_end.release()
    assert joint.get() == 1
