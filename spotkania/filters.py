"""Which questions the calendar of meetings answers, and in which order."""

from django.db.models import F

from platforma.lib.catalogue import CatalogueFilterSet, Sort
from platforma.lib.filters import ConditionFacetFilter, FacetFilter, NumberFacetFilter, WordsFilter
from praktyki.models import Instrument, Tag, Temat

from .models import Prelegent, Spotkanie
from .models.spotkanie import CHRONOLOGICAL, end_moments, past_q, upcoming_q


class SpotkanieFilter(CatalogueFilterSet):
    heading = "Spotkania"
    open_facets = ("termin", "instrument", "rodzaj")
    sorts = {
        "termin": Sort(
            "najpierw nadchodzące", CHRONOLOGICAL, lead=("termin", "nadchodzace", "najdawniejsze")
        ),
        "najnowsze": Sort("od najnowszych", CHRONOLOGICAL),
        "najdawniejsze": Sort(
            "od najdawniejszych",
            (F("rok").asc(nulls_last=True), F("poczatek").asc(nulls_last=True), "pk"),
        ),
        "tytul": Sort("tytuł A–Ż", ("sort_key", "pk")),
    }

    q = WordsFilter(label="Szukany tekst")
    termin = ConditionFacetFilter(
        {"nadchodzace": ("nadchodzące", upcoming_q), "minione": ("minione", past_q)},
        changes_at=end_moments,
        label="Termin",
    )
    instrument = FacetFilter(
        "instrumenty__slug",
        label="Instrument",
        options=lambda: [(instrument.slug, instrument.etykieta) for instrument in Instrument.objects.all()],
    )
    rodzaj = FacetFilter("rodzaj", label="Rodzaj", missing=False, options=lambda: Spotkanie.Rodzaj.choices)
    forma = FacetFilter("forma", label="Forma", options=lambda: Spotkanie.Forma.choices)
    rok = NumberFacetFilter(
        "rok",
        label="Rok",
        options=lambda: [(rok, rok) for rok in Spotkanie.objects.years()],
        only_used=True,
    )
    temat = FacetFilter(
        "tematy__slug", label="Temat", options=lambda: Temat.objects.values_list("slug", "nazwa")
    )
    prelegent = FacetFilter(
        "wystapienia__prelegenci__slug",
        label="Prelegent",
        options=lambda: [(p.slug, p.imie_nazwisko) for p in Prelegent.objects.consented()],
        only_used=True,
    )
    tag = FacetFilter(
        "tagi__slug",
        label="Tag",
        options=lambda: Tag.objects.values_list("slug", "name"),
        only_used=True,
    )

    class Meta:
        model = Spotkanie
        fields = []
