"""What waits for the editors: each is a filtered list, one click away, with the count of what it shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Task:
    """The rows that `value` of one filter of a list shows; `filter` is the name of its parameter."""

    label: str
    model: str
    filter: str
    value: str = ""  # empty where the filter shows these rows unasked

    @property
    def parameters(self) -> dict[str, str]:
        return {self.filter: self.value} if self.value else {}

    def count(self, request: HttpRequest, model_admin: ModelAdmin) -> int:
        """Return how many rows the list shows: the filter itself is asked, so that both agree."""
        kinds = {getattr(kind, "parameter_name", ""): kind for kind in model_admin.get_list_filter(request)}
        parameters = {name: [value] for name, value in self.parameters.items()}
        chosen = kinds[self.filter](request, parameters, model_admin.model, model_admin)
        return chosen.queryset(request, model_admin.get_queryset(request)).count()

    def address(self, model_admin: ModelAdmin) -> str:
        opts = model_admin.opts
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        return f"{url}?{urlencode(self.parameters)}" if self.parameters else url


PRAKTYKA, SPOTKANIE, ZGLOSZENIE = "praktyki.Praktyka", "spotkania.Spotkanie", "platforma.Zgloszenie"
TASKS = {
    "Praca w toku": (
        Task("Praktyki do sprawdzenia", PRAKTYKA, "stan", "review"),
        Task("Spotkania do sprawdzenia", SPOTKANIE, "stan", "review"),
        Task("Moje szkice praktyk", PRAKTYKA, "stan", "mine"),
        Task("Moje szkice spotkań", SPOTKANIE, "stan", "mine"),
        Task("Praktyki cofnięte do poprawy", PRAKTYKA, "stan", "sent_back"),
        Task("Spotkania cofnięte do poprawy", SPOTKANIE, "stan", "sent_back"),
        Task("Szkice praktyk", PRAKTYKA, "stan", "draft"),
        Task("Szkice spotkań", SPOTKANIE, "stan", "draft"),
        Task("Praktyki zaplanowane", PRAKTYKA, "stan", "scheduled"),
        Task("Spotkania zaplanowane", SPOTKANIE, "stan", "scheduled"),
    ),
    "Aktualność i źródła": (
        Task("Praktyki do przeglądu", PRAKTYKA, "przeglad", "zalegly"),
        Task("Spotkania do przeglądu", SPOTKANIE, "przeglad", "zalegly"),
        Task("Praktyki bez źródeł", PRAKTYKA, "brak", "zrodla"),
        Task("Praktyki z niedziałającym linkiem", PRAKTYKA, "linki", "zepsute"),
        Task("Praktyki z linkiem jeszcze niesprawdzonym", PRAKTYKA, "linki", "niesprawdzone"),
        Task("Spotkania z linkiem jeszcze niesprawdzonym", SPOTKANIE, "linki", "niesprawdzone"),
        Task("Wszystkie niedziałające linki", "platforma.SprawdzonyAdres", "wynik"),
        Task("Liczby prawne niezweryfikowane po zmianie", "praktyki.ParametrPrawny", "brak", "zmiana"),
    ),
    "Braki w treści": (
        Task("Praktyki bez liczb wysiłku", PRAKTYKA, "brak", "liczby"),
        Task("Praktyki z głosem tylko jednej strony", PRAKTYKA, "brak", "jeden_glos"),
        Task("Spotkania bez streszczenia", SPOTKANIE, "brak", "streszczenie"),
    ),
    "Od czytelników": (
        Task("Przysłane praktyki", ZGLOSZENIE, "stan", "praktyki"),
        Task("Zgłoszone błędy", ZGLOSZENIE, "stan", "bledy"),
        Task("Praktyki z uwagami z podglądu", PRAKTYKA, "uwagi", "nowe"),
        Task("Spotkania z uwagami z podglądu", SPOTKANIE, "uwagi", "nowe"),
        Task("Wyszukiwania bez wyników", "platforma.Zapytanie", "wynik"),
        Task("Wiadomości, które nie wyszły", "platforma.Wiadomosc", "stan", "nieudane"),
    ),
}


def waiting(site, request: HttpRequest) -> list[dict]:
    """Return the tasks of the lists that the user may see, by heading; one query a task."""
    groups = []
    for heading, tasks in TASKS.items():
        rows = []
        for task in tasks:
            model_admin = site.get_model_admin(apps.get_model(task.model))
            if model_admin.has_view_permission(request):
                count = task.count(request, model_admin)
                rows.append({"label": task.label, "count": count, "url": task.address(model_admin)})
        groups.append({"heading": heading, "tasks": rows})
    return [group for group in groups if group["tasks"]]
