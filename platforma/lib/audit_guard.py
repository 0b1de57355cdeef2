"""The database's own refusal to rewrite the event log, whatever program asks.

Put in place after each `migrate`, because SQLite loses triggers when a migration rebuilds the table. SQLite
does not refuse deletions: whoever can open its file can remove the trigger as well.
"""

from django.db import connections

from platforma.lib.audit import KEPT_DAYS, Zdarzenie

TABLE = Zdarzenie._meta.db_table
REFUSAL = "Dziennika zdarzeń nie można zmieniać."
SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_stays BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.created_at < now() - interval '{KEPT_DAYS} days' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"DROP TRIGGER IF EXISTS {TABLE}_stays ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()",
)


def has_table(using: str) -> bool:
    return TABLE in connections[using].introspection.table_names()


def install(using: str) -> None:
    """Make the database refuse changes of the log; safe to repeat, nothing where the table is not there."""
    connection = connections[using]
    if not has_table(using):
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
