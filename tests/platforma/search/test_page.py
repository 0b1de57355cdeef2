"""The page of all results: every kind in its group, with counts and the way to the rest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def szukaj(client):
    def get(q, **params):
        response = client.get("/szukaj/", {"q": q, **params})
        assert response.status_code == 200
        return response.context["szukaj"], response.content.decode()

    return get


def make_one_of_each(word, number=""):
    instrument = builders.make_instrument(nazwa=f"Instrument {word} {number}")
    praktyka = builders.make_praktyka(tytul=f"Praktyka {word}", instrumenty=[instrument])
    spotkanie = builders.make_spotkanie(tytul=f"Spotkanie {word}")
    prelegent = builders.make_prelegent(nazwisko=word.capitalize())
    builders.make_wystapienie(spotkanie, prelegenci=[(prelegent, "", None)])
    builders.make_material(tytul=f"Wzór {word}", praktyka=praktyka)
    builders.make_jst(nazwa=f"Gmina {word.capitalize()}")


def test_every_kind_of_content_has_its_group(szukaj):
    make_one_of_each("regrantowo")
    page, html = szukaj("regrantowo")
    counts = {group.source.name: group.total for group in page.groups}
    assert counts == {
        "praktyki": 1,
        "instrumenty": 1,
        "spotkania": 1,
        "materialy": 1,
        "prelegenci": 1,
        "samorzady": 1,
    }
    assert page.total == 6
    assert 'data-total="6"' in html
    assert html.count("<mark>") >= 6
    assert "Wyniki dla „regrantowo”" in html
    assert '<meta name="robots" content="noindex, follow">' in html


def test_a_statement_is_found_with_its_meeting_and_quoted_with_its_address(szukaj):
    spotkanie = builders.make_spotkanie(tytul="Warsztat")
    wypowiedz = builders.make_wypowiedz(spotkanie, tresc="Dotacja nie jest jedyną drogą.")
    page, html = szukaj("jedyna droga")
    assert [group.source.name for group in page.groups] == ["spotkania"]
    assert "nie jest <mark>jedyną</mark> <mark>drogą</mark>" in html
    assert f'href="{wypowiedz.get_absolute_url()}"' in html


def test_a_group_shows_its_best_and_leads_to_the_whole_list(szukaj):
    for number in range(7):
        builders.make_praktyka(tytul=f"Praktyka {number}", problem="Brak sołtysa.")
    best = builders.make_praktyka(tytul="Sołtysi")
    page, html = szukaj("sołtys")
    (group,) = page.groups
    assert (group.total, len(group.rows), group.rows[0]) == (8, 5, best)
    assert "/praktyki/?q=so%C5%82tys" in html
    assert "Wszystkie: 8" in html


def test_a_list_that_takes_no_words_is_shown_whole_here(szukaj):
    people = [(builders.make_prelegent(imie="Łucja", nazwisko="Wzorowa"), "", None) for _n in range(35)]
    builders.make_wystapienie(builders.make_spotkanie(), people)
    _page, html = szukaj("łucja wzorowa")
    assert "/szukaj/?q=%C5%82ucja+wzorowa&amp;w=prelegenci" in html
    whole, html = szukaj("łucja wzorowa", w="prelegenci")
    assert len(whole.groups[0].rows) == 30
    assert "w=prelegenci&amp;strona=2" in html
    assert len(szukaj("łucja wzorowa", w="prelegenci", strona="2")[0].groups[0].rows) == 5
    assert szukaj("łucja wzorowa", w="prelegenci", strona="99")[0].number == 2


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("mikrogranty w Łodzi", ["Łódź"]),
        ("lodz", ["Łódź"]),
        ("gmina tczew", ["Gmina Tczew"]),
        ("tczewie", ["Gmina Tczew"]),
        ("bielsko", ["Bielsko-Biała"]),
        ("bielsko-biała", ["Bielsko-Biała"]),
        ("powiat", ["powiat tczewski"]),
        ("mikrogranty", []),
        ("-łódź grant", []),
    ],
)
def test_units_are_found_by_name_also_inside_a_longer_query(szukaj, query, named):
    for nazwa in ("Łódź", "Gmina Tczew", "powiat tczewski", "Bielsko-Biała"):
        builders.make_jst(nazwa=nazwa)
    page, _html = szukaj(query)
    assert [row.nazwa for group in page.groups for row in group.rows] == named


def test_groups_whose_name_is_said_come_first(szukaj):
    instrument = builders.make_instrument(nazwa="Pożyczka")
    builders.make_instrument(nazwa="Poręczenie", kto_inicjuje="Kto bierze pożyczkę.")
    builders.make_praktyka(
        tytul="Pożyczka dla klubu", instrumenty=[instrument], problem="Brak poręczeń i klubu."
    )
    assert [group.source.name for group in szukaj("pożyczka")[0].groups] == ["instrumenty", "praktyki"]
    assert [group.source.name for group in szukaj("klub")[0].groups] == ["praktyki"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Szukaj w całym serwisie"),
        ("   ", "Szukaj w całym serwisie"),
        ("x", "co najmniej dwie litery"),
        ("?!", "co najmniej dwie litery"),
        ("brakuje", "Nie znaleźliśmy niczego dla „brakuje”"),
    ],
)
def test_nothing_to_show_is_said_plainly(szukaj, query, sentence):
    builders.make_praktyka()
    page, html = szukaj(query)
    assert page.total == 0
    assert sentence in html


def test_a_word_too_many_can_be_left_out(szukaj):
    builders.make_praktyka(tytul="Rozliczanie rezultatu")
    page, html = szukaj("rozliczanie rezultatu zamiast")
    assert [(without.left_out, without.count) for without, _url in page.relax] == [("zamiast", 1)]
    assert "/szukaj/?q=rozliczanie+rezultatu" in html


def test_several_words_too_many_can_be_left_out_together(szukaj):
    builders.make_praktyka(tytul="Rozliczanie rezultatu")
    page, html = szukaj("użyczenie lokalu rezultat -konkurs")
    assert [(without.left_out, without.count) for without, _url in page.relax] == [("użyczenie lokalu", 1)]
    assert "/szukaj/?q=rezultat+-konkurs" in html
    assert szukaj("użyczenie lokalu -konkurs")[0].relax == []
    builders.make_praktyka(tytul="Użyczenie sali")
    builders.make_praktyka(tytul="Dom zbudowany")
    page, _html = szukaj("użyczenie domu rezultat")
    assert [without.left_out for without, _url in page.relax] == [
        "użyczenie domu",
        "użyczenie rezultat",
        "domu rezultat",
    ]


def test_the_newest_change_counts_at_once(szukaj):
    praktyka = builders.make_praktyka(tytul="Regranting")
    assert szukaj("regranting")[0].total == 1
    praktyka.tytul = "Pożyczka"
    praktyka.save()
    assert szukaj("regranting")[0].total == 0
    praktyka.delete()
    assert szukaj("pożyczka")[0].total == 0


def test_queries_do_not_grow_with_the_results(szukaj):
    def queries():
        szukaj("regrantowo")
        with CaptureQueriesContext(connection) as captured:
            szukaj("regrantowo")
        return len(captured)

    make_one_of_each("regrantowo")
    with_one = queries()
    for number in range(2):
        make_one_of_each("regrantowo", number)
    assert queries() == with_one <= 32


BAD = [
    "żółć " * 2000,
    "\x01\x02",
    "%_\\'\"()*:^~",
    '"""',
    '"niezamknięty cudzysłów',
    "„ “ ” « »",
    "---",
    "-",
    "-mikrogrant",
    "AND OR NOT NEAR(a b)",
    "a*b* *c",
    "tytul:mikrogrant",
    "'; DROP TABLE praktyki_praktyka; --",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "\u202eodwrócone",
    "٣٤٥",
    "ﬁnanse Ⅻ ½",
    "a" * 8000,
    " ".join(f"słowo{number}" for number in range(200)),
    "😀 👩‍👩‍👧",
    "i̇stanbul",
]


@pytest.mark.parametrize("address", ["/szukaj/", "/praktyki/podpowiedzi/", "/praktyki/"])
@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:20])
def test_whatever_is_typed_is_answered(client, address, query):
    builders.make_praktyka(tytul="Mikrogrant")
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    assert (
        response.json() if address.endswith("podpowiedzi/") else b"<script>alert(1)" not in response.content
    )


@pytest.mark.parametrize(
    "params", [{"w": "nieznane"}, {"strona": "x"}, {"strona": "-1"}, {"w": "praktyki", "strona": "9" * 40}]
)
def test_wrong_parameters_are_ignored(szukaj, params):
    builders.make_praktyka(tytul="Mikrogrant")
    assert szukaj("mikrogrant", **params)[0].total == 1


@pytest.mark.parametrize("address", ["/szukaj/?q=%00", "/praktyki/podpowiedzi/?q=a%00b"])
def test_nul_is_refused(client, address):
    client.raise_request_exception = False
    assert client.get(address).status_code == 400
