"""The revision is read over a connection kept from earlier requests, even one the server has closed."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from platforma.lib import revision

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def kept_connection():
    """A connection as a request finds it that is not the first of its thread."""
    connection.ensure_connection()
    checks, connection.health_check_enabled = connection.health_check_enabled, True
    connection.health_check_done = False
    yield connection
    connection.health_check_enabled = checks


def test_nothing_but_the_revision_is_asked(kept_connection):
    kept_connection.is_usable = lambda: pytest.fail("asked whether the connection works")
    try:
        with CaptureQueriesContext(kept_connection) as queries:
            assert revision.current() >= 0
    finally:
        del kept_connection.is_usable
    assert len(queries) == 1


def test_a_connection_that_the_server_closed_is_opened_anew(kept_connection):
    if kept_connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could close it")
    number = revision.current()
    kept_connection.health_check_done = False
    kept_connection.connection.close()
    assert revision.current() == number


def test_inside_a_transaction_its_own_view_counts(kept_connection):
    before = revision.current()
    with transaction.atomic():
        revision.bump_everything()
        assert revision.current() == before + 1
        transaction.set_rollback(True)
    assert revision.current() == before
