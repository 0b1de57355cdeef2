"""The evidence of a practice: what is refused, how long a confirmation holds, what the page says."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from praktyki.models import Wdrozenie
from tests.builders import (
    make_glos,
    make_jst,
    make_liczba,
    make_praktyka,
    make_rozstrzygniecie,
    make_wdrozenie,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def at(monkeypatch, day: date):
    """Let it be noon in Poland on `day`."""
    noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    monkeypatch.setattr(timezone, "now", lambda: noon)


def refused(make, *args, **kw) -> bool:
    try:
        with transaction.atomic():
            make(*args, **kw)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("make", "wrong", "right"),
    [
        (make_liczba, {"wartosc": -1}, {"wartosc": 0}),
        (make_liczba, {"rodzaj": "obsluga", "wartosc": 101}, {"rodzaj": "obsluga", "wartosc": 100}),
        (make_liczba, {"rok": 1988}, {"rok": 1989}),
        (make_glos, {"tresc": ""}, {"tresc": "Słowo."}),
        (make_glos, {"osoba": "Jan Zmyślony"}, {"osoba": "Jan Zmyślony", "rola": "wójt"}),
        (make_wdrozenie, {"status": "zmienione"}, {"status": "zmienione", "co_zmieniono": "Pulę."}),
        (make_wdrozenie, {"status": "porzucone"}, {"status": "porzucone", "co_zmieniono": "Brak operatora."}),
    ],
)
def test_the_database_refuses_what_cannot_be_true(make, wrong, right):
    praktyka = make_praktyka()
    assert refused(make, praktyka, **wrong)
    assert not refused(make, praktyka, **right)


def test_one_number_of_a_kind_a_year_one_row_a_unit_one_ruling_a_signature():
    praktyka, jst = make_praktyka(), make_jst()
    for make, kw in [
        (make_liczba, {"rok": 2024}),
        (make_liczba, {}),
        (make_wdrozenie, {"jst": jst}),
        (make_rozstrzygniecie, {"sygnatura": "NK.1"}),
    ]:
        assert not refused(make, praktyka, **kw)
        assert refused(make, praktyka, **kw)
    assert not refused(make_liczba, praktyka, rok=2025)
    assert not refused(make_rozstrzygniecie, praktyka)
    assert not refused(make_rozstrzygniecie, praktyka)


def test_the_term_of_a_confirmation_follows_its_date_however_it_is_written():
    wdrozenie = make_wdrozenie(make_praktyka(), potwierdzono=date(2024, 8, 31))
    assert wdrozenie.potwierdzone_do == date(2026, 2, 28)
    wdrozenie.potwierdzono = None
    wdrozenie.full_clean()
    assert wdrozenie.potwierdzone_do is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Wdrozenie.objects.update(potwierdzone_do=None)


def test_nobody_confirms_tomorrow():
    wdrozenie = make_wdrozenie(make_praktyka())
    wdrozenie.potwierdzono = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="jeszcze nie nadeszła"):
        wdrozenie.full_clean()


@pytest.mark.parametrize(
    ("confirmed", "last_day"),
    [
        (date(2025, 5, 22), date(2026, 11, 22)),
        (date(2024, 8, 31), date(2026, 2, 28)),
        (date(2022, 8, 31), date(2024, 2, 29)),
    ],
)
def test_a_confirmation_holds_to_the_last_day_of_eighteen_months(client, monkeypatch, confirmed, last_day):
    praktyka = make_praktyka(published_at=timezone.make_aware(datetime(2020, 1, 1)))
    make_wdrozenie(praktyka, potwierdzono=confirmed)
    at(monkeypatch, last_day)
    assert "niepotwierdzone ostatni raz" not in read(client, praktyka).text
    at(monkeypatch, last_day + timedelta(days=1))
    assert "niepotwierdzone ostatni raz potwierdzono" in read(client, praktyka).text


def test_a_page_without_evidence_says_what_is_not_known(client):
    text = read(client, make_praktyka()).text
    for sentence in (
        "Dwa głosy Nie znamy głosu urzędu ani organizacji.",
        "Ile to kosztuje pracy Nie wiemy, ile pracy to wymaga",
        "Kto wdrożył Nie wiemy, czy inny samorząd powtórzył to u siebie.",
        "Ślad nadzoru Nie wiemy, czy badała to regionalna izba obrachunkowa",
    ):
        assert sentence in text


@pytest.mark.parametrize(("strona", "label"), [("urzad", "urzędu"), ("organizacja", "organizacji")])
def test_one_voice_is_labelled_so_and_two_are_not(client, strona, label):
    praktyka = make_praktyka()
    make_glos(praktyka, strona, rola="kierowniczka", osoba="Anna Zmyślona", data=date(2025, 3, 1))
    text = read(client, praktyka).text
    assert f"tylko głos {label}" in text
    assert "Anna Zmyślona kierowniczka 1 marca 2025" in text
    make_glos(praktyka, "organizacja" if strona == "urzad" else "urzad")
    assert "tylko głos" not in read(client, praktyka).text


def test_numbers_stand_by_kind_and_the_latest_first_with_their_origin(client):
    praktyka = make_praktyka()
    make_liczba(praktyka, "dni", 45, zrodlo_liczby="deklaracja")
    make_liczba(praktyka, "pula", 1_400, rok=2023)
    make_liczba(praktyka, "pula", 5_000_000, rok=2025, opis="III edycja")
    text = read(client, praktyka).text.replace("\xa0", " ")
    assert (
        "pula na rok lub jeden nabór 2025 r., III edycja 5 000 000 zł dokument"
        " pula na rok lub jeden nabór 2023 r. 1 400 zł dokument"
        " dni od wniosku do pieniędzy rok: brak danych 45 deklaracja" in text
    )


def test_the_log_says_who_how_since_when_and_what_was_changed(client):
    praktyka, jst = make_praktyka(), make_jst(nazwa="Gmina Wzorcowa")
    make_wdrozenie(praktyka, jst=jst, status="zmienione", co_zmieniono="Pulę.", data=date(2025, 1, 2))
    page = read(client, praktyka)
    assert "Gmina Wzorcowa działa po zmianach od 2 stycznia 2025 Pulę. niepotwierdzone" in page.text
    assert page.leads_to(jst)


def test_a_ruling_is_shown_with_its_signature_and_address(client):
    praktyka = make_praktyka()
    make_rozstrzygniecie(
        praktyka, organ="rio", wynik="bez-uwag", sygnatura="K.1", url="https://www.rio.przyklad.pl/1"
    )
    page = read(client, praktyka)
    assert "bez uwag 2 kwietnia 2024 Sygnatura: K.1 · Treść: rio.przyklad.pl" in page.text
    assert "podważona" not in page.text


def test_rows_of_evidence_reach_the_search_and_leave_it(client):
    praktyka = make_praktyka()
    glos = make_glos(praktyka, tresc="Formularz zmieściliśmy na serwetce.")
    make_wdrozenie(praktyka, jst=make_jst(nazwa="Pcim Dolny"))
    for words in ("serwetka", "Pcim"):
        assert 'data-total="1"' in read(client, f"/praktyki/?q={words}").html
    glos.delete()
    assert 'data-total="0"' in read(client, "/praktyki/?q=serwetka").html
