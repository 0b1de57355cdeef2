"""System checks: what must hold before the site may serve."""

import re
import sqlite3
from pathlib import Path

from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

from platforma.lib import sqlite

_TEMPLATE_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_NAMED_TEMPLATE = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_INLINE_CODE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=|\shx-on[:-]|<style\b|<script\b(?![^>]*(?:\ssrc=|type="application/))""",
    re.IGNORECASE,
)


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


@register(Tags.templates, deploy=True)
def templates_are_sound(app_configs, **kwargs):
    """Compile every template of the project, find what it names, refuse what its strict CSP would block."""
    engine = engines["django"]
    messages = []
    for folder in map(Path, engine.dirs):
        for path in sorted(folder.rglob("*.*")):
            name, source = path.relative_to(folder).as_posix(), path.read_text()
            for needed in [name, *_NAMED_TEMPLATE.findall(source)]:
                try:
                    engine.get_template(needed)
                except (TemplateSyntaxError, TemplateDoesNotExist) as error:
                    messages.append(Error(f"Szablon {name}: {error}", id="platforma.E002"))
            for match in _INLINE_CODE.finditer(_TEMPLATE_TAG.sub("", source)):
                messages.append(
                    Error(f"Szablon {name}: kod wpisany w stronę ({match[0].strip()})", id="platforma.E003")
                )
    return messages
