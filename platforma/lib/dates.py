"""Dates the way Poles write them."""

from datetime import date

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
