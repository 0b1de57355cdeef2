"""„Czy chodziło o…”: only for words that find nothing, only to words that readers can see."""

from urllib.parse import urlencode

import pytest

from platforma.lib.publication import Status
from platforma.lib.search import typos
from platforma.lib.search.vocabulary import Vocabulary
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(query, **params):
        response = client.get("/szukaj/", {"q": query, **params})
        assert response.status_code == 200
        return response.context["szukaj"], response.content.decode()

    return get


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("regrantng", "regranting"),
        ("mikrogarnty", "mikrogranty"),
        ("pozyczak", "pożyczka"),
        ("hospicujm", "hospicjum"),
    ],
)
def test_a_typo_shows_the_results_of_the_nearest_word_and_says_so(page, typed, meant):
    builders.make_praktyka(tytul=f"Praktyka: {meant}")
    szukaj, html = page(typed)
    assert szukaj.total == 1
    assert f"„{meant}”" in html
    assert "(1 wynik)" in html.replace("\xa0", " ")
    assert szukaj.did_you_mean.unasked
    assert f"Szukaj dokładnie „{typed}”" in html


@pytest.mark.parametrize(
    ("typed", "literal"),
    [
        ("mikro granty", '"mikro" "granty"'),
        ("mikro-granty", '"mikro granty"'),
        ("mikro-granty seniorów", '"mikro granty" seniorów'),
    ],
)
def test_a_word_written_in_two_parts_is_put_together(page, typed, literal):
    builders.make_praktyka(tytul="Mikrogranty dla seniorów, czyli małe granty")
    szukaj, html = page(typed)
    assert (szukaj.total, szukaj.did_you_mean.meant.split()[0]) == (1, "mikrogranty")
    assert szukaj.did_you_mean.literal_url == "/szukaj/?" + urlencode({"q": literal})
    assert "„mikrogranty" in html


def test_what_is_quoted_or_excluded_is_not_put_together(page):
    builders.make_praktyka(tytul="Mikrogranty i granty")
    assert page('"mikro granty"')[0].did_you_mean is None
    assert page("granty -mikro")[0].total == 1


def test_a_word_of_the_dictionary_is_corrected_only_when_asked(page):
    builders.make_praktyka(tytul="Koło w powiecie")
    szukaj, html = page("koło łowieckie")
    assert szukaj.total == 0
    assert (szukaj.did_you_mean.meant, szukaj.did_you_mean.unasked) == ("koło powiecie", False)
    assert "Czy chodziło o" in html


def test_searched_for_as_it_stands_a_typo_finds_nothing_but_the_question_stays(page):
    builders.make_praktyka(tytul="Regranting w gminie")
    literal = page("regrantng")[0].did_you_mean.literal_url
    assert literal == "/szukaj/?q=%22regrantng%22"
    szukaj, html = page('"regrantng"')
    assert szukaj.total == 0
    assert "Czy chodziło o" in html
    assert (szukaj.did_you_mean.meant, szukaj.did_you_mean.count) == ("regranting", 1)


def test_the_right_words_of_a_query_are_kept(page):
    builders.make_praktyka(tytul="Mikrogranty dla seniorów")
    szukaj, _html = page("mikrogarnty dla seniorow")
    assert (szukaj.did_you_mean.meant, szukaj.total) == ("mikrogranty seniorow", 1)
    assert szukaj.did_you_mean.literal_url.endswith("q=%22mikrogarnty%22+seniorow")


def test_words_that_find_something_are_not_corrected(page):
    builders.make_praktyka(tytul="Mikrogarnty", problem="Mikrogranty są lepsze niż mikrogranty.")
    assert page("mikrogarnty")[0].did_you_mean is None


@pytest.mark.parametrize("typed", ["12346", "ngi", "x1y2z3w4", "zupełnieinne"])
def test_numbers_short_and_distant_words_are_left_alone(page, typed):
    builders.make_praktyka(tytul="NGO 12345 regranting")
    szukaj, _html = page(typed)
    assert (szukaj.did_you_mean, szukaj.total) == (None, 0)


def test_too_many_wrong_words_are_not_guessed_at(page, django_assert_max_num_queries):
    builders.make_praktyka(tytul="Mikrogranty regranting pożyczki hospicja")
    page("mikrogranty")  # builds what is kept in the process
    with django_assert_max_num_queries(40):
        assert page("mikrogarnty regrantng pozyczak hospicj xxyyzz aabbcc ddeeff")[0].did_you_mean is None


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived", "sent_back"])
def test_a_word_of_a_hidden_entry_is_never_suggested(page, state):
    hide(builders.make_praktyka(tytul="Kanarkowisko"), state)
    forms = [form for form, *_rest in Vocabulary().forms()]
    assert "kanarkowisko" in forms
    szukaj, html = page("kanarkowisok")
    assert (szukaj.did_you_mean, szukaj.total) == (None, 0)
    assert "kanarkowisko" not in html.lower()


def test_where_the_nearest_word_is_hidden_the_next_one_is_suggested(page):
    hide(builders.make_praktyka(tytul="Regrant"), "draft")
    builders.make_praktyka(tytul="Regrand")
    assert page("regrantt")[0].did_you_mean.meant == "regrand"


def hide(praktyka, state):
    if state == "scheduled":
        praktyka.published_at = praktyka.published_at.replace(year=praktyka.published_at.year + 1)
    elif state == "archived":
        praktyka.status = Status.ARCHIVED
    else:
        praktyka.status, praktyka.published_at = Status.DRAFT, None
        praktyka.status_reason = "kanarkowisko" if state == "sent_back" else ""
    praktyka.save()


def test_the_nearest_forms_come_first_one_of_a_kind():
    rows = [
        ("mikrogranty", "mikrogranty", "mikrogrant", 40),
        ("mikrograntu", "mikrograntu", "mikrogrant", 3),
        ("mikrograndy", "mikrograndy", "mikrogranda", 1),
        ("regranting", "regranting", "regranting", 9),
    ]
    assert typos.Forms(rows).nearest("mikrogarnty") == ["mikrogranty", "mikrograndy"]
