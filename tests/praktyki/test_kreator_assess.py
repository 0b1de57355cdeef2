"""The judgment: the law's boundaries to the grosz and the day, real situations, the cases of the notes."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from praktyki.kreator.assess import Fit, Group, assess
from praktyki.kreator.reading import read
from tests.praktyki.chooser import GROUP, KNOWLEDGE, OPERATOR, SERVICE, judge, rows

OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)


def limit_of(verdict, key):
    """Return how the limit `key` compared, whichever way it counted."""
    (found,) = [
        reason.comparison
        for reason in (*verdict.za, *verdict.przeciw, *verdict.warunki)
        if reason.comparison and reason.comparison.limit.klucz == key
    ]
    return found


@pytest.mark.parametrize(
    ("amount", "fit"),
    [("9999.99", Fit.WITHIN), (10_000, Fit.WITHIN), ("10000.01", Fit.OVER), (10_001, Fit.OVER)],
)
def test_a_small_commission_ends_at_ten_thousand(amount, fit):
    verdict = judge(kwota=amount)["tryb-malych-zlecen"]
    assert limit_of(verdict, "art_19a_kwota_zadania").fit is fit
    assert (verdict.group is Group.EXCLUDED) == (fit is Fit.OVER)


@pytest.mark.parametrize(
    ("days", "fit"), [(1, Fit.WITHIN), (90, Fit.WITHIN), (91, Fit.OVER), (400, Fit.OVER)]
)
def test_a_small_commission_lasts_ninety_days(days, fit):
    verdict = judge(czas=days)["tryb-malych-zlecen"]
    assert limit_of(verdict, "art_19a_czas").fit is fit
    assert (verdict.group is Group.EXCLUDED) == (fit is Fit.OVER)


@pytest.mark.parametrize(
    ("amount", "day", "bound", "fit"),
    [
        ("129999.99", OLD, 130_000, Fit.WITHIN),
        (130_000, OLD, 130_000, Fit.OVER),
        (130_000, NEW, 170_000, Fit.WITHIN),
        (150_000, OLD, 130_000, Fit.OVER),
        (150_000, NEW, 170_000, Fit.WITHIN),
        ("169999.99", NEW, 170_000, Fit.WITHIN),
        (170_000, NEW, 170_000, Fit.OVER),
    ],
)
def test_the_threshold_of_procurement_is_the_one_in_force_on_the_first_day(amount, day, bound, fit):
    verdict = judge(SERVICE, on=day, kwota=amount)["mikrozakup"]
    limit = limit_of(verdict, "prog_pzp")
    assert (limit.fit, limit.value.wartosc) == (fit, bound)
    assert limit.value.is_in_force(day)
    assert (verdict.group is Group.EXCLUDED) == (fit is Fit.OVER)


def test_a_chosen_range_that_the_old_threshold_cuts_is_a_condition():
    chosen = SERVICE | {"kwota": "do-170000"}
    before, after = judge(chosen, on=OLD)["mikrozakup"], judge(chosen, on=NEW)["mikrozakup"]
    assert (before.group, limit_of(before, "prog_pzp").fit) == (Group.CONDITIONAL, Fit.DEPENDS)
    assert (after.group, limit_of(after, "prog_pzp").fit) == (Group.FITS, Fit.WITHIN)
    assert before.points == after.points - 1


def test_a_skipped_amount_leaves_the_limit_as_a_condition():
    verdict = judge({"inicjator": "organizacja"})["tryb-malych-zlecen"]
    assert verdict.group is Group.CONDITIONAL
    assert {reason.comparison.fit for reason in verdict.warunki} == {Fit.UNSAID}


def test_what_is_not_known_for_the_day_is_said_and_not_guessed():
    early = judge(SERVICE, on=date(2005, 1, 1), kwota=100)["mikrozakup"]
    in_euro = judge(SERVICE, on=date(2010, 1, 1), kwota=100)["mikrozakup"]
    assert (limit_of(early, "prog_pzp").fit, limit_of(early, "prog_pzp").value) == (Fit.NO_VALUE, None)
    assert limit_of(in_euro, "prog_pzp").fit is Fit.OTHER_UNIT
    assert early.group is in_euro.group is Group.CONDITIONAL
    without = replace(KNOWLEDGE, parameters={})
    assert judge(SERVICE, knowledge=without, kwota=100)["mikrozakup"].group is Group.CONDITIONAL


def test_an_informal_group_with_three_thousand_gets_a_small_grant():
    verdicts = judge(GROUP, kwota=3000)
    assert next(iter(verdicts)) == "mikrogrant"
    assert verdicts["dotacja"].przeciw[0].przepis == "ustawa o pożytku, art. 11"


def test_a_service_for_150_thousand_is_a_small_purchase_only_from_2026():
    old, new = judge(SERVICE, on=OLD, kwota=150_000), judge(SERVICE, on=NEW, kwota=150_000)
    assert [next(iter(old)), next(iter(new))] == ["dotacja", "mikrozakup"]
    assert [reason.przepis for reason in old["mikrozakup"].przeciw] == ["Pzp z 2019 r., art. 2 ust. 1 pkt 1"]


def test_a_unit_that_wants_an_operator_gets_regranting():
    assert next(iter(judge(OPERATOR))) == "regranting"


@pytest.mark.parametrize(
    "verdicts", [judge(GROUP, kwota=3000), judge(SERVICE, kwota=150_000, on=OLD), judge(OPERATOR)]
)
def test_every_exclusion_names_its_provision(verdicts):
    against = [reason for verdict in verdicts.values() for reason in verdict.przeciw]
    assert len(against) >= 3
    assert [reason for reason in against if not reason.przepis] == []


@pytest.mark.parametrize("case", rows("przypadki_kreatora"), ids=lambda case: case["opis"])
def test_the_cases_of_the_notes_hold(case):
    reading = read(QueryDict(case["adres"]), KNOWLEDGE)
    assert reading.is_clear
    assert assess(reading.answers, reading.start, KNOWLEDGE)[0].instrument in case["oczekiwane"]
