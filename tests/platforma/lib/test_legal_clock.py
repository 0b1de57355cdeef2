"""What changed in the law between two days: past, ahead, back again, and without a known beginning."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from platforma.lib.legal_clock import changes
from platforma.lib.quoting import keys_in, replaced, without


@dataclass(frozen=True)
class Value:
    wartosc: int
    obowiazuje_od: date
    obowiazuje_do: date | None = None
    klucz: str = "prog"
    jednostka: str = "zl"
    zweryfikowano: date | None = date(2026, 1, 2)


EURO = Value(30_000, date(2014, 4, 16), date(2020, 12, 31), jednostka="euro", zweryfikowano=None)
OLD = Value(130_000, date(2021, 1, 1), date(2025, 12, 31))
NEW = Value(170_000, date(2026, 1, 1))
MEETING = date(2021, 9, 23)
LAST_DAY, FIRST_DAY = date(2025, 12, 31), date(2026, 1, 1)


def said(values, described_on, today):
    return [
        (change.before and change.before.wartosc, change.after and change.after.wartosc, change.since)
        for change in changes(values, described_on, today)
    ]


@pytest.mark.parametrize(("today", "is_ahead"), [(LAST_DAY, True), (FIRST_DAY, False)])
def test_the_day_of_the_change_divides_what_will_be_from_what_is(today, is_ahead):
    (change,) = changes([NEW, OLD, EURO], MEETING, today)
    assert (change.before, change.after, change.since, change.is_ahead) == (OLD, NEW, FIRST_DAY, is_ahead)
    assert not change.is_unconfirmed


@pytest.mark.parametrize(
    ("described_on", "expected"),
    [
        (date(2020, 12, 31), [(30_000, 170_000, FIRST_DAY)]),
        (date(2021, 1, 1), [(130_000, 170_000, FIRST_DAY)]),
        (LAST_DAY, [(130_000, 170_000, FIRST_DAY)]),
        (FIRST_DAY, []),
        (date(2014, 4, 15), [(None, 170_000, FIRST_DAY)]),
        (date(2030, 1, 1), []),
        (None, []),
    ],
)
def test_what_has_changed_depends_on_the_day_of_the_description(described_on, expected):
    assert said([EURO, OLD, NEW], described_on, date(2026, 6, 1)) == expected


def test_a_change_of_unit_alone_is_a_change_and_an_unconfirmed_value_marks_it():
    after = Value(30_000, date(2021, 1, 1))
    (change,) = changes([EURO, after], date(2020, 1, 1), MEETING)
    assert change.is_unconfirmed


def test_a_value_that_came_back_or_was_enacted_again_is_no_change():
    again = Value(130_000, date(2026, 1, 1), date(2026, 12, 31))
    assert said([OLD, again], MEETING, date(2026, 6, 1)) == [(130_000, None, date(2027, 1, 1))]
    assert said([OLD, NEW, EURO], MEETING, MEETING + timedelta(days=1)) == [(130_000, 170_000, FIRST_DAY)]
    third = Value(130_000, date(2027, 1, 1))
    ended = Value(170_000, date(2026, 1, 1), date(2026, 12, 31))
    assert said([OLD, ended, third], MEETING, date(2027, 1, 1)) == []


def test_a_change_began_when_its_number_did_not_when_the_act_was_renewed():
    first = Value(170_000, date(2026, 1, 1), date(2026, 12, 31))
    renewed = Value(170_000, date(2027, 1, 1))
    assert said([OLD, first, renewed], MEETING, date(2027, 6, 1)) == [(130_000, 170_000, FIRST_DAY)]


def test_a_value_without_a_successor_ends():
    assert said([OLD], MEETING, LAST_DAY) == [(130_000, None, FIRST_DAY)]
    assert said([OLD], MEETING, FIRST_DAY) == [(130_000, None, FIRST_DAY)]
    assert said([OLD], None, FIRST_DAY) == []


def test_what_is_to_come_is_said_in_order_and_apart_for_each_key():
    other = Value(90, date(2010, 3, 12), date(2025, 6, 30), klucz="art_19a_czas")
    longer = Value(120, date(2025, 7, 1), klucz="art_19a_czas")
    assert said([NEW, OLD, longer, other], date(2025, 1, 1), date(2025, 2, 1)) == [
        (90, 120, date(2025, 7, 1)),
        (130_000, 170_000, FIRST_DAY),
    ]


@pytest.mark.parametrize("end", [date.max, None])
def test_the_ends_of_the_calendar_are_survived(end):
    forever = Value(1, date.min, end)
    assert changes([forever], date.min, date.max) == []
    assert changes([forever], date(2020, 1, 1), date(2021, 1, 1)) == []


def test_quoted_keys_are_found_replaced_and_left_out():
    text = "Do {prog_pzp} netto, {nie ma} i { prog_pzp }; {} i {\n} to nie klucze."
    assert keys_in(text) == ["prog_pzp", "nie ma"]
    assert replaced(text, str.upper).startswith("Do PROG_PZP netto, NIE MA i PROG_PZP; {} i")
    assert without("Zakupy do {prog_pzp} netto.") == "Zakupy do … netto."
