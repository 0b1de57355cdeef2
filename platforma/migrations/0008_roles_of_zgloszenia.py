from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from platforma import roles


def grant(apps, schema_editor):
    """Permissions normally appear after the last migration; the roles need them now."""
    create_permissions(live_apps.get_app_config("platforma"), apps=apps, verbosity=0)
    roles.apply(apps)


class Migration(migrations.Migration):
    dependencies = [("platforma", "0007_zgloszenia")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
