from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PlatformaConfig(AppConfig):
    name = "platforma"
    verbose_name = "Serwis"

    def ready(self):
        from platforma import checks  # noqa: F401  (registers the system checks)


class EditorsDeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site as the default one; stands in INSTALLED_APPS in its place."""

    default = False  # so that "platforma" keeps meaning PlatformaConfig
    default_site = "platforma.admin_site.EditorsDesk"
