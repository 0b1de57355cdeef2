"""What is suggested while typing: places with their counts, from two letters, nothing hidden."""

import pytest

from platforma.lib.publication import Status
from platforma.lib.search.log import search_log
from platforma.lib.search.models import Synonim
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggest(client):
    def get(q):
        response = client.get("/praktyki/podpowiedzi/", {"q": q})
        assert response.status_code == 200
        return response.json()["suggestions"]

    return get


def labels(suggestions):
    return [suggestion["label"] for suggestion in suggestions]


def test_every_kind_of_place_is_suggested_with_its_address_and_count(suggest):
    instrument = builders.make_instrument(nazwa="Łącznik")
    for tytul in ("Łącznik w praktyce", "Druga"):
        builders.make_praktyka(
            tytul=tytul,
            instrumenty=[instrument],
            jst=[builders.make_jst(nazwa=f"Łączna {tytul}")],
            tematy=[builders.make_temat(nazwa=f"Łączność {tytul}")],
            tagi=["łączenie"],
        )
    found = {suggestion["kind"]: suggestion for suggestion in suggest("lacz")}
    assert found.keys() == {"instrument", "jst", "temat", "tag", "praktyka"}
    assert found["instrument"] == {
        "kind": "instrument",
        "label": "Łącznik",
        "url": "/praktyki/?instrument=lacznik",
        "count": 2,
    }
    assert (found["tag"]["url"], found["tag"]["count"]) == ("/praktyki/?tag=laczenie", 2)
    assert found["jst"]["count"] == found["temat"]["count"] == 1
    assert found["praktyka"]["url"] == "/praktyki/lacznik-w-praktyce/"


@pytest.mark.parametrize("typed", ["dą", "dabr", "gór", "dąbrowa gó", "gor dab", "Dąbrowie"])
def test_any_word_of_a_name_may_be_begun(suggest, typed):
    builders.make_praktyka(jst=[builders.make_jst(nazwa="Dąbrowa Górnicza")])
    assert labels(suggest(typed)) == ["Dąbrowa Górnicza"]


@pytest.mark.parametrize("typed", ["", " ", "m", "m ", '"', "-", "w", "(", "%", "_"])
def test_nothing_is_suggested_for_less_than_two_letters(suggest, typed):
    builders.make_praktyka(
        tytul="Mikrogranty w gminie", instrumenty=[builders.make_instrument(nazwa="Mikrogrant")]
    )
    assert suggest(typed) == []


def test_an_instrument_is_suggested_by_its_other_names(suggest):
    instrument = builders.make_instrument(nazwa="Tryb małych zleceń")
    instrument.aliasy.create(nazwa="mały grant")
    instrument.aliasy.create(nazwa="grant sołecki", mylona=True)
    Synonim.objects.create(fraza="19a", zamienniki="tryb małych zleceń", w_obie_strony=False)
    builders.make_praktyka(instrumenty=[instrument])
    builders.make_praktyka(tagi=["małe projekty"])
    for typed in ("mały gr", "małe gr", "małych gran", "male grantów"):
        assert labels(suggest(typed)) == ["Tryb małych zleceń (mały grant)"]
    assert labels(suggest("19a")) == ["Tryb małych zleceń (19a)"]
    assert suggest("sołeck") == []


def test_a_synonym_of_another_name_leads_to_the_instrument(suggest):
    instrument = builders.make_instrument(nazwa="Budżet partycypacyjny")
    instrument.aliasy.create(nazwa="budżet obywatelski")
    Synonim.objects.create(fraza="BO", zamienniki="budżet obywatelski", w_obie_strony=False)
    builders.make_praktyka(instrumenty=[instrument])
    assert labels(suggest("BO")) == ["Budżet partycypacyjny (BO)"]


@pytest.mark.parametrize(("typed", "count"), [("sol", 2), ("soł", 1), ("SÓL", 1), ("żł", 0)])
def test_a_diacritic_that_was_typed_is_meant(suggest, typed, count):
    builders.make_praktyka(tagi=["sołectwo", "sól", "złoto"])
    assert len(suggest(typed)) == count


def test_what_begins_with_the_text_comes_first_and_ten_are_the_most(suggest):
    for number in range(6):
        builders.make_praktyka(
            tytul=f"Sport {number}",
            tagi=[f"klub sportowy {number}", f"sport {number}"],
            jst=[builders.make_jst(nazwa=f"Sportowo {number}")],
        )
    suggestions = suggest("sport")
    assert len(suggestions) == 10
    assert [label for label in labels(suggestions) if label.startswith("klub")] == []
    assert sum(suggestion["kind"] == "praktyka" for suggestion in suggestions) == 4


def test_a_value_without_public_practices_is_not_suggested(suggest):
    builders.make_jst(nazwa="Kanarkowo")
    builders.make_praktyka(
        status=Status.DRAFT,
        tytul="Kanarki",
        jst=[builders.make_jst(nazwa="Kanary")],
        tagi=["kanarek"],
        tematy=[builders.make_temat(nazwa="Kanarkologia")],
        instrumenty=[builders.make_instrument(nazwa="Kanarkogrant")],
    )
    assert suggest("kanar") == []


def test_a_page_gets_options_of_a_list_box_escaped(client):
    builders.make_praktyka(tagi=["<b>sport</b>"], tytul='Sport "na" <i>ulicy</i>')
    response = client.get("/praktyki/podpowiedzi/", {"q": "sport"}, headers={"Accept": "text/html"})
    html = response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    assert "Accept" in response["Vary"]
    assert html.count('role="option"') == 2
    assert "1\xa0praktyka" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_queries_do_not_grow_with_the_content(suggest, django_assert_num_queries):
    for number in range(9):
        builders.make_praktyka(tytul=f"Mikrogranty {number}", tagi=[f"mikro {number}"])
    suggest("mikr")
    with django_assert_num_queries(4):
        assert len(suggest("mikro")) == 7
    with django_assert_num_queries(1):
        assert len(suggest("mikro")) == 7  # the titles are kept, and the revision says they still hold


def test_an_edit_shows_in_what_was_suggested_before(suggest):
    praktyka = builders.make_praktyka(tytul="Mikrogranty")
    assert labels(suggest("mikro")) == ["Mikrogranty"]
    praktyka.tytul = "Mikrogranty sąsiedzkie"
    praktyka.save()
    assert labels(suggest("mikro")) == ["Mikrogranty sąsiedzkie"]
    builders.make_rozstrzygniecie(praktyka=praktyka, wynik="uchylona")
    assert labels(suggest("mikro")) == ["Mikrogranty sąsiedzkie (uwaga: podstawa prawna podważona)"]
    praktyka.delete()
    assert suggest("mikro") == []


def test_what_is_being_typed_is_not_logged(suggest):
    builders.make_praktyka(tytul="Mikrogranty")
    suggest("mikrogr")
    assert search_log._waiting == {}
