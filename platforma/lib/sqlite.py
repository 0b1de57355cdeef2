"""SQLite as a server database: a driver without the WAL-reset bug, and the settings a site needs."""

import sqlite3
import sys

# Fixed in 3.51.3 and back-ported to 3.50.7 and 3.44.6: https://sqlite.org/wal.html#walresetbug
_FIXED_BRANCHES = {(3, 50): 7, (3, 44): 6}

CONNECTION_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a transaction waits for the lock instead of failing half-way
    "timeout": 20,  # seconds
    "init_command": "PRAGMA synchronous=NORMAL; PRAGMA mmap_size=0;",  # durable enough in WAL; mmap corrupts
}
BULK_CACHE_KIB = 256_000
EXPECTED_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 1,
    "foreign_keys": 1,
    "busy_timeout": 20_000,  # milliseconds
    "mmap_size": 0,
}


def has_wal_reset_bug(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite can corrupt a WAL database that several connections write to."""
    if version >= (3, 51, 3):
        return False
    return version[2] < _FIXED_BRANCHES.get(version[:2], sys.maxsize)


def use_safe_sqlite() -> None:
    """Put PyPI's pysqlite3 in the place of the standard driver where the system's SQLite has the bug.

    Must run before Django imports its SQLite backend. Where pysqlite3 is not installed nothing changes, and
    the system check `platforma.E001` says so.
    """
    if not has_wal_reset_bug(sqlite3.sqlite_version_info):
        return
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def prepare_to_write_much(connection) -> None:
    """Let this connection keep more of an SQLite file in memory: many rows go all over its indexes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")


def wrong_pragmas(connection) -> dict[str, tuple]:
    """Return `{pragma: (value in force, value expected)}` for a live Django SQLite connection."""
    wrong = {}
    with connection.cursor() as cursor:
        for name, expected in EXPECTED_PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            value = row[0] if row else 0  # a build without mmap answers with no row
            if value != expected:
                wrong[name] = (value, expected)
    return wrong
