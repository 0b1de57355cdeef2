"""The editors' desk: the admin site with its index in the order an editor works."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from platforma.lib import history
from platforma.lib.publication_admin import PublishableAdmin

GROUPS = {
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
    "Wyszukiwarka": ["platforma.Zapytanie", "platforma.Synonim", "praktyki.AliasInstrumentu"],
    "Serwis i konta": [
        "platforma.DeklaracjaDostepnosci",
        "auth.User",
        "auth.Group",
        "platforma.Zdarzenie",
    ],
}
WAITING = {"review": "do sprawdzenia", "draft": "szkice", "scheduled": "zaplanowane"}


class EditorsDesk(admin.AdminSite):
    site_title = "Panel redakcji"
    site_header = "Platforma Dobrych Praktyk – panel redakcji"
    index_title = "Panel redakcji"
    empty_value_display = "–"

    def admin_view(self, view, cacheable=False):
        """Put whatever a page of the desk changes under its user, as one unit of history."""
        return super().admin_view(history.authored_view(view), cacheable)

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

    def app_index(self, request, app_label, extra_context=None):
        """The groups stand in for pages by app."""
        return redirect("admin:index")

    def index(self, request, extra_context=None):
        return super().index(request, {"waiting": self.waiting(request), **(extra_context or {})})

    def waiting(self, request) -> list[dict]:
        """Return how many entries wait in each state, with links; one query a kind of entry."""
        rows = []
        for model, model_admin in self._registry.items():
            if isinstance(model_admin, PublishableAdmin) and model_admin.has_view_permission(request):
                url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
                counts = model_admin.count_by_state()
                links = [
                    {"label": label, "count": counts[state], "url": f"{url}?stan={state}"}
                    for state, label in WAITING.items()
                ]
                rows.append({"name": model._meta.verbose_name_plural, "links": links})
        return rows
