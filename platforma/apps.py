from django.apps import AppConfig


class PlatformaConfig(AppConfig):
    name = "platforma"
    verbose_name = "Serwis"

    def ready(self):
        from platforma import checks  # noqa: F401  (registers the system checks)
