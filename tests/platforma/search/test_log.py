"""The log of searches: counters without a person, written apart from any request."""

from datetime import date

import pytest
from django.db import DatabaseError

from platforma.lib.search import log
from platforma.lib.search.log import is_personal, search_log
from platforma.lib.search.models import Zapytanie
from platforma.lib.search.query import parse
from tests import builders

pytestmark = pytest.mark.django_db


def note(text, found=0, **kw):
    search_log.note(text, parse(text), page=kw.pop("page", "szukaj"), found=found, **kw)


def rows():
    return list(
        Zapytanie.objects.order_by("slowa", "strona").values_list("slowa", "strona", "razy", "wyniki")
    )


def test_the_same_words_of_a_day_are_one_row(client):
    builders.make_praktyka(tytul="Mikrogranty")
    for query in ("Mikrogranty", "mikrogranty ", "MIKROGRANTY", "dla mikrogranty"):
        client.get("/szukaj/", {"q": query})
    search_log.flush()
    client.get("/szukaj/", {"q": "mikrogranty"})
    search_log.flush()
    assert rows() == [("mikrogranty", "szukaj", 5, 1)]
    assert Zapytanie.objects.get().dzien == date.today()


def test_a_request_only_remembers_and_a_flush_writes(client, django_assert_num_queries):
    builders.make_praktyka(tytul="Mikrogranty")
    client.get("/szukaj/", {"q": "mikrogranty"})
    assert rows() == []
    with django_assert_num_queries(2):  # one upsert, one look for what is a year old
        search_log.flush()
    with django_assert_num_queries(0):
        search_log.flush()
    assert len(rows()) == 1


def test_a_correction_is_kept_beside_the_words_that_found_nothing(client):
    builders.make_praktyka(tytul="Mikrogranty")
    client.get("/szukaj/", {"q": "mikrogarnty"})
    search_log.flush()
    row = Zapytanie.objects.get()
    assert (row.slowa, row.wyniki, row.poprawka) == ("mikrogarnty", 0, "mikrogranty")


PERSONAL = [
    "anna.kowalska@przyklad.pl",
    "Anna Kowalska 600 100 200",
    "+48 600-100-200",
    "(32) 234 56 78",
    "2345678",
    "600/100/200",
    "44051401359",
    "44 05 14 01359",
    "pesel: 4405 1401 359",
    "NIP 525-000-00-00",
    "PL61 1090 1014 0000 0712 1981 2874",
    "ur. 23.09.1981",
    "６００１００２００",
    "600\u200b100\u200b200",
    "anna(at)przyklad.pl",
    "https://przyklad.pl/anna",
]
HARMLESS = [
    "art. 19a",
    "130 000 zł",
    "1 000 000",
    "10 000 000",
    "Dz.U. 2025 poz. 1234",
    "XII/145/2024",
    "2019-2020",
    "lata 2019 2020 2021",
    "program współpracy 2024 – 2026",
    "13 gmin, 20 edycji",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_may_tell_of_a_person_is_never_kept_nor_its_other_words(client, text):
    assert is_personal(text)
    client.get("/szukaj/", {"q": text})
    assert search_log._waiting == {}


@pytest.mark.parametrize("text", HARMLESS)
def test_amounts_years_and_provisions_are_kept(text):
    assert not is_personal(text)


def test_only_words_are_kept(client):
    client.get(
        "/szukaj/", {"q": '"Koło GOSPODYŃ" -szkoła <b> dla 19a'}, headers={"User-Agent": "x", "Cookie": "a=b"}
    )
    search_log.flush()
    row = Zapytanie.objects.values().get()
    assert row["slowa"] == "koło gospodyń b 19a"
    assert row.keys() == {"id", "slowa", "strona", "dzien", "razy", "wyniki", "poprawka"}


@pytest.mark.parametrize("query", ["", "  ", "x", "?!", "\x01"])
def test_nothing_asked_is_nothing_kept(client, query):
    client.get("/szukaj/", {"q": query})
    assert search_log._waiting == {}


def test_the_further_pages_of_a_group_are_no_new_search(client):
    client.get("/szukaj/", {"q": "mikrogranty", "w": "praktyki", "strona": "2"})
    assert search_log._waiting == {}


def test_a_refusing_database_harms_no_reader_and_the_counts_wait(client, monkeypatch, caplog):
    def refuse(rows):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(log, "_write", refuse)
    note("mikrogranty")
    search_log.flush()
    assert "database is locked" in caplog.text
    assert "mikrogranty" not in caplog.text
    note("mikrogranty")
    monkeypatch.undo()
    search_log.flush()
    assert rows() == [("mikrogranty", "szukaj", 2, 0)]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(log, "MAX_WAITING", 3)
    for number in range(9):
        note(f"słowo{number}")
    note("słowo1")
    search_log.flush()
    assert [(words, times) for words, _page, times, _found in rows()] == [
        ("słowo0", 1),
        ("słowo1", 2),
        ("słowo2", 1),
    ]


def test_searches_older_than_a_year_are_forgotten():
    Zapytanie.objects.create(slowa="dawne", strona="szukaj", dzien=date(2020, 1, 1), razy=1, wyniki=0)
    note("nowe")
    search_log.flush()
    assert [words for words, *_rest in rows()] == ["nowe"]
