"""A plan counted backward from the day something is to start, and forward from it to its last step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)
WEEKEND = (5, 6)


@dataclass(frozen=True)
class Step:
    """One step: how many days it takes (None: nobody said), and whether it comes from the start on.

    `latest` is a day fixed for its end, whatever the start (only before it); `source` is whatever the caller
    wants to find again in the plan.
    """

    days: int | None
    is_working: bool = False
    is_after_start: bool = False
    latest: date | None = None
    source: Any = None


@dataclass(frozen=True)
class DatedStep:
    """Before the start: the last days to begin and to end. After it: the days on which it will.

    A step of unknown length has no `begin` before the start and no `end` after it; what follows such a step
    has neither.
    """

    step: Step
    begin: date | None
    end: date | None
    days_late: int


@dataclass(frozen=True)
class Plan:
    """The dated steps; `first_day` is the last day to begin the first, `unknown` how many lengths lack.

    `feasible` is `start`, or where that is too early, the first start for which nothing is late.
    """

    steps: list[DatedStep]
    start: date
    first_day: date
    days_late: int
    unknown: int
    feasible: date


def make_plan(steps_for: Callable[[date], Iterable[Step]], start: date, today: date) -> Plan:
    """Return the plan of the steps `steps_for(start)`, given in order, for a start on the day `start`.

    A term of n days runs from the day after the one it is counted from (as Kodeks cywilny, art. 111 § 2,
    counts); steps of unknown length are taken to last no time, so true days are never later than the plan's.
    """
    steps = list(steps_for(start))
    before = [step for step in steps if not step.is_after_start]
    after = [step for step in steps if step.is_after_start]
    first_day = _first_day(steps, start)
    return Plan(
        [*_backward(before, start, today), *_forward(after, start)],
        start,
        first_day,
        max(0, (today - first_day).days),
        sum(step.days is None for step in before),
        _feasible(steps_for, start, today),
    )


def in_year(day: date, year: int) -> date:
    """Return the same day of another year; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _backward(steps, start, today):
    dated, end = [], start
    for step in reversed(steps):
        end = min(end, step.latest or end)
        begin = None if step.days is None else _moved(end, step, -1)
        dated.append(DatedStep(step, begin, end, max(0, (today - (begin or end)).days)))
        end = begin or end
    return reversed(dated)


def _forward(steps, start):
    begin = start
    for step in steps:
        end = None if step.days is None or begin is None else _moved(begin, step, 1)
        yield DatedStep(step, begin, end, 0)
        begin = end


def _first_day(steps, start):
    """Return the last day on which what comes before the start may begin."""
    for step in reversed([step for step in steps if not step.is_after_start]):
        start = min(start, step.latest or start)
        start = start if step.days is None else _moved(start, step, -1)
    return start


def _feasible(steps_for, start, today):
    """Return the first start from `start` on for which nothing is late; fixed days move with its year."""
    while (late := (today - _first_day(_without_fixed_days(steps_for(start)), start)).days) > 0:
        start += late * ONE_DAY
    while _first_day(list(steps_for(start)), start) < today:
        start += ONE_DAY
    return start


def _without_fixed_days(steps):
    return [replace(step, latest=None) for step in steps]


def _moved(day, step, direction):
    """Return the day `step.days` after (1) or before (-1) `day`; working days pass over the weekends."""
    if not step.is_working:
        return day + direction * step.days * ONE_DAY
    weeks, left = divmod(max(step.days - 1, 0), 5)
    day += direction * weeks * 7 * ONE_DAY
    left += step.days > 0
    while left:
        day += direction * ONE_DAY
        left -= day.weekday() not in WEEKEND
    return day
