"""What changed in the law since a text was written: a pure comparison of dated values.

A value is any object with `klucz`, `wartosc`, `jednostka`, `obowiazuje_od` and `obowiazuje_do` (None: still
in force); both ends belong to it, and values of one `klucz` never overlap.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """From the day `since`, `after` is in force instead of `before`; either is None where there is no value.

    `is_ahead` tells that the day has not come yet.
    """

    before: Any | None
    after: Any | None
    since: date
    is_ahead: bool

    @property
    def value(self) -> Any:
        """The value the change is about: it has the name, the instrument and the legal basis."""
        return self.after or self.before

    @property
    def is_unconfirmed(self) -> bool:
        return any(row is not None and row.zweryfikowano is None for row in (self.before, self.after))


def changes(values, described_on: date | None, today: date) -> list[Change]:
    """Return how `values` differ between `described_on` and `today`, then what is already known to come.

    A value that changed and came back is no change. Without `described_on`, or where it lies ahead, only
    what is to come is returned.
    """
    timelines: dict[str, list] = {}
    for value in sorted(values, key=lambda value: (value.klucz, value.obowiazuje_od)):
        timelines.setdefault(value.klucz, []).append(value)
    past = [_past(timeline, described_on, today) for timeline in timelines.values()] if described_on else []
    ahead = [change for timeline in timelines.values() for change in _ahead(timeline, today)]
    return [change for change in past if change] + sorted(ahead, key=lambda change: change.since)


def value_on(timeline: list, day: date):
    """Return the value of `timeline` in force on `day`, or None."""
    for value in timeline:
        if value.obowiazuje_od <= day and (value.obowiazuje_do is None or day <= value.obowiazuje_do):
            return value
    return None


def _past(timeline, described_on, today):
    before, after = value_on(timeline, described_on), value_on(timeline, today)
    if described_on >= today or _same(before, after):
        return None
    return Change(before, after, _beginning(timeline, after) if after else _end(timeline, today), False)


def _ahead(timeline, today):
    for value in timeline:
        start, end = value.obowiazuje_od, value.obowiazuje_do
        if start > today:
            before = value_on(timeline, start - ONE_DAY)
            if not _same(before, value):
                yield Change(before, value, start, True)
        if end and today <= end < date.max and value_on(timeline, end + ONE_DAY) is None:
            yield Change(value, None, end + ONE_DAY, True)


def _beginning(timeline, value):
    """Return the day from which the number of `value` has been in force without a break."""
    start = value.obowiazuje_od
    while start > date.min and _same(value, earlier := value_on(timeline, start - ONE_DAY)):
        start = earlier.obowiazuje_od
    return start


def _end(timeline, today):
    """Return the first day without a value, for a timeline that has none today but had one before."""
    return max(value.obowiazuje_do for value in timeline if value.obowiazuje_od <= today) + ONE_DAY


def _same(one, other) -> bool:
    if one is None or other is None:
        return one is other
    return (one.wartosc, one.jednostka) == (other.wartosc, other.jednostka)
