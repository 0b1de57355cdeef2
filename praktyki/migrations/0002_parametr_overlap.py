"""PostgreSQL itself refuses two overlapping ranges of one legal parameter.

Deferred, because moving the border between two values is two updates of one transaction.
"""

from django.db import migrations

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE praktyki_parametrprawny ADD CONSTRAINT praktyki_parametr_no_overlap
    EXCLUDE USING gist (klucz WITH =, daterange(obowiazuje_od, obowiazuje_do, '[]') WITH &&)
    DEFERRABLE INITIALLY DEFERRED;
"""
REMOVE = "ALTER TABLE praktyki_parametrprawny DROP CONSTRAINT praktyki_parametr_no_overlap"


def on_postgresql(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("praktyki", "0001_initial")]
    operations = [migrations.RunPython(on_postgresql(ADD), on_postgresql(REMOVE))]
