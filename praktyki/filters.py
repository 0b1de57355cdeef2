"""Which questions the catalogue of practices answers, and in which order."""

from django import forms
from django.db.models import F, Q

from platforma.lib.catalogue_filters import CatalogueFilterSet, RankedSort, Sort
from platforma.lib.filters import CarriedFilter, ConditionFacetFilter, FacetFilter, SpanFilter, WordsFilter

from . import own_unit
from .comparison import read_picked
from .models import Instrument, Jst, LiczbaWysilku, Odbiorca, Praktyka, Tag, Temat, Wojewodztwo
from .models.wdrozenie import confirmed_q, expiry_moments, unconfirmed_q

WRONG_YEAR = dict.fromkeys(("invalid", "min_value", "max_value"), "wpisz rok od 1900 do 2100.")
WRONG_AMOUNT = dict.fromkeys(
    ("invalid", "min_value", "max_value", "max_decimal_places"), "wpisz kwotę w złotych, np. 10 000."
)
ADOPTED = {
    "potwierdzone": ("potwierdzone w ostatnich 18 miesiącach", confirmed_q),
    "niepotwierdzone": ("wpisy bez potwierdzonego działania", unconfirmed_q),
}
COUNTED = {"tak": ("ma liczby", lambda: Q(pk__in=LiczbaWysilku.objects.values("praktyka")))}
MAX_KWOTA = 10**12 - 1  # zł; the most that kwota_zl can hold


class PraktykaFilter(CatalogueFilterSet):
    heading = "Praktyki"
    open_facets = ("instrument", "temat", "wojewodztwo")
    sorts = {
        "najnowsze": Sort("najnowsze wpisy", ("-published_at", "sort_key", "pk")),
        "tytul": Sort("tytuł A–Ż", ("sort_key", "pk")),
        "rok": Sort("rok rozpoczęcia", (F("rok_od").desc(nulls_last=True), "sort_key", "pk")),
    }

    ranked_sorts = {
        "podobienstwo": RankedSort("podobne do mojej gminy", own_unit.PARAMETER, own_unit.tiers),
    }
    pick = "p"

    q = WordsFilter(label="Szukany tekst")
    p = CarriedFilter(read_picked, label="Do porównania")
    moja = CarriedFilter(own_unit.read_own, label="Moja gmina")
    instrument = FacetFilter(
        "instrumenty__slug",
        label="Instrument",
        missing=False,
        options=lambda: [(instrument.slug, instrument.etykieta) for instrument in Instrument.objects.all()],
    )
    temat = FacetFilter(
        "tematy__slug", label="Temat", options=lambda: Temat.objects.values_list("slug", "nazwa")
    )
    wojewodztwo = FacetFilter(
        "jst__wojewodztwo__slug",
        "wojewodztwa__slug",
        label="Województwo",
        options=lambda: Wojewodztwo.objects.values_list("slug", "nazwa"),
    )
    typ_jst = FacetFilter("jst__typ", label="Rodzaj samorządu", options=lambda: Jst.Typ.choices)
    odbiorcy = FacetFilter(
        "odbiorcy__slug", label="Odbiorcy", options=lambda: Odbiorca.objects.values_list("slug", "nazwa")
    )
    jst = FacetFilter(
        "jst__slug",
        label="Jednostka samorządu",
        options=lambda: Jst.objects.values_list("slug", "nazwa"),
        only_used=True,
    )
    tag = FacetFilter(
        "tagi__slug",
        label="Tag",
        options=lambda: Tag.objects.values_list("slug", "name"),
        only_used=True,
    )
    wdrozenie = ConditionFacetFilter(ADOPTED, changes_at=expiry_moments, label="Wdrożenie")
    liczby = ConditionFacetFilter(COUNTED, label="Liczby wysiłku")
    rok = SpanFilter(
        "rok_od",
        "rok_do",
        label="Lata działania",
        unit="r.",
        number_field=forms.IntegerField(
            min_value=1900, max_value=2100, required=False, error_messages=WRONG_YEAR
        ),
    )
    kwota = SpanFilter(
        "kwota_zl",
        "kwota_zl",
        label="Kwota",
        unit="zł",
        number_field=forms.DecimalField(
            min_value=0, max_value=MAX_KWOTA, decimal_places=2, required=False, error_messages=WRONG_AMOUNT
        ),
    )

    class Meta:
        model = Praktyka
        fields = []
