"""The admin of instruments and of the numbers that the law sets for them."""

from itertools import pairwise

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.utils.formats import number_format

from platforma.lib.admin import DeskAdmin, MissingFilter, section
from platforma.lib.admin_parts import CardInline, OrderedFormSet, TableInline, ZrodloInline

from ..models import (
    AliasInstrumentu,
    Instrument,
    KrokInstrumentu,
    ParametrPrawny,
    PodstawaPrawna,
    TerminRoczny,
    ZrodloInstrumentu,
)
from .dotkniete import touched_html


class KrokInline(CardInline):
    model = KrokInstrumentu
    formset = OrderedFormSet
    fields = (
        ("position", "po_starcie", "termin"),
        "tresc",
        ("dni_min", "dni_max", "dni_robocze", "dni_rodzaj"),
        ("dni_podstawa", "dni_zrodlo_url"),
    )
    classes = ("collapse",)


class PodstawaPrawnaInline(CardInline):
    model = PodstawaPrawna
    formset = OrderedFormSet
    fields = (("position", "zweryfikowano"), "akt", "artykul", "uwagi", "url")
    classes = ("collapse",)


class ParametrFormSet(BaseInlineFormSet):
    """Checks the days of a number's values as they will be: one save may end a value and begin the next."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.overlapping = lambda: self._outside(form.instance)
        return form

    def _outside(self, row):
        """Return the overlapping rows that are not in this form; `clean` compares those that are."""
        return ParametrPrawny.overlapping(row).exclude(instrument=self.instance.pk)

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and form.instance.obowiazuje_od]
        rows = sorted((form.instance for form in kept), key=lambda row: (row.klucz, row.obowiazuje_od))
        for earlier, later in pairwise(rows):
            meets = earlier.obowiazuje_do is None or earlier.obowiazuje_do >= later.obowiazuje_od
            if earlier.klucz == later.klucz and meets:
                raise ValidationError(
                    f"Wartość „{earlier.nazwa}” od {later.obowiazuje_od:%d.%m.%Y} nachodzi na poprzednią: "
                    "wpisz poprzedniej dzień, do którego obowiązuje."
                )


PARAMETR_FIELDS = (
    "nazwa",
    ("klucz", "wartosc", "jednostka"),
    ("obowiazuje_od", "obowiazuje_do"),
    "podstawa",
    "zrodlo_url",
    "zweryfikowano",
)


class ParametrInline(CardInline):
    model = ParametrPrawny
    formset = ParametrFormSet
    fields = PARAMETR_FIELDS
    classes = ("collapse",)


class AliasInline(TableInline):
    model = AliasInstrumentu
    formset = OrderedFormSet
    fields = ("position", "nazwa", "mylona", "uwaga")
    classes = ("collapse",)


class ZrodloInstrumentuInline(ZrodloInline):
    model = ZrodloInstrumentu
    classes = ("collapse",)


@admin.register(Instrument)
class InstrumentAdmin(DeskAdmin):
    list_display = ("nazwa", "nazwa_krotka", "kolejnosc", "stan_prawny", "changed")
    list_filter = (MissingFilter,)
    search_fields = ("search_text", "slug", "nazwa_krotka", "aliasy__search_text")
    prepopulated_fields = {"slug": ("nazwa",)}
    inlines = (KrokInline, ParametrInline, PodstawaPrawnaInline, AliasInline, ZrodloInstrumentuInline)
    missing = {
        "stan": ("bez daty stanu prawnego", Q(stan_prawny__isnull=True)),
        "podstawa": ("bez podstawy prawnej", Q(podstawy_prawne__isnull=True)),
        "parametry": ("bez parametrów prawnych", Q(parametry__isnull=True)),
        "uzycie": ("nieużywane w praktykach", Q(praktyki__isnull=True)),
    }
    fieldsets = (
        section(
            "Nazwa",
            *(
                ("nazwa", "nazwa_krotka"),
                "nazwa_mnoga",
                "slug",
                ("kolejnosc", "kolejnosc_remisu"),
                "definicja",
            ),
            about="Instrument jest widoczny w serwisie od razu po zapisaniu. Im mniejsza kolejność, tym "
            "wyżej stoi na listach i w filtrach.",
        ),
        section("Kto i jak", "kto_moze_otrzymac", "kto_inicjuje", "tryb_wyboru", "dokumenty"),
        section(
            "Limity",
            *("limit_kwoty", "limit_czasu"),
            about="Opis słowny. Kwoty i terminy, które się zmieniają, wpisz niżej jako parametry prawne: "
            "strona pokaże wartość obowiązującą dziś i jej historię.",
        ),
        section("Ocena", "zalety", "ograniczenia", "kiedy_stosowac", "kiedy_nie_stosowac"),
        section(
            "Stan prawny",
            *(("stan_prawny", "stan_prawny_dokladnosc"), "stan_prawny_uwagi", "do_potwierdzenia"),
        ),
    )


@admin.register(ParametrPrawny)
class ParametrPrawnyAdmin(DeskAdmin):
    list_display = ("nazwa", "value", "obowiazuje_od", "obowiazuje_do", "instrument", "zweryfikowano")
    list_filter = (MissingFilter, "jednostka", "instrument")
    list_select_related = ("instrument",)
    search_fields = ("nazwa", "klucz", "podstawa", "instrument__slug")
    autocomplete_fields = ("instrument",)
    fieldsets = (
        section(None, "instrument", *PARAMETR_FIELDS),
        section(
            "Czego dotyka zmiana",
            "touched",
            about="Wpisy tego instrumentu ze starszym (lub nieznanym) stanem prawnym i teksty, które cytują "
            "klucz. Na stronach wpisów z datą czytelnik widzi, co się zmieniło; cytat sam poda nową liczbę.",
        ),
    )
    readonly_fields = ("touched",)
    missing = {
        "weryfikacja": ("niezweryfikowane", Q(zweryfikowano__isnull=True)),
        "zmiana": (
            "niezweryfikowane po zmianie",
            Q(zweryfikowano__isnull=True, pk__in=ParametrPrawny.objects.of_changed_keys().values("pk")),
        ),
        "zrodlo": ("bez adresu źródła", Q(zrodlo_url="")),
        "koniec": ("bez daty końca", Q(obowiazuje_do__isnull=True)),
    }

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:1]

    @admin.display(description="do przejrzenia")
    def touched(self, obj):
        return touched_html(obj)

    @admin.display(description="wartość", ordering="wartosc")
    def value(self, obj):
        places = 0 if obj.wartosc == obj.wartosc.to_integral_value() else 2
        number = number_format(obj.wartosc, decimal_pos=places, force_grouping=True)
        return f"{number} {obj.get_jednostka_display()}"


@admin.register(TerminRoczny)
class TerminRocznyAdmin(DeskAdmin):
    list_display = ("nazwa", "day", "rok", "podstawa", "zweryfikowano")
    list_filter = (MissingFilter,)
    search_fields = ("nazwa", "slug", "podstawa")
    prepopulated_fields = {"slug": ("nazwa",)}
    fields = (
        *("nazwa", "slug", "opis", ("dzien", "miesiac", "rok")),
        *("podstawa", "zrodlo_url", "zweryfikowano"),
    )
    missing = {
        "weryfikacja": ("niezweryfikowane", Q(zweryfikowano__isnull=True)),
        "zrodlo": ("bez adresu źródła", Q(zrodlo_url="")),
    }

    @admin.display(description="ostatni dzień", ordering="miesiac")
    def day(self, obj):
        return f"{obj.dzien}.{obj.miesiac:02}"
