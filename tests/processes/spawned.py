"""Processes of their own for a test: each with Django set up for a database of theirs, and a common board."""

import logging
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2

from tests.server import OUR_SETTINGS, ROOT, environment

CONTEXT = multiprocessing.get_context("spawn")
board = None  # what the test gave its processes to share


@contextmanager
def own_database(folder: Path):
    """Yield the environment of a migrated database of the kind that the suite runs on; gone afterwards."""
    url = os.environ.get("DATABASE_URL")
    if url is None:
        settings = {"VAR": str(folder)}
        _migrate(settings)
        yield settings
        return
    name = f"processes_{os.getpid()}"
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    server = psycopg2.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")))
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        settings = {"VAR": str(folder), "DATABASE_URL": own, "SECRET_KEY": os.environ["SECRET_KEY"]}
        _migrate(settings)
        yield settings
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


def _migrate(settings):
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment(**settings), check=True)


@contextmanager
def processes(number: int, settings: dict[str, str], shared):
    """Yield a pool of `number` processes with `settings` in their environment and `shared` as their board."""
    with ProcessPoolExecutor(number, CONTEXT, _set_up, (settings, shared)) as pool:
        yield pool


def _set_up(settings, shared):
    global board
    board = shared
    for name in OUR_SETTINGS:
        os.environ.pop(name, None)
    os.environ.update(settings, DJANGO_SETTINGS_MODULE="platforma.settings")
    django.setup()
    from django.test import override_settings  # the settings must be known first

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(
        STORAGES={"default": plain, "staticfiles": plain}, STATIC_ROOT=os.environ["VAR"]
    ).enable()
    logging.disable(logging.WARNING)  # of pages that are not found, which is as it should be
