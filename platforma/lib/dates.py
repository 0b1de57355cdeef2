"""Dates the way Poles write and count them."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format


def days_in_words(first: date, last: date) -> str:
    """Return the days from `first` to `last` in words, saying month and year once where they are shared.

    >>> days_in_words(date(2014, 10, 6), date(2014, 10, 7))
    '6–7 października 2014'
    """
    if first == last:
        return date_format(first, "j E Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j E Y')}"
    if first.year == last.year:
        return f"{date_format(first, 'j E')} – {date_format(last, 'j E Y')}"
    return f"{date_format(first, 'j E Y')} – {date_format(last, 'j E Y')}"


def add_months(day: date, months: int) -> date:
    """Return the last day of a term of `months` that began on `day` (art. 112 of the civil code).

    It is the day of the same number, or the month's last where there is none such.

    >>> add_months(date(2024, 8, 31), 18)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def validate_not_in_future(day: date) -> None:
    """Refuse a day that has not come yet in Poland."""
    if day > timezone.localdate():
        raise ValidationError("Ta data jeszcze nie nadeszła.")
