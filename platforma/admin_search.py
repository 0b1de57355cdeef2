"""The editors' side of the search: what readers did not find, and the words that would help them."""

from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from platforma.lib.admin import DeskAdmin, ReadOnly, UnaskedFilter
from platforma.lib.search.models import Synonim, Zapytanie
from praktyki.models import AliasInstrumentu


@admin.register(Synonim)
class SynonimAdmin(DeskAdmin):
    list_display = ("fraza", "zamienniki", "w_obie_strony")
    search_fields = ("fraza", "zamienniki")


@admin.register(AliasInstrumentu)
class AliasInstrumentuAdmin(DeskAdmin):
    """Other names of instruments in one list; their own rows stand on the instrument's page too."""

    list_display = ("nazwa", "instrument", "mylona", "uwaga")
    list_filter = ("instrument",)
    list_select_related = ("instrument",)
    search_fields = ("nazwa", "search_text")


class ResultsFilter(UnaskedFilter):
    title = "wynik"
    parameter_name = "wynik"
    unasked = "bez wyników"

    def lookups(self, request, model_admin):
        return [("wszystkie", "wszystkie zapytania")]

    def queryset(self, request, queryset):
        return queryset if self.value() else queryset.without_results()


@admin.register(Zapytanie)
class ZapytanieAdmin(ReadOnly, DeskAdmin):
    """What readers searched for, the most frequent first; read only, counted without anything about them."""

    list_display = ("slowa", "strona", "total", "wyniki", "poprawka", "dzien", "help_readers")
    list_display_links = None
    list_filter = (ResultsFilter, "strona")
    search_fields = ("slowa",)

    def get_queryset(self, request):
        return Zapytanie.objects.by_words()

    def get_ordering(self, request):
        return ("-razem", "slowa", "strona")

    @admin.display(description="ile razy", ordering="razem")
    def total(self, zapytanie):
        return zapytanie.razem

    @admin.display(description="pomóż znaleźć")
    def help_readers(self, zapytanie):
        alias = reverse("admin:praktyki_aliasinstrumentu_add") + "?" + urlencode({"nazwa": zapytanie.slowa})
        synonym = reverse("admin:platforma_synonim_add") + "?" + urlencode({"fraza": zapytanie.slowa})
        return format_html(
            '<a href="{}">Zrób z tego inną nazwę instrumentu</a> · <a href="{}">Dodaj synonim</a>',
            alias,
            synonym,
        )
