"""The backward calendar as a page: what it asks, what it says of late steps, and of bad input."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from praktyki.models import TerminRoczny
from tests import builders
from tests.reading import count_queries, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def instrument():
    instrument = builders.make_instrument(nazwa="Dotacja", slug="dotacja")
    add(instrument, "program", termin=builders.make_termin(nazwa="Program współpracy"))
    add(instrument, "ogłoszenie", dni_min=21, dni_podstawa="art. 13")
    add(instrument, "uwagi", dni_min=7, dni_max=7, dni_podstawa="art. 19a")
    add(instrument, "umowa")
    add(instrument, "realizacja", dni_max=90, dni_podstawa="art. 19a", po_starcie=True)
    return instrument


@pytest.fixture
def today(monkeypatch):
    """22 November 2026, noon."""
    moment = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
    monkeypatch.setattr(timezone, "now", lambda: moment)


def add(instrument, text, **kw):
    return instrument.kroki.create(tresc=text, position=instrument.kroki.count(), **kw)


def page(client, query):
    return read(client, f"/instrumenty/dotacja/kalendarz/{query}")


def test_the_instrument_leads_to_its_calendar_which_asks_for_a_start(client, instrument, today):
    assert "/instrumenty/dotacja/kalendarz/" in read(client, instrument).links
    asked = page(client, "")
    assert "do 30 listopada (rok przed zadaniem): Program współpracy" in asked.text
    assert "Najpóźniej" not in asked.text
    assert "errorlist" not in asked.html


def test_steps_are_dated_backward_and_forward(client, instrument, today):
    text = page(client, "?start=2027-03-01&krok_4=5").text
    assert "zacznij najpóźniej 30 listopada 2026 (poniedziałek)" in text
    assert "Zacznij najpóźniej 27 stycznia 2027 (środa), skończ najpóźniej 17 lutego 2027 (środa)" in text
    assert "Zacznij najpóźniej 17 lutego 2027 (środa), skończ najpóźniej 24 lutego 2027 (środa)" in text
    assert "Zacznij najpóźniej 24 lutego 2027 (środa), skończ najpóźniej 1 marca 2027 (poniedziałek)" in text
    assert "Od 1 marca 2027 (poniedziałek) do 30 maja 2027 (niedziela)" in text
    assert "Przyjęto Twoją liczbę: 5 dni." in text
    assert "Bez czasu: 1 krok przed startem" in text
    assert "Termin minął" not in text


def test_a_late_start_says_so_and_offers_the_next_ones(client, instrument, today):
    late = page(client, "?start=2026-12-15&krok_4=5")
    assert "Za późno o 357 dni. Żeby ruszyć 15 grudnia 2026 (wtorek), trzeba było zacząć" in late.text
    assert "Termin minął 357 dni temu" in late.text
    assert "Najbliższy możliwy start: 1 stycznia 2027" in late.text
    assert {"?start=2027-01-01&krok_4=5", "?start=2027-12-15&krok_4=5"} <= late.links
    assert "30 listopada 2025 (niedziela) już minął" in late.text


def test_a_step_that_is_done_is_not_late(client, instrument, today):
    text = page(client, "?start=2026-12-31&gotowe_1=on&gotowe_2=on&gotowe_3=on").text
    assert text.count("Już zrobione Stały termin") == 1
    assert "Za późno" not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=2027-13-40", "Tej daty nie da się odczytać"),
        ("start=abc", "Tej daty nie da się odczytać"),
        ("start=", "Podaj dzień, w którym zadanie ma ruszyć."),
        ("start=0001-01-01", "Podaj datę z lat 2000–2100."),
        ("start=9999-12-31", "Podaj datę z lat 2000–2100."),
        ("start=2027-03-01&krok_2=20", "Podaj co najmniej 21: krócej nie można."),
        ("start=2027-03-01&krok_5=91", "Podaj najwyżej 90: dłużej nie można."),
        ("start=2027-03-01&krok_4=-1", "Podaj co najmniej 0"),
        ("start=2027-03-01&krok_4=99999999999999999999", "Podaj najwyżej 730"),
        ("start=2027-03-01&krok_4=x", "Podaj liczbę dni cyframi."),
        ("start=2027-03-01&krok_4=1&krok_4=2", "podano w adresie kilka razy; liczy się ostatni"),
        ("start=2027-03-01&krok_3=1&krok_99=1&obcy=1", "Najpóźniej 30 listopada 2026"),
        ("start=2000-01-01", "Najbliższy możliwy start: 1 stycznia 2027"),
        ("start=2100-12-31&krok_4=730", "Jeszcze jest czas."),
    ],
)
def test_what_cannot_be_counted_is_said_in_words(client, instrument, today, query, said):
    answer = page(client, f"?{query}")
    assert said in answer.text
    assert answer.html.count("<h1>") == 1


def test_strange_addresses_are_refused(client, instrument):
    assert client.get("/instrumenty/dotacja/kalendarz/?start=%00").status_code == 400
    assert client.get("/instrumenty/nie-ma/kalendarz/").status_code == 404


def test_an_instrument_without_steps_says_so(client):
    empty = builders.make_instrument()
    text = read(client, f"{empty.get_absolute_url()}kalendarz/?start=2090-03-01").text
    assert "Kroki brak danych" in text
    assert "Stałe terminy roku brak danych" in text


def test_more_steps_cost_no_more_queries(client, instrument):
    address = "/instrumenty/dotacja/kalendarz/?start=2027-03-01"
    one = count_queries(client, address)
    for _ in range(3):
        add(instrument, "następny", termin=builders.make_termin())
    assert count_queries(client, address) == one


def test_a_time_without_its_basis_is_refused_by_form_and_database(instrument):
    krok = instrument.kroki.model(instrument=instrument, tresc="Krok", dni_max=7)
    with pytest.raises(ValidationError, match="podstawę czasu"):
        krok.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        krok.save()
    krok.dni_podstawa, krok.dni_min = "art. 1", 8
    with pytest.raises(ValidationError, match="Najdłuższy czas"):
        krok.full_clean()


@pytest.mark.parametrize(("day", "month"), [(31, 4), (30, 2), (0, 1), (1, 13)])
def test_a_fixed_day_that_no_year_has_is_refused(day, month):
    with pytest.raises(ValidationError):
        TerminRoczny(nazwa="X", dzien=day, miesiac=month, podstawa="art. 1").full_clean()


def test_the_last_of_february_is_the_28th_in_a_common_year():
    termin = builders.make_termin(dzien=29, miesiac=2, rok=0)
    assert (termin.day_for(2028), termin.day_for(2027)) == (date(2028, 2, 29), date(2027, 2, 28))
    assert termin.dzien_roku == "29 lutego"
