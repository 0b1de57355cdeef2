"""An instrument's page as a hub: what its public practices say together, its documents, its order."""

from datetime import date

import pytest
from django.core.management import call_command

from platforma.lib.publication import Status
from praktyki.effort import amounts_of, effort_of, years_of
from praktyki.models import Instrument, Praktyka
from tests.builders import (
    make_instrument,
    make_liczba,
    make_material,
    make_praktyka,
    make_spotkanie,
    make_wypowiedz,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def words(client, instrument):
    """The text of the page with ordinary spaces inside numbers and none before a full stop."""
    return read(client, instrument).text.replace("\xa0", " ").replace(" .", ".")


def withdraw(title):
    Praktyka.objects.get(tytul__startswith=title).send_back(reason="do poprawy")


def test_median_range_and_n_of_the_real_pools_of_civic_budgets(client):
    """In thousands of zł: 300, 550, 2000, 3000, 3570, 3920 | 5000, 5000, 7600, 7600, 8400, 8485."""
    call_command("load_content", verbosity=0)
    instrument = Instrument.objects.get(slug="budzet-partycypacyjny")
    pool = "pula na rok lub jeden nabór"
    assert f"{pool} 12 praktyk 4 460 000 zł od 300 000 zł do 8 485 000 zł " in words(client, instrument)
    withdraw("Kielecki Budżet Obywatelski")
    assert f"{pool} 11 praktyk 3 920 000 zł od 300 000 zł do 8 485 000 zł " in words(client, instrument)
    withdraw("Gliwicki Budżet Obywatelski")
    assert f"{pool} 10 praktyk 3 745 000 zł od 300 000 zł do 7 600 000 zł " in words(client, instrument)


def test_median_range_and_n_of_the_real_amounts_of_small_purchases(client):
    """39 210, 101 513.20 | 163 804.19, 281 500 and one unknown; begun in 2007, 2009, 2010, 2020."""
    call_command("load_content", verbosity=0)
    instrument = Instrument.objects.get(slug="mikrozakup")
    text = words(client, instrument)
    assert "132 658,70 zł (mediana), a zakres to od 39 210 zł do 281 500 zł. Kwotę znamy dla 4 z 5" in text
    assert "Kwota w zł Praktyki 10–100 tys. 1 0,1–1 mln 3 brak danych 1" in text
    assert "Rok Praktyki 2007 1 2009 1 2010 1 2020 1 brak danych 1" in text
    withdraw("Mikrozakupy usług społecznych")
    text = words(client, instrument)
    assert "101 513,20 zł (mediana), a zakres to od 39 210 zł do 163 804,19 zł. Kwotę znamy dla 3 z 4" in text
    assert "Rok Praktyki 2007 1 2009 1 2010 1 brak danych 1" in text


def test_a_practice_counts_once_with_its_latest_number():
    instrument = make_instrument()
    for latest in (1_400, 10_000, 5_000_000):
        praktyka = make_praktyka(instrumenty=[instrument, make_instrument()])
        make_liczba(praktyka, wartosc=7, rok=2012)
        make_liczba(praktyka, wartosc=latest, rok=2025)
        make_liczba(praktyka, wartosc=9)
    (pool,) = effort_of(instrument)
    assert (pool.summary.n, pool.summary.low, pool.summary.median) == (3, 1_400, 10_000)


def test_under_three_numbers_there_is_no_median_and_the_page_says_so(client):
    instrument = make_instrument()
    for value in (1_400, 5_000_000):
        make_liczba(make_praktyka(instrumenty=[instrument], kwota_zl=value), wartosc=value)
    make_praktyka(instrumenty=[instrument])
    text = words(client, instrument)
    assert "pula na rok lub jeden nabór 2 praktyki za mało liczb od 1 400 zł do 5 000 000 zł" in text
    assert "Kwotę podają mniej niż trzy praktyki" in text
    assert "Zakres: od 1 400 zł do 5 000 000 zł. Kwotę znamy dla 2 z 3" in text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_what_is_not_public_counts_in_nothing(status):
    instrument = make_instrument()
    hidden = make_praktyka(instrumenty=[instrument], status=status, kwota_zl=5, rok_od=2020)
    make_liczba(hidden)
    public = instrument.praktyki.published()
    assert effort_of(instrument) == []
    assert (amounts_of(public).summary, amounts_of(public).chart, years_of(public).chart) == (None,) * 3


def test_an_amount_on_a_border_belongs_to_the_lower_class():
    for amount in ("10000", "10000.01", "100000", "100000.01", "1000000", "1000000.01", "0"):
        make_praktyka(kwota_zl=amount)
    chart = amounts_of(Praktyka.objects.published()).chart
    assert [bar.value for bar in chart.bars] == [2, 2, 2, 1]


def test_a_chart_has_a_name_a_description_and_plain_numbers(client):
    instrument = make_instrument()
    for year in (2013, 2013, 2016):
        make_praktyka(instrumenty=[instrument], rok_od=year)
    html = read(client, instrument).html
    assert 'role="img" aria-labelledby="wykres-lata-tytul wykres-lata-opis"' in html
    assert '<title id="wykres-lata-tytul">' in html
    assert '<desc id="wykres-lata-opis">' in html
    assert 'x="21.2"' in html  # a point, not the comma of Polish texts
    assert "style=" not in html


def test_documents_are_the_copyable_ones_of_the_instrument_and_of_its_public_practices(client):
    instrument = make_instrument()
    public, hidden = (make_praktyka(instrumenty=[instrument], status=s) for s in ("published", "draft"))
    make_material(tytul="Wzór umowy", rodzaj="wzor", instrument=instrument)
    make_material(tytul="Regulamin z gminy", rodzaj="regulamin", praktyka=public)
    make_material(tytul="Uchwała ukryta", rodzaj="uchwala", praktyka=hidden)
    make_material(tytul="Nagranie", rodzaj="nagranie", instrument=instrument)
    text = words(client, instrument)
    documents = text[
        text.index("do pobrania") : text.index("Zalety i ograniczenia", text.index("do pobrania"))
    ]
    assert "Wzór umowy" in documents
    assert "Regulamin z gminy" in documents
    assert "Nagranie" not in documents
    assert "Inne materiały Nagranie" in text
    assert "Uchwała ukryta" not in text


def test_the_page_goes_from_what_it_is_to_who_did_it(client):
    instrument = make_instrument()
    instrument.parametry.create(klucz="prog", nazwa="Próg", wartosc=1, obowiazuje_od=date(2020, 1, 1))
    make_wypowiedz(make_spotkanie(), instrument=instrument)
    make_liczba(make_praktyka(instrumenty=[instrument], rok_od=2020))
    html = read(client, instrument).html
    order = ("kto", "limity", "kroki", "dokumenty", "wypowiedzi", "wysilek", "kwoty", "praktyki", "nazwy")
    places = [html.index(f'<h2 id="{name}"') for name in order]
    assert places == sorted(places)
    assert all(f'href="#{name}"' in html for name in order)
