"""What an export of practices holds: every field that the page of a practice shows."""

from operator import attrgetter

from platforma.lib.exports import Column
from platforma.lib.pages import absolute


def slugs(relation: str):
    """Return the function row → slugs of its related rows."""
    return lambda row: [related.slug for related in getattr(row, relation).all()]


def names(relation: str):
    """Return the function row → names of its related rows."""
    return lambda row: [str(related) for related in getattr(row, relation).all()]


def text(name: str, about: str) -> Column:
    """Return the column of the field `name`, null where nothing is known."""
    return Column(name, about, lambda row: getattr(row, name) or None)


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


COLUMNS = [
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
    text("problem", "problem"),
    text("rozwiazanie", "rozwiązanie"),
    text("rezultaty", "rezultaty"),
    text("czynniki_sukcesu", "co pomogło"),
    text("trudnosci", "trudności"),
    text("warunki_przeniesienia", "jak to przenieść do siebie: wniosek redakcji, nie ustalenie ze źródeł"),
    text("podstawa_prawna", "podstawa prawna"),
    Column("stan_prawny", "stan prawny na dzień", attrgetter("stan_prawny")),
    text("kontakt", "kontakt do urzędu"),
    Column("pewnosc", "ocena redakcji, jak mocno źródła potwierdzają opis", attrgetter("pewnosc")),
    Column("zrodla", "źródła", sources, source_cell),
    Column("opublikowano", "chwila publikacji", attrgetter("published_at")),
    Column("zmieniono", "ostatnia zmiana", attrgetter("updated_at")),
]
