"""The revision is read over a connection kept from earlier requests, even one the server has closed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from platforma.lib import revision

pytestmark = pytest.mark.django_db


def in_a_later_request(action):
    """Run `action` in a thread of its own, outside any transaction, as its second request finds it."""

    def run():
        connection.ensure_connection()
        connection.health_check_enabled, connection.health_check_done = True, False
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_nothing_but_the_revision_is_asked(monkeypatch):
    monkeypatch.setattr(type(connections["default"]), "is_usable", None)  # to call it fails

    def asked():
        with CaptureQueriesContext(connection) as queries:
            revision.current()
        return len(queries)

    assert in_a_later_request(asked) == 1


def test_a_connection_that_was_closed_meanwhile_is_opened_anew():
    def read():
        if connection.vendor == "postgresql":  # SQLite has no server that could close it
            connection.connection.close()
        return revision.current()

    assert in_a_later_request(read) == revision.current()


def test_inside_a_transaction_its_own_view_counts():
    before = revision.current()
    revision.bump_everything()
    assert revision.current() == before + 1
