"""The editors' desk: the admin site with its index in the order an editor works."""

from functools import update_wrapper

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path, reverse

from platforma import admin_tables, help_views
from platforma.lib import history
from platforma.lib.stale.deletion import delete_selected
from platforma.lib.stale.retry import logged_out_page
from platforma.tasks import waiting

GROUPS = {
    "Zgłoszenia": ["platforma.Zgloszenie"],
    "Praktyki": ["praktyki.Praktyka"],
    "Spotkania i materiały": [
        "spotkania.Spotkanie",
        "spotkania.Wystapienie",
        "spotkania.Material",
        "spotkania.Prelegent",
        "spotkania.Cykl",
    ],
    "Instrumenty i prawo": ["praktyki.Instrument", "praktyki.ParametrPrawny", "praktyki.TerminRoczny"],
    "Kreator instrumentu": [
        "praktyki.Pytanie",
        "praktyki.Odpowiedz",
        "praktyki.Regula",
        "praktyki.PrzypadekKreatora",
    ],
    "Słowniki": [
        "praktyki.Jst",
        "praktyki.Organizacja",
        "praktyki.Temat",
        "praktyki.Odbiorca",
        "praktyki.Tag",
        "praktyki.Wojewodztwo",
    ],
    "Linki": ["platforma.SprawdzonyAdres"],
    "Wyszukiwarka": ["platforma.Zapytanie", "platforma.Synonim", "praktyki.AliasInstrumentu"],
    "Serwis i konta": [
        *("platforma.DeklaracjaDostepnosci", "auth.User", "auth.Group"),
        *("platforma.Wiadomosc", "platforma.Zdarzenie"),
    ],
}


class EditorsDesk(admin.AdminSite):
    site_title = "Panel redakcji"
    site_header = "Platforma Dobrych Praktyk – panel redakcji"
    index_title = "Panel redakcji"
    empty_value_display = "–"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_action(delete_selected)

    def admin_view(self, view, cacheable=False):
        """Keep the author of what a page changes, and what was typed where a session has ended meanwhile."""
        inner = super().admin_view(history.authored_view(view), cacheable)

        def guarded(request, *args, **kwargs):
            kept = None if self.has_permission(request) else logged_out_page(request)
            return kept or inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def get_app_list(self, request, app_label=None):
        """Return the models the user may see, by GROUPS instead of by app."""
        found = {
            model["model"]._meta.label: model
            for app in self._build_app_dict(request, app_label).values()
            for model in app["models"]
        }
        groups = (
            {
                "name": name,
                "app_label": f"group-{number}",
                "app_url": reverse("admin:index"),
                "has_module_perms": True,
                "models": [found[label] for label in labels if label in found],
            }
            for number, (name, labels) in enumerate(GROUPS.items(), start=1)
        )
        return [group for group in groups if group["models"]]

    def get_urls(self):
        """Put our own pages before Django's, whose last pattern takes every address."""
        page, file = self.admin_view(admin_tables.table_page), self.admin_view(admin_tables.table_file)
        site = {"site": self}
        return [
            path("pomoc/", self.admin_view(help_views.index), site, name="handbook"),
            path("pomoc/<slug:slug>/", self.admin_view(help_views.page), site, name="handbook_page"),
            path("tabele/<slug:name>/", page, name="table"),
            path("tabele/<slug:name>/<slug:what>.<slug:ending>", file, name="table_file"),
            *super().get_urls(),
        ]

    def app_index(self, request, app_label, extra_context=None):
        """The groups stand in for pages by app."""
        return redirect("admin:index")

    def index(self, request, extra_context=None):
        return super().index(request, {"waiting": waiting(self, request), **(extra_context or {})})
