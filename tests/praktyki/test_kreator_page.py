"""The chooser's page: real situations, ways out of contradiction, links and counts, edits at once."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from platforma.lib.publication import Status
from praktyki.kreator import source
from praktyki.kreator.page import ChooserPage
from praktyki.models import Instrument, Odbiorca, ParametrPrawny, Regula
from tests.builders import make_instrument, make_praktyka
from tests.praktyki.chooser import CHOOSER, GROUP, KNOWLEDGE, OPERATOR, SERVICE
from tests.reading import count_queries
from tests.reading import read as read_page

OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)
CONTRADICTION = {"wykonawca": "grupa-nieformalna", "cel": "plynnosc"}


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


@pytest.mark.parametrize(("today", "first"), [(OLD, "dotacja"), (NEW, "mikrozakup")])
def test_without_a_date_the_law_of_today_counts(chooser, today, first):
    page = ChooserPage(QueryDict(urlencode(SERVICE | {"kwota_zl": 150_000})), today=today)
    assert (page.day, page.best.instrument.slug) == (today, first)
    assert "start" not in page.url


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
    assert max(before) <= 4


@pytest.mark.django_db
def test_the_page_leads_here_from_home_list_and_site_map(client):
    make_instrument()
    for address in ("/", "/instrumenty/", "/mapa-strony/"):
        assert CHOOSER in read_page(client, address).links
