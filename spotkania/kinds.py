"""How meetings, speakers and materials are searched and indexed."""

from collections.abc import Iterator

from django.db.models import Prefetch

from platforma.lib.kinds import Kind, prefetching
from platforma.lib.live import LiveIndex
from platforma.lib.quoting import without
from platforma.lib.search.highlight import Passage, Texts
from platforma.lib.search.index import Document
from praktyki.models import Instrument, Organizacja, Praktyka, Tag, Temat

from .filters import MaterialFilter, SpotkanieFilter
from .models import (
    Cykl,
    Material,
    Prelegent,
    Spotkanie,
    SpotkanieTag,
    TrescWersji,
    UdzialPrelegenta,
    WersjaMaterialu,
    Wypowiedz,
    Wystapienie,
)

PASSAGE_CHARS = 1_500
SNIPPET_CHARS = 80_000  # of a file, looked through for a snippet: twenty files take 0.4 s at worst


def _spotkanie(spotkanie) -> Document:
    programme = spotkanie.wystapienia.all()
    names = [
        *(f"{instrument.nazwa}\n{instrument.nazwa_mnoga}" for instrument in spotkanie.instrumenty.all()),
        *(
            str(udzial.prelegent)
            for wystapienie in programme
            for udzial in wystapienie.udzialy.all()
            if udzial.prelegent.is_public
        ),
        *(organizacja.nazwa for organizacja in spotkanie.organizatorzy.all()),
        *(organizacja.nazwa for organizacja in spotkanie.partnerzy.all()),
        *(temat.nazwa for temat in spotkanie.tematy.all()),
        *(tag.name for tag in spotkanie.tagi.all()),
        spotkanie.organizator_opis,
        spotkanie.partnerzy_opis,
        spotkanie.miejsce,
        spotkanie.cykl.nazwa if spotkanie.cykl else "",
    ]
    body = [
        spotkanie.opis,
        *(f"{wystapienie.tytul}\n{wystapienie.opis}" for wystapienie in programme),
        *(wypowiedz.tresc for wypowiedz in spotkanie.public_statements()),
    ]
    return Document(
        spotkanie.pk, spotkanie.tytul, spotkanie.streszczenie, "\n".join(names), without("\n".join(body))
    )


def _spotkanie_texts(spotkanie) -> Texts:
    said = (Passage(without(row.tresc), row.get_absolute_url()) for row in spotkanie.public_statements())
    return Texts(spotkanie.tytul, spotkanie.streszczenie, (Passage(without(spotkanie.opis)), *said))


def _public_appearances() -> Prefetch:
    """A speaker is not found by an organisation that only a meeting readers cannot see names."""
    return Prefetch("udzialy", UdzialPrelegenta.objects.published().select_related("organizacja"))


def _prelegent(prelegent) -> Document:
    organisations = {udzial.organizacja.nazwa for udzial in prelegent.udzialy.all() if udzial.organizacja}
    return Document(
        prelegent.pk, prelegent.imie_nazwisko, prelegent.publiczna_notka, "\n".join(sorted(organisations))
    )


def _prelegent_texts(prelegent) -> Texts:
    return Texts(prelegent.imie_nazwisko, prelegent.publiczna_notka)


def _text_of(material) -> str:
    """The text of the newest public version of the file, "" where there is none or it was not read yet."""
    wersja = material.najnowsza_wersja
    return wersja.tresc.tekst if wersja and hasattr(wersja, "tresc") else ""


def _material(material) -> Document:
    belongs_to = (material.instrument, material.spotkanie, material.praktyka)
    names = [material.autor, *(str(owner) for owner in belongs_to if owner)]
    return Document(material.pk, material.tytul, material.opis, "\n".join(names), _text_of(material))


def _material_texts(material) -> Texts:
    return Texts(
        material.tytul, material.opis, tuple(map(Passage, _passages(_text_of(material)[:SNIPPET_CHARS])))
    )


def _passages(text: str) -> Iterator[str]:
    """Cut a long text at line ends, so that a snippet is looked for in one piece after another."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PASSAGE_CHARS)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


SPOTKANIE = Kind(
    "spotkanie",
    Spotkanie,
    _spotkanie,
    lambda: Spotkanie.objects.for_index(),
    {
        Instrument: ("instrumenty",),
        Organizacja: ("organizatorzy", "partnerzy"),
        Prelegent: ("wystapienia__prelegenci", "wypowiedzi__prelegent"),
        Temat: ("tematy",),
        Tag: ("tagi",),
        SpotkanieTag: ("spotkania_tagi",),
        Wystapienie: ("wystapienia",),
        UdzialPrelegenta: ("wystapienia__udzialy",),
        Wypowiedz: ("wypowiedzi",),
        Cykl: ("cykl",),
    },
    LiveIndex("spotkanie", Spotkanie, SpotkanieFilter),
    _spotkanie_texts,
    prefetching("wypowiedzi__prelegent"),
)
PRELEGENT = Kind(
    "prelegent",
    Prelegent,
    _prelegent,
    lambda: Prelegent.objects.consented().prefetch_related(_public_appearances()),
    {
        UdzialPrelegenta: ("udzialy",),
        Organizacja: ("udzialy__organizacja",),
        Spotkanie: ("udzialy__wystapienie__spotkanie",),
    },
    texts=_prelegent_texts,
)
MATERIAL = Kind(
    "material",
    Material,
    _material,
    lambda: Material.objects.for_index(),
    {
        Spotkanie: ("spotkanie",),
        Praktyka: ("praktyka",),
        Instrument: ("instrument", "spotkanie__instrumenty", "praktyka__instrumenty"),
        Temat: ("spotkanie__tematy", "praktyka__tematy"),
        WersjaMaterialu: ("wersje",),
        TrescWersji: ("wersje__tresc",),
    },
    LiveIndex("material", Material, MaterialFilter),
    _material_texts,
    prefetching("wersje__tresc"),
)
