"""Which questions the calendar of meetings and the library of materials answer, and in which order."""

from django.db.models import F

from platforma.lib.catalogue_filters import CatalogueFilterSet, Sort
from platforma.lib.filters import ConditionFacetFilter, FacetFilter, NumberFacetFilter, WordsFilter
from praktyki.models import Instrument, Tag, Temat

from .models import Material, Prelegent, Spotkanie
from .models.spotkanie import CHRONOLOGICAL, end_moments, past_q, upcoming_q


def _instruments():
    return [(instrument.slug, instrument.etykieta) for instrument in Instrument.objects.all()]


def _topics():
    return Temat.objects.values_list("slug", "nazwa")


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
        options=_instruments,
    )
    rodzaj = FacetFilter("rodzaj", label="Rodzaj", missing=False, options=lambda: Spotkanie.Rodzaj.choices)
    forma = FacetFilter("forma", label="Forma", options=lambda: Spotkanie.Forma.choices)
    rok = NumberFacetFilter(
        "rok",
        label="Rok",
        options=lambda: [(rok, rok) for rok in Spotkanie.objects.years()],
        only_used=True,
    )
    temat = FacetFilter("tematy__slug", label="Temat", options=_topics)
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


class MaterialFilter(CatalogueFilterSet):
    """A material has the instruments, topics and year of what it belongs to, beside its own."""

    heading = "Materiały"
    open_facets = ("rodzaj", "instrument")
    sorts = {
        "najnowsze": Sort("ostatnio dodane", ("-created_at", "pk")),
        "tytul": Sort("tytuł A–Ż", ("sort_key", "pk")),
    }

    q = WordsFilter(label="Szukany tekst, także w środku plików")
    rodzaj = FacetFilter("rodzaj", label="Rodzaj", missing=False, options=lambda: Material.Rodzaj.choices)
    instrument = FacetFilter(
        "instrument__slug",
        "spotkanie__instrumenty__slug",
        "praktyka__instrumenty__slug",
        label="Instrument",
        options=_instruments,
    )
    temat = FacetFilter(
        "spotkanie__tematy__slug", "praktyka__tematy__slug", label="Temat", options=_topics, only_used=True
    )
    spotkanie = FacetFilter(
        "spotkanie__slug",
        label="Spotkanie",
        options=lambda: Spotkanie.objects.values_list("slug", "tytul"),
        only_used=True,
    )
    rok = NumberFacetFilter(
        "rok",
        "spotkanie__rok",
        label="Rok",
        options=lambda: [(rok, rok) for rok in Material.objects.years()],
        only_used=True,
    )
    jezyk = FacetFilter("jezyk", label="Język", options=lambda: Material.Jezyk.choices, only_used=True)
    licencja = FacetFilter(
        "licencja", label="Licencja", options=lambda: Material.Licencja.choices, only_used=True
    )

    class Meta:
        model = Material
        fields = []
