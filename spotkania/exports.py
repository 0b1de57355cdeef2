"""What an export of meetings holds: every field that the page of a meeting shows."""

from functools import partial
from operator import attrgetter

from django.db.models import Prefetch

from platforma.lib.pages import absolute
from platforma.lib.spreadsheets import Column
from praktyki.exports import materials, names, quoting, slugs, source_cell, sources, text
from praktyki.models import ParametrPrawny, cytat

from .models import Material


def fetch(public):
    """Prefetch what the columns read; of materials, the public ones alone."""
    return public.for_export().prefetch_related(
        Prefetch("materialy", Material.objects.published().for_list())
    )


def _day(row):
    return row.termin_iso or None


def _hour(row):
    return None if row.bez_godziny or not row.poczatek else f"{row.local_start:%H:%M}"


def _end(row):
    """The moment of the end, or only its day where hours are unknown."""
    if row.koniec and row.bez_godziny:
        return row.local_end.date()
    return row.koniec


def _programme(row) -> list[dict]:
    return [
        {
            "od": f"{wystapienie.od:%H:%M}" if wystapienie.od else None,
            "do": f"{wystapienie.do:%H:%M}" if wystapienie.do else None,
            "temat": wystapienie.tytul or None,
            "online": wystapienie.online,
            "opis": wystapienie.opis or None,
        }
        for wystapienie in row.wystapienia.all()
    ]


def _programme_cell(point: dict) -> str:
    hours = "–".join(filter(None, (point["od"], point["do"])))
    return " ".join(filter(None, (hours, point["temat"]))) or "temat: brak danych"


def _speakers(row) -> list[dict]:
    """People who withdrew their consent are left out, with what they said."""
    return [
        {
            "osoba": str(udzial.prelegent),
            "rola": udzial.rola or None,
            "organizacja": udzial.organizacja.nazwa if udzial.organizacja else None,
            "temat": wystapienie.tytul or None,
        }
        for wystapienie in row.wystapienia.all()
        for udzial in wystapienie.udzialy.all()
        if udzial.prelegent.is_public
    ]


def _speaker_cell(speaker: dict) -> str:
    return ", ".join(filter(None, (speaker["osoba"], speaker["rola"], speaker["organizacja"])))


def _statements(values, row) -> list[dict]:
    return [
        {
            "typ": wypowiedz.typ,
            "tresc": cytat.plain(wypowiedz.tresc, values),
            "osoba": str(wypowiedz.prelegent) if wypowiedz.prelegent else None,
            "instrument": wypowiedz.instrument.slug if wypowiedz.instrument else None,
            "minuta": wypowiedz.minuta,
            "adres": absolute(f"{row.get_absolute_url()}#{wypowiedz.anchor}"),
        }
        for wypowiedz in row.public_statements()
    ]


def _practices(row) -> list[str]:
    return [praktyka.slug for praktyka in row.praktyki.all() if praktyka.is_published()]


def columns() -> list[Column]:
    """Return the columns, with the law of today where texts quote it."""
    values = ParametrPrawny.objects.by_key()
    return [
        Column("slug", "stały identyfikator w adresie", attrgetter("slug")),
        Column("adres", "adres strony spotkania", lambda row: absolute(row.get_absolute_url())),
        text("tytul", "tytuł"),
        Column("rodzaj", "rodzaj", attrgetter("rodzaj")),
        text("forma", "forma"),
        text("termin", "termin słownie"),
        Column("dzien", "pierwszy dzień; puste: nieznany", _day),
        Column("godzina", "godzina początku; puste: nieznana", _hour),
        Column("koniec", "koniec", _end),
        Column("rok", "rok", attrgetter("rok")),
        Column("odwolano", "dzień odwołania; puste: nieodwołane", attrgetter("odwolano")),
        text("powod_odwolania", "powód odwołania"),
        text("miejsce", "miejsce"),
        Column("organizatorzy", "organizatorzy", names("organizatorzy")),
        text("organizator_opis", "organizator słownie"),
        Column("partnerzy", "partnerzy", names("partnerzy")),
        text("partnerzy_opis", "partnerzy słownie"),
        Column("cykl", "cykl", lambda row: row.cykl.nazwa if row.cykl else None),
        text("streszczenie", "streszczenie"),
        quoting("opis", "przebieg", values),
        Column("instrumenty", "slugi instrumentów", slugs("instrumenty")),
        Column("instrumenty_nazwy", "nazwy instrumentów", names("instrumenty")),
        Column("tematy", "tematy", names("tematy")),
        Column("tagi", "tagi", names("tagi")),
        Column("program", "punkty programu", _programme, _programme_cell),
        Column("prelegenci", "osoby, ich role i organizacje na tym spotkaniu", _speakers, _speaker_cell),
        Column(
            "wypowiedzi",
            "wnioski, pytania i odpowiedzi",
            partial(_statements, values),
            lambda row: row["tresc"],
        ),
        Column("praktyki", "slugi opublikowanych praktyk, o których mówiono", _practices),
        materials(),
        Column("uczestnicy_jst", "uczestnicy z samorządów", attrgetter("liczba_uczestnikow_jst")),
        Column("uczestnicy_ngo", "uczestnicy z organizacji", attrgetter("liczba_uczestnikow_ngo")),
        Column("zrodla", "źródła", sources, source_cell),
        Column("opublikowano", "chwila publikacji", attrgetter("published_at")),
        Column("zmieniono", "ostatnia zmiana", attrgetter("updated_at")),
        Column("sprawdzono", "kiedy redakcja ostatnio sprawdziła wpis", attrgetter("checked_at")),
    ]
