"""What an export of practices holds: every field that the page of a practice shows."""

from operator import attrgetter

from django.db.models import Model, Prefetch

from platforma.lib.pages import absolute
from platforma.lib.spreadsheets import Column, plain

from .models import ParametrPrawny, Praktyka, cytat


def fetch(public):
    """Prefetch what the columns read; of materials and meetings, the public ones alone."""
    meta = Praktyka._meta
    materialy, spotkania = (meta.get_field(name).related_model.objects for name in ("materialy", "spotkania"))
    return public.for_page().prefetch_related(
        Prefetch("materialy", materialy.published().for_list()), Prefetch("spotkania", spotkania.published())
    )


def slugs(relation: str):
    """Return the function row → slugs of its related rows."""
    return lambda row: [related.slug for related in getattr(row, relation).all()]


def names(relation: str):
    """Return the function row → names of its related rows."""
    return lambda row: [str(related) for related in getattr(row, relation).all()]


def text(name: str, about: str) -> Column:
    """Return the column of the field `name`, null where nothing is known."""
    return Column(name, about, lambda row: getattr(row, name) or None)


def quoting(name: str, about: str, values: dict) -> Column:
    """Return the column of a text that may quote legal numbers, as `values` (by key) have them today."""
    return Column(name, about, lambda row: cytat.plain(getattr(row, name), values) or None)


def records(name: str, about: str, *fields: str) -> Column:
    """Return the column of related rows, each with its `fields`; in a table, what is known of each."""

    def of(row):
        return [
            {field: _value(getattr(related, field)) for field in fields}
            for related in getattr(row, name).all()
        ]

    return Column(name, about, of, lambda record: ", ".join(str(v) for v in record.values() if v is not None))


def _value(value):
    """Return what JSON can hold; a related row by its name, an empty text as unknown."""
    if isinstance(value, Model):
        return str(value)
    return None if value == "" else plain(value)


def sources(row) -> list[dict]:
    return [
        {
            "tytul": zrodlo.tytul,
            "url": zrodlo.url or None,
            "wydawca": zrodlo.wydawca or None,
            "rok": zrodlo.rok,
        }
        for zrodlo in row.zrodla.all()
    ]


def source_cell(source: dict) -> str:
    return f"{source['tytul']} ({source['url']})" if source["url"] else source["tytul"]


def materials() -> Column:
    """Return the column of the materials that were fetched with a row."""

    def of(row):
        return [
            {
                "tytul": material.tytul,
                "rodzaj": material.rodzaj,
                "autor": material.autor or None,
                "licencja": material.warunki or None,
                "adres": material.url or absolute(material.get_absolute_url()),
            }
            for material in row.materialy.all()
        ]

    return Column("materialy", "materiały: pliki i linki", of, lambda one: f"{one['tytul']} ({one['adres']})")


def columns() -> list[Column]:
    """Return the columns, with the law of today where texts quote it."""
    values = ParametrPrawny.objects.by_key()
    return [
        Column("slug", "stały identyfikator w adresie", attrgetter("slug")),
        Column("adres", "adres strony praktyki", lambda row: absolute(row.get_absolute_url())),
        text("tytul", "tytuł"),
        text("streszczenie", "streszczenie"),
        Column("instrumenty", "slugi instrumentów", slugs("instrumenty")),
        Column("instrumenty_nazwy", "nazwy instrumentów", names("instrumenty")),
        Column("jst", "jednostki samorządu", names("jst")),
        Column("typy_jst", "rodzaje jednostek", lambda row: [jst.get_typ_display() for jst in row.jst.all()]),
        Column("wojewodztwa", "województwa", lambda row: [str(one) for one in row.voivodeships()]),
        text("obszar", "obszar słownie"),
        Column("organizacje", "organizacje", names("organizacje")),
        Column("tematy", "tematy", names("tematy")),
        Column("odbiorcy", "grupy odbiorców", names("odbiorcy")),
        text("odbiorcy_opis", "odbiorcy słownie"),
        Column("tagi", "tagi", names("tagi")),
        Column("rok_od", "rok rozpoczęcia", attrgetter("rok_od")),
        Column("rok_do", "rok zakończenia; puste: nadal działa albo nie wiadomo", attrgetter("rok_do")),
        Column("kwota_zl", "kwota w złotych; co znaczy, mówi kwota_opis", attrgetter("kwota_zl")),
        text("kwota_opis", "opis kwoty"),
        quoting("problem", "problem", values),
        quoting("rozwiazanie", "rozwiązanie", values),
        quoting("rezultaty", "rezultaty", values),
        quoting("czynniki_sukcesu", "co pomogło", values),
        quoting("trudnosci", "trudności", values),
        quoting(
            "warunki_przeniesienia",
            "jak to przenieść do siebie: wniosek redakcji, nie ustalenie ze źródeł",
            values,
        ),
        quoting("podstawa_prawna", "podstawa prawna", values),
        Column("stan_prawny", "stan prawny na dzień", attrgetter("stan_prawny")),
        text("kontakt", "kontakt do urzędu"),
        Column("pewnosc", "ocena redakcji, jak mocno źródła potwierdzają opis", attrgetter("pewnosc")),
        records(
            "liczby_wysilku", "ile to kosztuje pracy", "rodzaj", "wartosc", "rok", "zrodlo_liczby", "opis"
        ),
        records("glosy", "dwugłos: urząd i organizacja", "strona", "tresc", "osoba", "rola", "data", "url"),
        records("wdrozenia", "dziennik wdrożeń", "jst", "status", "co_zmieniono", "data", "potwierdzono"),
        records(
            "rozstrzygniecia",
            "co powiedział nadzór",
            *("organ", "data", "sygnatura", "dotyczy", "wynik", "obowiazuje", "url"),
        ),
        materials(),
        Column("spotkania", "slugi spotkań, na których o niej mówiono", slugs("spotkania")),
        Column("zrodla", "źródła", sources, source_cell),
        Column("opublikowano", "chwila publikacji", attrgetter("published_at")),
        Column("zmieniono", "ostatnia zmiana", attrgetter("updated_at")),
        Column("sprawdzono", "kiedy redakcja ostatnio sprawdziła wpis", attrgetter("checked_at")),
    ]
