"""Making and dropping the full-text tables, which no Django model can describe."""

from platforma.lib.search.compiled import FIELDS
from platforma.lib.search.index import KINDS, vector_of
from platforma.lib.search.vocabulary import BYTEWISE


def create(apps, schema_editor):
    """Create one table a kind, and the index that finds words by their beginning."""
    for kind in KINDS:
        table = f"platforma_szukaj_{kind}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"CREATE TABLE {table} (id bigint PRIMARY KEY, wektor tsvector NOT NULL)")
            schema_editor.execute(f"CREATE INDEX {table}_gin ON {table} USING gin (wektor)")
        else:
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join(FIELDS)}, content='', "
                "contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
            )
    bytewise = BYTEWISE[schema_editor.connection.vendor]
    schema_editor.execute(
        f"CREATE INDEX platforma_slowo_prefix ON platforma_slowo (zlozona COLLATE {bytewise}, klasa, df)"
    )


def drop(apps, schema_editor):
    for kind in KINDS:
        schema_editor.execute(f"DROP TABLE platforma_szukaj_{kind}")
    schema_editor.execute("DROP INDEX platforma_slowo_prefix")


def index_fields(apps, schema_editor):
    """Index the leading fields on their own: for weights in a tsquery PostgreSQL reads every vector."""
    if schema_editor.connection.vendor == "postgresql":
        for kind in KINDS:
            table = f"platforma_szukaj_{kind}"
            for fields in range(1, len(FIELDS)):
                schema_editor.execute(
                    f"CREATE INDEX {table}_gin{fields} ON {table} USING gin (({vector_of(fields)}))"
                )


def drop_field_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for kind in KINDS:
            for fields in range(1, len(FIELDS)):
                schema_editor.execute(f"DROP INDEX platforma_szukaj_{kind}_gin{fields}")
