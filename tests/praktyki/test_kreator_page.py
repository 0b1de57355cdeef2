"""The chooser's page: situations, its one address, kind answers to bad input, ways out, links and counts."""

from html import escape

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from platforma.lib.publication import Status
from praktyki.kreator import source
from praktyki.models import Instrument, Odbiorca, ParametrPrawny, Regula
from tests.builders import make_instrument, make_praktyka
from tests.praktyki.chooser import GROUP, KNOWLEDGE, OPERATOR, SERVICE, load_chooser
from tests.reading import count_queries
from tests.reading import read as read_page

CHOOSER = "/instrumenty/kreator/"
CONTRADICTION = {"wykonawca": "grupa-nieformalna", "cel": "plynnosc"}


@pytest.fixture
def chooser(db):
    load_chooser()


@pytest.fixture
def ask(chooser, client):
    """Return a function that opens the chooser with answers, following it to its one address."""

    def ask(**answers):
        response = client.get(CHOOSER, answers, follow=True)
        assert response.status_code == 200
        return response.context["kreator"], response.content.decode()

    return ask


def names(cards):
    return [card.instrument.slug for card in cards]


def test_the_database_gives_the_knowledge_of_the_fixtures(chooser):
    assert source.read() == KNOWLEDGE


def test_an_informal_group_with_three_thousand(ask):
    page, html = ask(**GROUP, kwota_zl="3 000 zł")
    assert names(page.fitting)[0] == "mikrogrant"
    assert "dotacja" in names(page.excluded)
    assert html.count('data-group="nie-pasuje"') == len(page.excluded)
    assert "podstawa: ustawa o pożytku, art. 11" in html


@pytest.mark.parametrize(
    ("start", "first", "said"),
    [
        ("2025-12-31", "dotacja", "mniej niż 130\xa0000&nbsp;zł"),
        ("01.01.2026", "mikrozakup", "mniej niż 170\xa0000&nbsp;zł"),
    ],
)
def test_a_service_for_150_thousand(ask, start, first, said):
    page, html = ask(**SERVICE, kwota_zl="150000", start=start)
    assert (names(page.fitting)[0], said in html) == (first, True)
    assert ("mikrozakup" in names(page.excluded)) == (first == "dotacja")


def test_a_unit_that_wants_an_operator(ask):
    page, _html = ask(**OPERATOR)
    assert page.best.instrument.slug == "regranting"
    assert [card for card in page.excluded if not all(r.przepis for r in card.verdict.przeciw)] == []


def test_an_unverified_figure_and_a_missing_provision_are_marked(ask):
    rule = Regula.objects.get(odpowiedz__slug="grupa-nieformalna", instrument__slug="dotacja")
    rule.przepis, rule.zweryfikowano = "", None
    rule.save()
    _page, html = ask(wykonawca="grupa-nieformalna")
    assert "podstawa: brak danych" in html
    _page, html = ask(kwota_zl="10001")
    assert "czeka na potwierdzenie" in html


@pytest.mark.django_db
def test_equal_answers_have_one_address(chooser, client):
    written = "?kwota_zl=10+000,00+zł&cel=&start=15.01.2026&operator=tak&kwota="
    response = client.get(CHOOSER + written)
    assert (response.status_code, response.url) == (
        302,
        f"{CHOOSER}?kwota_zl=10000&operator=tak&start=2026-01-15",
    )
    html = client.get(response.url).content.decode()
    assert f'rel="canonical" href="http://127.0.0.1:8000{escape(response.url)}"' in html
    assert client.get(CHOOSER).status_code == 200


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        ("kwota_zl", "dużo", "Kwota musi być liczbą"),
        ("kwota_zl", "-5", "Kwota musi być liczbą"),
        ("kwota_zl", "0", "Kwota musi być liczbą"),
        ("kwota_zl", "10.000", "Kwota musi być liczbą"),
        ("kwota_zl", "NaN", "Kwota musi być liczbą"),
        ("kwota_zl", "١٢", "Kwota musi być liczbą"),
        ("czas_dni", "1,5", "Liczba dni musi być liczbą całkowitą"),
        ("start", "31.02.2026", "Wpisz datę"),
        ("start", "1066-01-01", "Wpisz datę"),
        ("cel", "nie-ma", "Pominęliśmy nieznaną odpowiedź „nie-ma”"),
        ("obce", "1", "Pominęliśmy nieznane parametry adresu: „obce”."),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(ask, parameter, value, said):
    page, html = ask(wykonawca="organizacja", **{parameter: value})
    assert said in html
    assert page.url == f"{CHOOSER}?wykonawca=organizacja"


def test_a_number_goes_before_a_range_and_says_so(ask):
    page, html = ask(kwota="do-5000", kwota_zl="20000")
    assert "liczy się wpisana liczba" in html
    assert page.url == f"{CHOOSER}?kwota_zl=20000"


def test_a_long_task_that_crosses_the_year_is_told(ask):
    page, html = ask(czas_dni="100", start="2026-11-01")
    assert page.last_day.isoformat() == "2027-02-08"
    assert "w innym roku budżetowym" in html
    assert ask(czas_dni="61", start="2026-11-01")[0].last_day is None


def test_contradictory_answers_name_the_question_and_offer_ways_out(ask, client):
    page, html = ask(**CONTRADICTION)
    assert page.is_contradictory
    assert [obstacle.question.slug for obstacle in page.obstacles] == ["cel", "wykonawca"]
    assert page.obstacles[0].count == 10
    assert "10 z 12" in html.replace("\xa0", " ")
    for step in (step for obstacle in page.obstacles for step in obstacle.steps):
        other = client.get(step.url).context["kreator"]
        left = [card.instrument for card in (*other.fitting, *other.conditional, *other.neutral)]
        assert sorted(map(str, left)) == sorted(map(str, step.instruments))
        assert left


def test_before_any_answer_there_is_a_start_and_no_verdict(ask):
    page, html = ask()
    assert "Zacznij od jednego pytania" in html
    assert (page.verdicts, "data-group" in html) == ([], False)


@pytest.mark.django_db
def test_without_questions_the_page_says_so(client):
    assert "Kreator nie ma jeszcze pytań" in client.get(CHOOSER).content.decode()


def test_a_verdict_leads_to_public_practices_with_their_number(ask, client):
    grant = Instrument.objects.get(slug="mikrogrant")
    neighbours = Odbiorca.objects.get(slug="grupy-nieformalne")
    make_praktyka(instrumenty=[grant], odbiorcy=[neighbours])
    make_praktyka(instrumenty=[grant])
    make_praktyka(instrumenty=[grant], status=Status.DRAFT)
    page, html = ask(wykonawca="grupa-nieformalna")
    (card,) = [card for card in page.fitting if card.instrument == grant]
    links = [card.practices, *card.narrowed]
    assert [(link.url, link.count) for link in links] == [
        ("/praktyki/?instrument=mikrogrant", 2),
        ("/praktyki/?instrument=mikrogrant&odbiorcy=grupy-nieformalne", 1),
    ]
    for link in links:
        assert f'data-total="{link.count}"' in client.get(link.url).content.decode()
    assert "/instrumenty/mikrogrant/" in html


def test_an_edited_rule_and_a_new_legal_value_show_at_the_next_request(ask):
    assert "Nowy powód" not in ask(cel="zakup")[1]
    rule = Regula.objects.get(odpowiedz__slug="zakup", instrument__slug="mikrozakup")
    rule.powod = "Nowy powód"
    rule.save()
    assert "Nowy powód" in ask(cel="zakup")[1]
    assert "mikrozakup" in names(ask(cel="zakup", kwota_zl="169000")[0].fitting)
    ParametrPrawny.objects.filter(klucz="prog_pzp").latest("obowiazuje_od").delete()
    page, html = ask(cel="zakup", kwota_zl="169000")
    assert "mikrozakup" in names(page.conditional)
    assert "brak danych" in html


def test_an_instrument_without_rules_is_named_as_not_judged(ask):
    make_instrument(nazwa="Bon sąsiedzki")
    page, html = ask(cel="zakup")
    assert [str(row) for row in page.not_judged] == ["Bon sąsiedzki"]
    assert "Kreator nie ma jeszcze reguł dla" in html


def test_answers_and_practices_cost_no_queries(chooser, client):
    addresses = [CHOOSER, *(f"{CHOOSER}?{urlencode(a)}" for a in (GROUP, OPERATOR, CONTRADICTION))]
    before = [count_queries(client, address) for address in addresses]
    for instrument in Instrument.objects.all():
        make_praktyka(instrumenty=[instrument])
    assert [count_queries(client, address) for address in addresses] == before
    assert max(before) <= 2


@pytest.mark.django_db
def test_the_page_leads_here_from_home_list_and_site_map(client):
    make_instrument()
    for address in ("/", "/instrumenty/", "/mapa-strony/"):
        assert CHOOSER in read_page(client, address).links


class BadInputTest(TestCase):
    def setUp(self):
        load_chooser()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        pairs=st.lists(
            st.tuples(
                st.sampled_from([*KNOWLEDGE.instruments, "kwota", "kwota_zl", "czas_dni", "start", "cel"])
                | st.text(max_size=8),
                st.sampled_from(["1e30", "9" * 40, "99999", "2100-12-31", "9999-12-31", "zakup", "", "\x01"])
                | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            ),
            max_size=8,
        )
    )
    def test_any_parameters_are_answered(self, pairs):
        response = self.client.get(f"{CHOOSER}?{urlencode(pairs)}", follow=True)
        assert response.status_code in (200, 400), pairs
        assert len(response.redirect_chain) <= 1
