from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from platforma import roles


def create_roles(apps, schema_editor):
    """Permissions normally appear after the last migration; the roles need them now."""
    for app in (*roles.CONTENT_APPS, "auth", "platforma"):
        create_permissions(live_apps.get_app_config(app), apps=apps, verbosity=0)
    roles.apply(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("platforma", "0002_sqlite_wal"),
        ("praktyki", "0002_parametr_overlap"),
        ("spotkania", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
