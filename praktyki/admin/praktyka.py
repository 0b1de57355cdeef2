"""The admin of practices."""

from django.contrib import admin
from django.db.models import Q

from platforma.lib.admin import MissingFilter, section
from platforma.lib.admin_parts import ZrodloInline
from platforma.lib.links.filters import LinkFilter
from platforma.lib.publication.admin import PublishableAdmin, ReviewFilter, StateFilter

from ..models import Praktyka, Wojewodztwo, Zrodlo
from .dowody import EVIDENCE_INLINES


class ZrodloPraktykiInline(ZrodloInline):
    model = Zrodlo


class WojewodztwoFilter(admin.SimpleListFilter):
    """The voivodeship of the units of a practice, or its own where it names no unit."""

    title = "województwo"
    parameter_name = "wojewodztwo"

    def lookups(self, request, model_admin):
        return Wojewodztwo.objects.values_list("slug", "nazwa")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        named = Praktyka.objects.filter(
            Q(jst__wojewodztwo__slug=self.value()) | Q(wojewodztwa__slug=self.value())
        )
        return queryset.filter(pk__in=named.values("pk"))


@admin.register(Praktyka)
class PraktykaAdmin(PublishableAdmin):
    list_display = ("tytul", "state", "instrument_names", "jst_names", "okres", "changed", "page")
    list_filter = (
        *(StateFilter, ReviewFilter, MissingFilter, LinkFilter),
        *("instrumenty", WojewodztwoFilter, "pewnosc", "rok_od"),
    )
    list_prefetch_related = ("instrumenty", "jst")
    search_fields = ("search_text", "slug", "jst__slug", "organizacje__slug")
    search_help_text = (
        "Tytuł, treść, gmina lub organizacja; wielkość liter i polskie znaki nie mają znaczenia."
    )
    prepopulated_fields = {"slug": ("tytul",)}
    autocomplete_fields = (
        "instrumenty",
        "jst",
        "wojewodztwa",
        "organizacje",
        "tematy",
        "odbiorcy",
        "successor",
    )
    inlines = (ZrodloPraktykiInline, *EVIDENCE_INLINES)
    missing = {
        "zrodla": ("bez źródeł", Q(zrodla__isnull=True)),
        "kwota": ("bez kwoty", Q(kwota_zl__isnull=True)),
        "jst": ("bez jednostki samorządu", Q(jst__isnull=True)),
        "rok": ("bez roku", Q(rok_od__isnull=True, rok_do__isnull=True)),
        "rezultaty": ("bez rezultatów", Q(rezultaty="")),
        "przeniesienie": ("bez warunków przeniesienia", Q(warunki_przeniesienia="")),
        "liczby": ("bez liczb wysiłku", Q(liczby_wysilku__isnull=True)),
        "wdrozenia": ("bez wdrożeń", Q(wdrozenia__isnull=True)),
        "glos_urzedu": ("bez głosu urzędu", ~Q(glosy__strona="urzad")),
        "glos_organizacji": ("bez głosu organizacji", ~Q(glosy__strona="organizacja")),
        "jeden_glos": (
            "z głosem tylko jednej strony",
            Q(pk__in=Praktyka.objects.with_one_voice().values("pk")),
        ),
    }
    fieldsets = (
        section(
            "Podstawowe",
            *("tytul", "slug", "streszczenie", "instrumenty", "tematy", "tagi"),
            about="Tytuł mówi, co zrobiono, a nie tylko jak nazywał się program. Adres powstaje z tytułu; "
            "po publikacji już się nie zmienia.",
        ),
        section(
            "Kto i dla kogo",
            *("jst", "wojewodztwa", "obszar", "organizacje", "odbiorcy", "odbiorcy_opis", "kontakt"),
            about="Wybierz wszystkie samorządy i organizacje, które prowadzą praktykę. Kogo brakuje na "
            "liście, tego dodaj zielonym plusem obok pola.",
        ),
        section(
            "Kiedy i za ile",
            *(("rok_od", "rok_do"), "kwota_zl", "kwota_opis"),
            about="Nie wiesz? Zostaw puste: strona pokaże „brak danych”. Niczego nie zgaduj.",
        ),
        section(
            "Opis",
            *("problem", "rozwiazanie", "rezultaty", "czynniki_sukcesu", "trudnosci"),
            about="Pisz tylko to, co wynika ze źródeł. Pusty wiersz zaczyna nowy akapit.",
        ),
        section(
            "Przeniesienie i prawo",
            *("warunki_przeniesienia", "podstawa_prawna", "stan_prawny"),
            about="Co musi być prawdą, żeby to samo zadziałało w innej gminie, i na jakiej podstawie.",
        ),
        section(
            "Redakcja",
            *("pewnosc", "uwagi_redakcji", "successor"),
            about="Uwagi redakcji widać tylko w tym panelu. Nigdy nie są publikowane.",
            classes=["internal"],
        ),
    )

    @admin.display(description="instrumenty")
    def instrument_names(self, obj):
        return ", ".join(map(str, obj.instrumenty.all())) or None

    @admin.display(description="samorząd")
    def jst_names(self, obj):
        return ", ".join(map(str, obj.jst.all())) or obj.obszar or None

    @admin.display(description="lata", ordering="rok_od")
    def okres(self, obj):
        return obj.okres or None
