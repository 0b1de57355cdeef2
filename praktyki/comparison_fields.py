"""How the fields of practices and instruments are read when entries stand side by side."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.formats import date_format

from platforma.lib import polish
from platforma.lib.comparison import Field, Item

from . import effort


def _text(name: str) -> Callable[[object], Iterable[Item]]:
    return lambda entry: [Item(getattr(entry, name))]


def _lines(name: str) -> Callable[[object], Iterable[Item]]:
    return lambda entry: [Item(line) for line in getattr(entry, name).splitlines()]


def _linked(name: str) -> Callable[[object], Iterable[Item]]:
    return lambda entry: [Item(str(row), row.get_absolute_url()) for row in getattr(entry, name).all()]


def _day(entry) -> list[Item]:
    return [Item(date_format(entry.stan_prawny, "j E Y"))] if entry.stan_prawny else []


def _places(praktyka) -> list[Item]:
    units = [Item(jst.nazwa, jst.get_absolute_url(), jst.get_typ_display()) for jst in praktyka.jst.all()]
    return [*units, Item(praktyka.obszar)]


def _regions(praktyka) -> list[Item]:
    own = [jst.wojewodztwo for jst in praktyka.jst.all() if jst.wojewodztwo]
    return [Item(row.nazwa) for row in dict.fromkeys([*own, *praktyka.wojewodztwa.all()])]


def _population(praktyka) -> list[Item]:
    return [_inhabitants(jst) for jst in praktyka.jst.all() if jst.ludnosc is not None]


def _inhabitants(jst) -> Item:
    year = f", {jst.ludnosc_rok} r." if jst.ludnosc_rok else ""
    return Item(polish.number(jst.ludnosc), note=f"{jst.nazwa}{year}")


def _amount(praktyka) -> list[Item]:
    if praktyka.kwota_opis:
        return [Item(praktyka.kwota_opis)]
    return [Item(polish.zl(praktyka.kwota_zl))] if praktyka.kwota_zl is not None else []


def _certainty(praktyka) -> list[Item]:
    return [Item(praktyka.get_pewnosc_display())]


def _numbers(praktyka) -> list[Item]:
    return [_number(row) for row in effort.numbers_of(praktyka)]


def _number(row) -> Item:
    return Item(
        f"{row}: {row.w_liczbach}", note=", ".join(filter(None, [row.opis, row.get_zrodlo_liczby_display()]))
    )


def _voices(praktyka) -> list[Item]:
    sides = dict.fromkeys(glos.get_strona_display() for glos in praktyka.glosy.all())
    return [Item(side) for side in sorted(sides)]


def _adoptions(praktyka) -> list[Item]:
    return [
        Item(str(row), row.jst.get_absolute_url(), "" if row.is_confirmed() else "niepotwierdzone")
        for row in praktyka.wdrozenia.all()
    ]


def _rulings(praktyka) -> list[Item]:
    return [
        Item(
            str(row), note=date_format(row.data, "j E Y") + ("" if row.obowiazuje else ", już nie obowiązuje")
        )
        for row in praktyka.rozstrzygniecia.all()
    ]


def _limits(instrument) -> list[Item]:
    return [_limit(one.nazwa, one.aktualny) for one in instrument.legal_parameters() if one.aktualny]


def _limit(name, parametr) -> Item:
    return Item(
        f"{name}: {parametr.w_liczbach}", note="" if parametr.zweryfikowano else "czeka na potwierdzenie"
    )


def _steps(instrument) -> list[Item]:
    return [Item(krok.tresc) for krok in instrument.kroki.all()]


def _provisions(instrument) -> list[Item]:
    return [Item(str(podstawa)) for podstawa in instrument.podstawy_prawne.all()]


def _published(instrument) -> list[Item]:
    count = instrument.liczba_praktyk
    text = f"{count} {polish.plural(count, 'praktyka', 'praktyki', 'praktyk')}"
    return [Item(text, f"{reverse('praktyki:list')}?instrument={instrument.slug}")]


PRAKTYKA_FIELDS = (
    Field("Instrument", _linked("instrumenty")),
    Field("Kto i gdzie", _places),
    Field("Województwo", _regions),
    Field("Liczba mieszkańców", _population),
    Field("Kiedy", _text("okres")),
    Field("Kwota", _amount),
    Field("Dla kogo", _text("odbiorcy_opis")),
    Field("Grupy odbiorców", _linked("odbiorcy")),
    Field("Tematy", _linked("tematy")),
    Field("Organizacje", _linked("organizacje")),
    Field("Streszczenie", _text("streszczenie"), prose=True),
    Field("Problem", _text("problem"), prose=True),
    Field("Rozwiązanie", _text("rozwiazanie"), prose=True),
    Field("Rezultaty", _text("rezultaty"), prose=True),
    Field("Co pomogło", _text("czynniki_sukcesu"), prose=True),
    Field("Trudności", _text("trudnosci"), prose=True),
    Field("Ile to kosztuje pracy", _numbers),
    Field("Czyj głos mamy", _voices),
    Field("Kto wdrożył", _adoptions),
    Field("Ślad nadzoru", _rulings),
    Field("Jak to przenieść do siebie (wniosek redakcji)", _text("warunki_przeniesienia"), prose=True),
    Field("Podstawa prawna", _text("podstawa_prawna"), prose=True),
    Field("Stan prawny na dzień", _day),
    Field("Pewność opisu", _certainty),
    Field("Kontakt", _text("kontakt"), prose=True),
)
INSTRUMENT_FIELDS = (
    Field("Definicja", _text("definicja"), prose=True),
    Field("Kto może otrzymać", _lines("kto_moze_otrzymac")),
    Field("Kto inicjuje", _text("kto_inicjuje"), prose=True),
    Field("Tryb wyboru", _text("tryb_wyboru"), prose=True),
    Field("Liczby z przepisów, dziś", _limits),
    Field("Limit kwoty", _text("limit_kwoty"), prose=True),
    Field("Limit czasu", _text("limit_czasu"), prose=True),
    Field("Przebieg", _steps),
    Field("Potrzebne dokumenty", _lines("dokumenty")),
    Field("Zalety", _lines("zalety")),
    Field("Ograniczenia", _lines("ograniczenia")),
    Field("Kiedy stosować", _text("kiedy_stosowac"), prose=True),
    Field("Kiedy nie stosować", _text("kiedy_nie_stosowac"), prose=True),
    Field("Podstawy prawne", _provisions),
    Field("Stan prawny", _text("stan_slownie")),
    Field("W katalogu", _published),
)
