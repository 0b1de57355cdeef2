"""How practices and instruments are searched and indexed."""

from platforma.lib.kinds import Kind, prefetching
from platforma.lib.live import LiveIndex
from platforma.lib.quoting import without
from platforma.lib.search.highlight import Passage, Texts
from platforma.lib.search.index import Document

from .filters import PraktykaFilter
from .models import (
    AliasInstrumentu,
    Glos,
    Instrument,
    Jst,
    KrokInstrumentu,
    LiczbaWysilku,
    Odbiorca,
    Organizacja,
    PodstawaPrawna,
    Praktyka,
    PraktykaTag,
    Rozstrzygniecie,
    Tag,
    Temat,
    Wdrozenie,
    Wojewodztwo,
)
from .models.dowody import attach_evidence


def _praktyka(praktyka) -> Document:
    units = praktyka.jst.all()
    voivodeships = [*praktyka.wojewodztwa.all(), *(jst.wojewodztwo for jst in units if jst.wojewodztwo)]
    names = [
        *(f"{instrument.nazwa}\n{instrument.nazwa_mnoga}" for instrument in praktyka.instrumenty.all()),
        *(jst.nazwa for jst in units),
        *(wojewodztwo.nazwa for wojewodztwo in dict.fromkeys(voivodeships)),
        *(organizacja.nazwa for organizacja in praktyka.organizacje.all()),
        *(temat.nazwa for temat in praktyka.tematy.all()),
        *(tag.name for tag in praktyka.tagi.all()),
        praktyka.obszar,
        praktyka.odbiorcy_opis,
    ]
    body = "\n".join(_praktyka_body(praktyka))
    return Document(praktyka.pk, praktyka.tytul, praktyka.streszczenie, "\n".join(names), body)


def _praktyka_body(praktyka) -> list[str]:
    texts = [
        praktyka.problem,
        praktyka.rozwiazanie,
        praktyka.rezultaty,
        praktyka.czynniki_sukcesu,
        praktyka.trudnosci,
        praktyka.warunki_przeniesienia,
        praktyka.podstawa_prawna,
        praktyka.kwota_opis,
        *praktyka.evidence,
    ]
    return list(map(without, texts))


def _praktyka_texts(praktyka) -> Texts:
    return Texts(praktyka.tytul, praktyka.streszczenie, tuple(map(Passage, _praktyka_body(praktyka))))


def _instrument(instrument) -> Document:
    names = [instrument.nazwa_mnoga, *(alias.nazwa for alias in instrument.inne_nazwy)]
    body = [*_instrument_body(instrument), *(alias.nazwa for alias in instrument.mylone_nazwy)]
    return Document(instrument.pk, instrument.nazwa, instrument.definicja, "\n".join(names), "\n".join(body))


def _instrument_body(instrument) -> list[str]:
    texts = [
        instrument.kto_moze_otrzymac,
        instrument.kto_inicjuje,
        instrument.tryb_wyboru,
        instrument.limit_kwoty,
        instrument.zalety,
        instrument.ograniczenia,
        instrument.dokumenty,
        instrument.kiedy_stosowac,
        instrument.kiedy_nie_stosowac,
        *(krok.tresc for krok in instrument.kroki.all()),
        *(f"{podstawa.artykul} {podstawa.akt}" for podstawa in instrument.podstawy_prawne.all()),
    ]
    return list(map(without, texts))


def _instrument_texts(instrument) -> Texts:
    return Texts(instrument.nazwa, instrument.definicja, tuple(map(Passage, _instrument_body(instrument))))


def names_of_instruments():
    """Return `(other name, full name)` of what leads to an instrument, not of what is confused with it."""
    return AliasInstrumentu.objects.filter(mylona=False).values_list("nazwa", "instrument__nazwa")


SMALL_TABLES = {  # that cards show: kept whole beside the index
    "instrumenty": Instrument.objects.all,
    "jst": Jst.objects.select_related("wojewodztwo").all,
    "wojewodztwa": Wojewodztwo.objects.all,
}
CARD_FIELDS = (  # what _praktyka_card.html shows of the row itself; any other would cost a query a row
    *("slug", "tytul", "streszczenie", "obszar", "rok_od", "rok_do"),
    *("kwota_opis", "kwota_zl", "odbiorcy_opis"),
)


def _struck_down():
    return Rozstrzygniecie.objects.against().values_list("praktyka_id", flat=True)


PRAKTYKA = Kind(
    "praktyka",
    Praktyka,
    _praktyka,
    lambda: Praktyka.objects.for_index(),
    {
        Instrument: ("instrumenty",),
        Jst: ("jst", "wdrozenia__jst"),
        Wojewodztwo: ("jst__wojewodztwo", "wojewodztwa"),
        Organizacja: ("organizacje",),
        Temat: ("tematy",),
        Odbiorca: ("odbiorcy",),
        Tag: ("tagi",),
        PraktykaTag: ("praktyki_tagi",),
        LiczbaWysilku: ("liczby_wysilku",),
        Glos: ("glosy",),
        Wdrozenie: ("wdrozenia",),
        Rozstrzygniecie: ("rozstrzygniecia",),
    },
    LiveIndex("praktyka", Praktyka, PraktykaFilter, SMALL_TABLES, {"podwazona": _struck_down}),
    _praktyka_texts,
    attach_evidence,
    {
        **SMALL_TABLES,
        "organizacje": Organizacja.objects.all,
        "tematy": Temat.objects.all,
        "tagi": Tag.objects.all,
    },
    CARD_FIELDS,
)
INSTRUMENT = Kind(
    "instrument",
    Instrument,
    _instrument,
    lambda: Instrument.objects.for_page(),
    {AliasInstrumentu: ("aliasy",), KrokInstrumentu: ("kroki",), PodstawaPrawna: ("podstawy_prawne",)},
    texts=_instrument_texts,
    complete=prefetching("kroki", "podstawy_prawne"),
)
