"""SQLite as a server database: a safe library, the settings in force, and never "database is locked"."""

import multiprocessing
import os
import subprocess
import sys

import django
import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from platforma import checks
from platforma.lib import sqlite
from tests.server import ROOT, environment

PROCESSES, TRANSACTIONS = 8, 60


@pytest.mark.parametrize(
    ("version", "broken"),
    [
        *(
            ((3, 40, 1), True),
            ((3, 44, 5), True),
            ((3, 44, 6), False),
            ((3, 45, 0), True),
            ((3, 50, 6), True),
        ),
        *(
            ((3, 50, 7), False),
            ((3, 51, 2), True),
            ((3, 51, 3), False),
            ((3, 53, 4), False),
            ((4, 0, 0), False),
        ),
    ],
)
def test_which_libraries_have_the_wal_reset_bug(version, broken):
    assert sqlite.has_wal_reset_bug(version) is broken


def use_sqlite(monkeypatch, tmp_path):
    """Make the connection settings of the checks those of a SQLite file, whatever the suite runs on."""
    settings = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "db.sqlite3"}}
    monkeypatch.setattr(checks, "connections", connections.__class__(settings))


def test_the_library_in_use_is_safe(monkeypatch, tmp_path):
    use_sqlite(monkeypatch, tmp_path)
    assert checks.sqlite_is_safe(None) == []


def test_an_old_library_stops_the_start(monkeypatch, tmp_path):
    use_sqlite(monkeypatch, tmp_path)
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    assert [message.id for message in checks.sqlite_is_safe(None)] == ["platforma.E001"]


def test_a_connection_without_the_settings_is_reported(monkeypatch, tmp_path, django_db_blocker):
    use_sqlite(monkeypatch, tmp_path)
    with django_db_blocker.unblock():
        with checks.connections["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE praktyka (id)")
        messages = checks.sqlite_settings_are_in_force(None, databases=["default"])
        checks.connections["default"].close()
    assert {message.id for message in messages} == {"platforma.W001"}
    assert {message.msg.split()[3] for message in messages} == {"journal_mode", "synchronous", "busy_timeout"}


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A state folder with a migrated database, as `make run` leaves it."""
    folder = tmp_path_factory.mktemp("var")
    manage(folder, "migrate", "--verbosity=0")
    return folder


def manage(var, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(VAR=var), check=True, capture_output=True)


def test_the_settings_are_in_force_on_a_migrated_database(var):
    assert at_once(1, wrong_pragmas, var) == [{}]


def test_processes_that_read_then_write_never_find_the_database_locked(var):
    at_once(1, start_counting, var)
    at_once(PROCESSES, count_up, var)
    assert at_once(1, counted, var) == [PROCESSES * TRANSACTIONS]


def test_workers_may_open_a_fresh_database_at_once(var):
    assert at_once(6, wrong_pragmas, var) == [{}] * 6


def at_once(number, task, var):
    """Run `task()` in `number` new processes that begin at the same moment; return what each returned."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(number, timeout=30)
    with context.Pool(number, set_up_process, (var, start)) as pool:
        return pool.map(run_from_the_start_line, [task] * number, chunksize=1)


def set_up_process(var, barrier):
    global start_line
    start_line = barrier
    os.environ.pop("DATABASE_URL", None)
    os.environ["VAR"] = str(var)
    django.setup()


def run_from_the_start_line(task):
    start_line.wait()
    try:
        return task()
    finally:
        connection.close()


def wrong_pragmas():
    return sqlite.wrong_pragmas(connection)


def start_counting():
    instruments().create(nazwa="Licznik", definicja="Liczy.", kolejnosc=0)


def count_up():
    for _ in range(TRANSACTIONS):
        with transaction.atomic():
            row = instruments().get()
            row.kolejnosc += 1
            row.save()


def counted():
    return instruments().get().kolejnosc


def instruments():
    return apps.get_model("praktyki", "Instrument").objects
