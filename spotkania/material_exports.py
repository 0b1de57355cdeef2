"""What an export of materials holds: every field that a card of the library shows."""

from operator import attrgetter

from platforma.lib.pages import absolute
from platforma.lib.spreadsheets import Column
from praktyki.exports import text


def _slug_of(name):
    return lambda row: getattr(row, name).slug if getattr(row, name) else None


def _newest(name):
    """Return the function row → a value of its newest version; null for a link."""
    return lambda row: getattr(row.najnowsza_wersja, name, None)


def columns() -> list[Column]:
    return [
        Column("id", "stały numer w adresie", attrgetter("pk")),
        Column("adres", "adres pliku albo link", lambda row: absolute(row.get_absolute_url())),
        text("tytul", "tytuł"),
        Column("rodzaj", "rodzaj", attrgetter("rodzaj")),
        text("opis", "opis"),
        text("autor", "autor"),
        text("warunki", "licencja"),
        text("jezyk", "język"),
        Column("rok", "rok powstania; puste: nieznany", attrgetter("rok")),
        Column("spotkanie", "slug spotkania", _slug_of("spotkanie")),
        Column("praktyka", "slug praktyki", _slug_of("praktyka")),
        Column("instrument", "slug instrumentu", _slug_of("instrument")),
        Column("plik", "nazwa pliku; puste: link", _newest("nazwa_pliku")),
        Column("rozmiar", "rozmiar pliku w bajtach", _newest("size")),
        Column("stron", "liczba stron lub slajdów; puste: nieznana", _newest("pages")),
        Column("sha256", "skrót SHA-256 pliku", _newest("sha256")),
        Column("wersja_z", "chwila dodania tej wersji", _newest("created_at")),
        Column("opublikowano", "od kiedy jest publiczny", attrgetter("published_at")),
        Column("zmieniono", "ostatnia zmiana", attrgetter("updated_at")),
    ]
