from django.apps import AppConfig


class PraktykiConfig(AppConfig):
    name = "praktyki"
    verbose_name = "Praktyki i instrumenty"
