"""What the pages of instruments, units of local government and organisations say, and where they lead."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from praktyki.models import Instrument
from tests.builders import (
    make_instrument,
    make_jst,
    make_organizacja,
    make_praktyka,
    make_wojewodztwo,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def add_value(instrument, value, start, end=None, **kw):
    fields = {"klucz": "prog", "nazwa": "Próg zamówień", "podstawa": "art. 2"} | kw
    return instrument.parametry.create(wartosc=value, obowiazuje_od=start, obowiazuje_do=end, **fields)


def test_a_number_in_force_is_said_with_its_day_basis_and_source(client):
    instrument = make_instrument()
    add_value(instrument, 130000, date(2021, 1, 1), date(2025, 12, 31))
    add_value(
        instrument,
        170000,
        date(2026, 1, 1),
        zrodlo_url="https://www.dziennik.pl/x",
        zweryfikowano=date(2026, 2, 3),
    )
    page = read(client, instrument)
    assert (
        "Próg zamówień 170 000 zł obowiązuje od 1 stycznia 2026 według źródeł czytanych 3.02.2026"
        " Podstawa: art. 2 Źródło: dziennik.pl" in page.text
    )
    assert "130 000 zł od 1.01.2021 do 31.12.2025" in page.text


def test_a_number_with_one_value_has_no_history(client):
    instrument = make_instrument()
    add_value(instrument, "0.5", date(2018, 1, 31), jednostka="procent", podstawa="")
    page = read(client, instrument)
    assert "0,5% obowiązuje od 31 stycznia 2018" in page.text
    assert "Podstawa: brak danych Źródło: brak danych" in page.text
    assert "<table" not in page.html


def test_a_number_that_is_not_in_force_is_not_shown_as_one(client):
    instrument = make_instrument()
    add_value(instrument, 90, timezone.localdate() + timedelta(days=2), jednostka="dni")
    assert "Próg zamówień Dziś żadna wartość nie obowiązuje." in read(client, instrument).text


def test_what_nobody_confirmed_is_marked(client):
    instrument = make_instrument(do_potwierdzenia="Limit 5 lat.\nPrzebieg.")
    add_value(instrument, 10000, date(2010, 3, 12))
    instrument.podstawy_prawne.create(akt="ustawa o pożytku", artykul="art. 19a")
    instrument.podstawy_prawne.create(akt="ustawa o finansach", zweryfikowano=date(2026, 1, 5))
    page = read(client, instrument)
    assert "10 000 zł obowiązuje od 12 marca 2010 czeka na potwierdzenie" in page.text
    assert "art. 19a czeka na potwierdzenie ustawa o pożytku" in page.text
    assert "ustawa o finansach według źródeł czytanych 5.01.2026" in page.text
    assert "<li>Limit 5 lat.</li><li>Przebieg.</li>" in page.html


@pytest.mark.parametrize(
    ("dokladnosc", "expected"),
    [
        (Instrument.Dokladnosc.DZIEN, "stan prawny na dzień 18 kwietnia 2023"),
        (Instrument.Dokladnosc.ROK, "stan prawny na rok 2023"),
        (Instrument.Dokladnosc.SZACUNEK, "stan prawny: ok. 2023 r."),
    ],
)
def test_the_legal_state_claims_no_more_than_is_known(client, dokladnosc, expected):
    instrument = make_instrument(stan_prawny=date(2023, 4, 18), stan_prawny_dokladnosc=dokladnosc)
    for target in (instrument, "/instrumenty/"):
        assert expected in read(client, target).text


def test_an_instrument_says_its_steps_in_order_and_its_other_names(client):
    instrument = make_instrument()
    instrument.kroki.create(tresc="Podpisz umowę", position=2)
    instrument.kroki.create(tresc="Złóż ofertę", position=1)
    instrument.aliasy.create(nazwa="mały grant", uwaga="potocznie")
    page = read(client, instrument)
    assert page.text.index("Złóż ofertę") < page.text.index("Podpisz umowę")
    assert "mały grant – potocznie" in page.text


@pytest.mark.parametrize(
    ("make", "labels"),
    [
        (
            make_instrument,
            [
                "stan prawny:",
                "Limit kwoty",
                "Limit czasu",
                "Kto inicjuje",
                "Kto może otrzymać",
                "Tryb wyboru",
                "Stosuj",
                "Nie stosuj",
                "Krok po kroku",
                "Dokumenty",
                "Zalety",
                "Ograniczenia",
                "Podstawa prawna",
                "Inne nazwy",
                "Źródła",
            ],
        ),
        (lambda: make_jst(typ=""), ["Województwo", "Kod TERYT", "Mieszkańcy"]),
        (make_jst, ["Powiat"]),
    ],
)
def test_an_unknown_fact_is_said_to_be_unknown(client, make, labels):
    text = read(client, make()).text
    for label in labels:
        assert f"{label} brak danych" in text


def test_an_organisation_of_which_only_the_name_is_known(client):
    organizacja = make_organizacja()
    make_praktyka(organizacje=[organizacja])
    text = read(client, organizacja).text
    for label in ("Rodzaj", "Numer KRS", "Strona internetowa", "Prelegenci"):
        assert f"{label} brak danych" in text
    assert "Nie opisaliśmy jeszcze spotkania z udziałem tej organizacji." in text


def test_empty_pages_say_so(client):
    assert "Nie opisaliśmy jeszcze żadnego instrumentu." in read(client, "/instrumenty/").text
    assert "Nie ma jeszcze żadnej jednostki samorządu." in read(client, "/jst/").text
    assert "Nie opisaliśmy jeszcze praktyki tego samorządu." in read(client, make_jst()).text
    text = read(client, make_instrument()).text
    assert "Nie mamy jeszcze opisanej praktyki z tym instrumentem." in text
    assert "Nie mamy jeszcze opisanego spotkania o tym instrumencie." in text


def test_the_list_of_units_puts_the_unknown_voivodeship_last(client):
    make_jst(nazwa="Sobótka")
    make_praktyka(jst=[make_jst(nazwa="Żory", wojewodztwo=make_wojewodztwo(nazwa="śląskie"))])
    text = read(client, "/jst/").text
    assert "Województwo śląskie Żory 1 praktyka Województwo: brak danych Sobótka" in text


def test_more_practices_than_shown_lead_to_the_catalogue(client):
    instrument = make_instrument()
    for _ in range(7):
        make_praktyka(instrumenty=[instrument])
    page = read(client, instrument)
    assert f"/praktyki/?instrument={instrument.slug}" in page.links
    assert "Wszystkie praktyki z tym instrumentem (7)" in page.text
    assert page.html.count("data-slug=") == 6
