"""The calendar as pages: the days of a month with their meetings, and neighbouring months."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format

DAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
SHORT_DAYS = ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.")


@dataclass(frozen=True)
class Month:
    """A month of a year and its page."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def name(self) -> str:
        """E.g. „wrzesień 2021”."""
        return f"{self.bare_name} {self.first.year}"

    @property
    def bare_name(self) -> str:
        return date_format(self.first, "F").lower()

    def get_absolute_url(self) -> str:
        return reverse("spotkania:month", args=[self.first.year, self.first.month])


@dataclass(frozen=True)
class Day:
    date: date
    in_month: bool
    spotkania: list = field(default_factory=list)


def weeks(month: Month, spotkania: Iterable) -> list[list[Day]]:
    """Return the month's weeks from Monday to Sunday; a meeting stands in each day it lasts."""
    by_day: dict[date, list] = {}
    for spotkanie in spotkania:
        for day in days_of(spotkanie):
            by_day.setdefault(day, []).append(spotkanie)
    grid = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return [[_day(month, day, by_day) for day in week] for week in grid]


def _day(month, day, by_day):
    in_month = day.month == month.first.month
    return Day(day, in_month, by_day.get(day, []) if in_month else [])


def days_of(spotkanie) -> list[date]:
    """Return the days a meeting of a known day lasts; none beyond a year, whatever was typed."""
    first = spotkanie.local_start.date()
    last = spotkanie.local_end.date() if spotkanie.local_end else first
    return [first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1)]


def by_month(spotkania: Iterable, year: int) -> list[tuple[Month, list]]:
    """Return the twelve months of `year` with the meetings that begin in each."""
    months = [(Month(date(year, number, 1)), []) for number in range(1, 13)]
    for spotkanie in spotkania:
        months[spotkanie.local_start.month - 1][1].append(spotkanie)
    return months
