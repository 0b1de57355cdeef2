"""Work beside the requests: repeated, one thread for a name, not ended by a database that refuses."""

import threading

import pytest
from django.db import OperationalError

from platforma.lib import background

LONG = 60  # seconds: more than a test waits


@pytest.fixture
def name(request):
    """A name that no other test's thread has."""
    return request.node.name


def test_the_action_is_repeated_though_the_database_refuses_it_once(name, caplog):
    times, repeated = [], threading.Event()

    def action():
        times.append(1)
        if len(times) == 1:
            raise OperationalError("database is locked")
        repeated.set()
        threading.Event().wait(LONG)

    background.repeat(action, name=name, every=0.01)
    assert repeated.wait(10)
    assert f"{name} failed and will be tried again: database is locked" in caplog.text


def test_a_name_has_one_thread(name):
    for _time in range(2):
        background.repeat(lambda: None, name=name, every=LONG)
    assert [thread.name for thread in threading.enumerate()].count(name) == 1


def test_the_first_time_can_wait(name):
    done = threading.Event()
    background.repeat(done.set, name=name, every=LONG, first=0.2)
    assert not done.is_set()
    assert done.wait(10)
