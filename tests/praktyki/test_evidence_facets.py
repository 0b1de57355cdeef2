"""Two facets over the evidence, and the day on which a confirmation runs out without anyone touching it."""

from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from platforma.lib import revision
from platforma.lib.catalogue import Catalogue
from platforma.lib.publication import Status
from praktyki.kinds import PRAKTYKA
from tests.builders import make_liczba, make_praktyka, make_wdrozenie

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
LONG_AGO = timezone.make_aware(datetime(2020, 1, 1))


@pytest.fixture
def clock(monkeypatch):
    """Move the clock by calling it with a moment; it starts at noon of TODAY."""

    def move(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    move(timezone.make_aware(datetime(2026, 11, 22, 12)))
    return move


def catalogue(query=""):
    return Catalogue(PRAKTYKA, QueryDict(query), "/praktyki/")


def titles(query):
    return {row.tytul for row in catalogue(query).rows}


def counts(name, query=""):
    facet = next(facet for facet in catalogue(query).facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


def make(title):
    return make_praktyka(tytul=title, published_at=LONG_AGO)


def make_draft():
    return make_praktyka(tytul="szkic", status=Status.DRAFT)


@pytest.fixture
def world(clock):
    """One practice for each state of a log of adoptions, and a draft that must not count."""
    make_wdrozenie(make("świeże"), potwierdzono=TODAY)
    make_wdrozenie(make("ostatni dzień"), potwierdzono=date(2025, 5, 22))
    make_wdrozenie(make("po terminie"), potwierdzono=date(2025, 5, 21))
    make_wdrozenie(make("tylko plan"), status="planujemy", potwierdzono=TODAY)
    make_wdrozenie(make("porzucone"), status="porzucone", co_zmieniono="Brak.", potwierdzono=TODAY)
    both = make("jedno z dwóch")
    make_wdrozenie(both, status="zmienione", co_zmieniono="Pulę.", potwierdzono=TODAY)
    make_wdrozenie(both)
    make("bez wpisów")
    make_wdrozenie(make_draft(), potwierdzono=TODAY)


def test_a_running_adoption_confirmed_in_time_is_one_value_any_other_log_the_second(world):
    assert counts("wdrozenie") == {"potwierdzone": 3, "niepotwierdzone": 3, "brak": 1}
    assert titles("wdrozenie=potwierdzone") == {"świeże", "ostatni dzień", "jedno z dwóch"}
    assert titles("wdrozenie=niepotwierdzone") == {"po terminie", "tylko plan", "porzucone"}
    assert titles("wdrozenie=brak") == {"bez wpisów"}


def test_a_practice_with_a_number_has_numbers(clock):
    twice = make("dwie liczby")
    make_liczba(twice, "pula")
    make_liczba(twice, "dni", 0)
    make("bez liczb")
    make_liczba(make_draft(), "pula")
    assert counts("liczby") == {"tak": 1, "brak": 1}
    assert titles("liczby=tak") == {"dwie liczby"}
    assert titles("liczby=tak&wdrozenie=potwierdzone") == set()


def test_the_index_learns_that_a_confirmation_ran_out_though_nothing_was_written(clock):
    praktyka = make("jutro minie")
    make_wdrozenie(praktyka, potwierdzono=date(2025, 5, 22))
    make_wdrozenie(praktyka, potwierdzono=date(2024, 1, 1))
    number = revision.current()
    midnight = timezone.make_aware(datetime(2026, 11, 23))
    for moment, value in (
        (midnight - timedelta(seconds=1), "potwierdzone"),
        (midnight, "niepotwierdzone"),
        (midnight + timedelta(days=400), "niepotwierdzone"),
    ):
        clock(moment)
        assert titles(f"wdrozenie={value}") == {"jutro minie"}, moment
        assert counts("wdrozenie")[value] == 1
    assert revision.current() == number


def test_a_newer_confirmation_moves_the_day(clock):
    praktyka = make("potwierdzona znowu")
    wdrozenie = make_wdrozenie(praktyka, potwierdzono=date(2025, 5, 22))
    assert titles("wdrozenie=potwierdzone") == {"potwierdzona znowu"}
    wdrozenie.potwierdzono = TODAY
    wdrozenie.save()
    clock(timezone.make_aware(datetime(2028, 5, 22, 23, 59)))
    assert titles("wdrozenie=potwierdzone") == {"potwierdzona znowu"}
    clock(timezone.make_aware(datetime(2028, 5, 23)))
    assert titles("wdrozenie=potwierdzone") == set()


def test_a_change_of_the_evidence_changes_the_facets_at_once(clock):
    praktyka = make("zmienna")
    assert counts("liczby") == {"tak": 0, "brak": 1}
    liczba, wdrozenie = make_liczba(praktyka), make_wdrozenie(praktyka, potwierdzono=TODAY)
    assert counts("liczby")["tak"] == counts("wdrozenie")["potwierdzone"] == 1
    liczba.delete()
    wdrozenie.delete()
    assert counts("liczby")["tak"] == counts("wdrozenie")["potwierdzone"] == 0
