"""Which analysis of words the search index is made by; one that is there already was made by an older one."""

from django.db import migrations, models

from platforma.lib.search.documents import ANALYSIS


def note_of_an_empty_index(apps, schema_editor):
    """What is indexed from now on is indexed by the code that runs."""
    if not apps.get_model("platforma", "Slowo").objects.exists():
        apps.get_model("platforma", "Analiza").objects.create(numer=ANALYSIS)


class Migration(migrations.Migration):
    dependencies = [("platforma", "0010_historia")]

    operations = [
        migrations.CreateModel(
            name="Analiza",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numer", models.PositiveIntegerField()),
            ],
            options={"verbose_name": "analiza słów", "verbose_name_plural": "analiza słów"},
        ),
        migrations.RunPython(note_of_an_empty_index, migrations.RunPython.noop),
    ]
