"""What the page of all results searches: each kind of content, how its rows are read and introduced."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from platforma.lib.polish import plural
from praktyki.models import Instrument, Jst, Praktyka
from spotkania.models import Material, Prelegent, Spotkanie


@dataclass(frozen=True)
class Source:
    """One kind of content. `public()` are the rows that readers see, `cards(rows)` fetches what they show.

    `about(row)` is the line under a title, `shown` the number of rows on the common page; the list at
    `catalogue` takes the same words. A group that `leads` comes first when the query says a name in it.
    """

    name: str
    kind: str
    heading: str
    forms: str
    public: Callable[[], QuerySet]
    cards: Callable[[QuerySet], QuerySet]
    about: Callable[[Model], str]
    shown: int
    catalogue: str = ""
    leads: bool = False


def _joined(*parts) -> str:
    return " · ".join(str(part) for part in parts if part)


def _count(number: int, forms: str) -> str:
    return f"{number} {plural(number, *forms.split(','))}" if number else ""


PRAKTYKI = "praktyka,praktyki,praktyk"
SPOTKANIA = "spotkanie,spotkania,spotkań"


def _about_praktyka(praktyka) -> str:
    places = [*praktyka.jst.all(), *praktyka.wojewodztwa.all()]
    return _joined(", ".join(map(str, places)) or praktyka.obszar, praktyka.okres)


def _about_material(material) -> str:
    owner = material.spotkanie or material.praktyka or material.instrument
    warning = owner.ostrzezenie if isinstance(owner, Praktyka) else ""
    return _joined(material.get_rodzaj_display(), owner, warning)


def _about_unit(jst) -> str:
    voivodeship = f"województwo {jst.wojewodztwo}" if jst.wojewodztwo else ""
    return _joined(jst.get_typ_display(), voivodeship, _count(jst.liczba_praktyk, PRAKTYKI))


SOURCES = (
    Source(
        *("praktyki", "praktyka", "Praktyki", PRAKTYKI),
        lambda: Praktyka.objects.published(),
        lambda rows: rows.for_cards(),
        _about_praktyka,
        shown=5,
        catalogue="praktyki:list",
    ),
    Source(
        *("instrumenty", "instrument", "Instrumenty", "instrument,instrumenty,instrumentów"),
        lambda: Instrument.objects.all(),
        lambda rows: rows.with_published_counts(),
        lambda row: _joined(_count(row.liczba_praktyk, PRAKTYKI), _count(row.liczba_spotkan, SPOTKANIA)),
        shown=3,
        leads=True,
    ),
    Source(
        *("spotkania", "spotkanie", "Spotkania", SPOTKANIA),
        lambda: Spotkanie.objects.published(),
        lambda rows: rows.for_cards(),
        lambda row: _joined(row.get_rodzaj_display(), row.termin),
        shown=3,
        catalogue="spotkania:list",
    ),
    Source(
        *("materialy", "material", "Materiały", "materiał,materiały,materiałów"),
        lambda: Material.objects.published().newest(),
        lambda rows: rows.for_list(),
        _about_material,
        shown=3,
        catalogue="spotkania:material_list",
    ),
    Source(
        *("prelegenci", "prelegent", "Prelegenci", "osoba,osoby,osób"),
        lambda: Prelegent.objects.published(),
        lambda rows: rows.with_published_counts(),
        lambda row: _count(row.liczba_spotkan, SPOTKANIA),
        shown=5,
        leads=True,
    ),
)
UNITS = Source(
    *("samorzady", "jst", "Samorządy", "jednostka,jednostki,jednostek"),
    lambda: Jst.objects.all(),
    lambda rows: rows.with_published_counts().select_related("wojewodztwo"),
    _about_unit,
    shown=5,
    leads=True,
)
