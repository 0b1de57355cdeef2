"""What every test gets: fast hashing, plain static files, media elsewhere; the real server on request."""

import pytest
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases

from platforma.lib import kinds
from platforma.lib.search import kept
from platforma.middleware import public_pages
from tests.server import running_server


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Make the test database for whoever asks; pytest-django's own makes it only where a test is marked.

    Without it a file whose fixtures load the content by themselves would, run alone, find the real database.
    """
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory):
    """Let pages render without `collectstatic`, passwords hash at once and uploads stay out of `var/`."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def fresh_indexes():
    """Forget what the process indexed: a test's rows are rolled back, and its revision number comes again."""
    for kind in kinds.every():
        if kind.live:
            kind.live.forget()
    kept.forget_all()
    public_pages.forget()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The real server with the real content, one for the whole run: read from it, never change or stop it."""
    with running_server(tmp_path_factory.mktemp("site")) as server:
        yield server
