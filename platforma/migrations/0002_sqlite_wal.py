"""Switch the SQLite file to WAL once; the mode is kept in the file itself."""

from django.db import migrations


def switch_to_wal(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


class Migration(migrations.Migration):
    atomic = False  # the journal mode cannot change inside a transaction

    dependencies = [("platforma", "0001_initial")]
    operations = [migrations.RunPython(switch_to_wal, migrations.RunPython.noop)]
