"""System checks: what must hold before the site may serve."""

import sqlite3

from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from platforma.lib import sqlite


@register(Tags.compatibility)
def sqlite_is_safe(app_configs, **kwargs):
    """Refuse a SQLite library that can corrupt a WAL database."""
    uses_sqlite = any(settings["ENGINE"].endswith("sqlite3") for settings in connections.settings.values())
    if not uses_sqlite or not sqlite.has_wal_reset_bug(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} może uszkodzić bazę w trybie WAL przy kilku procesach.",
            hint="Zainstaluj pysqlite3 z requirements.txt albo SQLite 3.51.3 lub nowszy.",
            id="platforma.E001",
        )
    ]


@register(Tags.database)
def sqlite_settings_are_in_force(app_configs, databases=None, **kwargs):
    """Ask the live connection, not the settings, whether SQLite runs as a server database."""
    messages = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():
            continue
        if not connection.introspection.table_names():
            continue  # not migrated yet: the first migration switches WAL on
        for name, (value, expected) in sqlite.wrong_pragmas(connection).items():
            messages.append(
                Warning(
                    f"Baza „{alias}”: PRAGMA {name} = {value!r}, a powinno być {expected!r}.",
                    hint="Tryb WAL włącza migracja; pozostałe ustawienia daje plik settings.py.",
                    id="platforma.W001",
                )
            )
    return messages
