"""Checking the chooser with its stored cases: what comes first now, and whether it is what must."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from ..models import Instrument, PrzypadekKreatora
from .assess import Group, Verdict, assess
from .knowledge import Knowledge
from .reading import read

SHOWN = 3  # of the best verdicts


@dataclass(frozen=True)
class Line:
    """One verdict with the name of its instrument."""

    name: str
    verdict: Verdict


@dataclass(frozen=True)
class Outcome:
    """The best verdicts of one case, and those of expected instruments that are not the first.

    `notes` say what of the case's address is no longer understood.
    """

    best: tuple[Line, ...]
    missed: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.missed and not self.notes


@dataclass(frozen=True)
class CheckedCase:
    """A case judged by the rules as they are, and `after` a change that is not saved (None: no change)."""

    przypadek: PrzypadekKreatora
    expected: tuple[str, ...]
    now: Outcome
    after: Outcome | None = None

    @property
    def is_right(self) -> bool:
        return (self.after or self.now).is_right

    @property
    def is_changed(self) -> bool:
        return self.after is not None and self.after != self.now


def check(now: Knowledge, after: Knowledge | None = None) -> list[CheckedCase]:
    """Judge every stored case by `now`, and by `after` where it is given; those to look at come first."""
    names = {row.slug: str(row) for row in Instrument.objects.all()}
    cases = [
        CheckedCase(
            przypadek,
            tuple(map(str, przypadek.oczekiwane.all())),
            _outcome(przypadek, now, names),
            _outcome(przypadek, after, names) if after else None,
        )
        for przypadek in PrzypadekKreatora.objects.prefetch_related("oczekiwane")
    ]
    return sorted(cases, key=lambda case: (case.is_right, not case.is_changed))


def _outcome(przypadek, knowledge, names) -> Outcome:
    reading = read(QueryDict(przypadek.adres), knowledge)
    verdicts = assess(reading.answers, reading.start or timezone.localdate(), knowledge)
    lines = [Line(names[verdict.instrument], verdict) for verdict in verdicts]
    best = [line for line in lines if line.verdict.group is not Group.EXCLUDED][:SHOWN]
    expected = {instrument.slug for instrument in przypadek.oczekiwane.all()}
    missed = [line for line in lines if line.verdict.instrument in expected]
    is_hit = bool(best) and best[0].verdict.instrument in expected
    return Outcome(tuple(best), () if is_hit else tuple(missed), (*reading.notes, *reading.errors.values()))
