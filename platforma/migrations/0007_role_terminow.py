from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from platforma import roles


def renew_roles(apps, schema_editor):
    """Permissions normally appear after the last migration; the roles need those of the new models now."""
    create_permissions(live_apps.get_app_config("praktyki"), apps=apps, verbosity=0)
    roles.apply(apps)


class Migration(migrations.Migration):
    dependencies = [("platforma", "0006_kreator_roles"), ("praktyki", "0004_prawo")]
    operations = [migrations.RunPython(renew_roles, migrations.RunPython.noop)]
