from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate

from platforma import roles


class PlatformaConfig(AppConfig):
    name = "platforma"
    verbose_name = "Serwis"

    def ready(self):
        from platforma import audit, checks, signals  # noqa: F401  (registers the system checks)
        from platforma.lib import kinds
        from platforma.lib.search import synonyms
        from praktyki.kinds import INSTRUMENT, PRAKTYKA, names_of_instruments
        from spotkania.kinds import MATERIAL, PRELEGENT, SPOTKANIE

        kinds.register(PRAKTYKA, SPOTKANIE, INSTRUMENT, PRELEGENT, MATERIAL)
        synonyms.register_names(names_of_instruments)
        signals.connect()
        audit.connect()
        post_migrate.connect(audit.guard, sender=self)
        post_migrate.connect(grant_roles)


def grant_roles(sender, **_kwargs):
    """Give the roles what platforma.roles says, once every app's permissions are there."""
    if sender is list(apps.get_app_configs())[-1]:
        roles.apply(apps)


class EditorsDeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site as the default one; stands in INSTALLED_APPS in its place."""

    default = False  # so that "platforma" keeps meaning PlatformaConfig
    default_site = "platforma.admin_site.EditorsDesk"
