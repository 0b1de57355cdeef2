"""Counting backward from a start: leap days, weekends, unknown lengths, fixed days, the next start."""

from datetime import date

import pytest

from platforma.lib.backward import Step, in_year, make_plan

LONG_AGO = date(2000, 1, 1)


def plan(steps, start, today=LONG_AGO):
    return make_plan(lambda _start: steps, start, today)


def days(steps, start):
    return [(row.begin, row.end) for row in plan(steps, start).steps]


def test_each_step_ends_where_the_next_begins():
    assert days([Step(7), Step(21)], date(2027, 3, 1)) == [
        (date(2027, 2, 1), date(2027, 2, 8)),
        (date(2027, 2, 8), date(2027, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("start", "first_day"),
    [
        (date(2028, 3, 1), date(2028, 2, 29)),
        (date(2027, 3, 1), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 28)),
        (date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_one_day_before_a_start_knows_the_calendar(start, first_day):
    assert plan([Step(1)], start).first_day == first_day


@pytest.mark.parametrize(
    ("start", "length", "first_day"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 20)),  # Monday → Friday
        (date(2026, 11, 22), 1, date(2026, 11, 20)),  # Sunday → Friday
        (date(2026, 11, 21), 5, date(2026, 11, 16)),  # Saturday → Monday
        (date(2026, 11, 21), 6, date(2026, 11, 13)),  # over two weekends
        (date(2026, 11, 20), 7, date(2026, 11, 11)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_working_days_pass_over_the_weekends(start, length, first_day):
    assert plan([Step(length, is_working=True)], start).first_day == first_day


def test_a_step_of_unknown_length_is_a_last_day_and_takes_no_time():
    made = plan([Step(7), Step(None)], date(2027, 3, 1))
    assert [(row.begin, row.end) for row in made.steps] == [
        (date(2027, 2, 22), date(2027, 3, 1)),
        (None, date(2027, 3, 1)),
    ]
    assert made.unknown == 1


def test_after_the_start_days_run_forward_until_a_length_is_unknown():
    after = [Step(90, is_after_start=True), Step(None, is_after_start=True), Step(30, is_after_start=True)]
    assert days(after, date(2027, 3, 1)) == [
        (date(2027, 3, 1), date(2027, 5, 30)),
        (date(2027, 5, 30), None),
        (None, None),
    ]
    assert plan(after, date(2027, 3, 1)).first_day == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("today", "late", "feasible"),
    [
        (date(2027, 2, 8), 0, date(2027, 3, 1)),
        (date(2027, 2, 9), 1, date(2027, 3, 2)),
        (date(2027, 5, 1), 82, date(2027, 5, 22)),
    ],
)
def test_the_last_day_is_still_in_time_and_the_next_is_late(today, late, feasible):
    made = plan([Step(21)], date(2027, 3, 1), today)
    assert (made.days_late, made.steps[0].days_late, made.feasible) == (late, late, feasible)
    assert plan([Step(21)], made.feasible, today).days_late == 0


def programme(start):
    """A step that must end by 30 November of the year before, then 21 days."""
    return [Step(None, latest=date(start.year - 1, 11, 30)), Step(21)]


def test_a_fixed_day_comes_first_and_moves_with_the_year_of_the_start():
    made = make_plan(programme, date(2026, 12, 15), date(2026, 11, 22))
    assert [row.end for row in made.steps] == [date(2025, 11, 30), date(2026, 12, 15)]
    assert (made.days_late, made.feasible) == (357, date(2027, 1, 1))
    assert make_plan(programme, date(2027, 1, 1), date(2026, 11, 30)).days_late == 0


def test_a_fixed_day_after_the_counted_one_changes_nothing():
    made = plan([Step(None, latest=date(2027, 2, 20)), Step(21)], date(2027, 3, 1))
    assert made.steps[0].end == date(2027, 2, 8)


def test_no_steps_begin_on_the_day_of_the_start():
    made = plan([], date(2027, 3, 1), date(2027, 3, 2))
    assert (made.first_day, made.days_late, made.feasible) == (date(2027, 3, 1), 1, date(2027, 3, 2))


def test_the_same_day_of_another_year():
    assert in_year(date(2028, 2, 29), 2029) == date(2029, 2, 28)
    assert in_year(date(2028, 2, 29), 2032) == date(2032, 2, 29)
