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
class Outcome:
    """The best verdicts of one case; `notes` say what of its address is no longer understood."""

    names: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> list[tuple[str, Verdict]]:
        return list(zip(self.names, self.verdicts, strict=True))


@dataclass(frozen=True)
class CheckedCase:
    """A case judged by the rules as they are, and `after` a change that is not saved (None: no change)."""

    przypadek: PrzypadekKreatora
    expected: tuple[str, ...]
    now: Outcome
    after: Outcome | None = None

    @property
    def latest(self) -> Outcome:
        return self.after or self.now

    @property
    def is_right(self) -> bool:
        return bool(self.latest.names) and self.latest.names[0] in self.expected and not self.latest.notes

    @property
    def is_changed(self) -> bool:
        return self.after is not None and self.after != self.now


def check(now: Knowledge, after: Knowledge | None = None) -> list[CheckedCase]:
    """Judge every stored case by `now`, and by `after` where it is given."""
    names = {row.slug: str(row) for row in Instrument.objects.all()}
    return [
        CheckedCase(
            przypadek,
            tuple(map(str, przypadek.oczekiwane.all())),
            _outcome(przypadek, now, names),
            _outcome(przypadek, after, names) if after else None,
        )
        for przypadek in PrzypadekKreatora.objects.prefetch_related("oczekiwane")
    ]


def _outcome(przypadek, knowledge, names) -> Outcome:
    reading = read(QueryDict(przypadek.adres), knowledge)
    verdicts = assess(reading.answers, reading.start or timezone.localdate(), knowledge)
    best = [verdict for verdict in verdicts if verdict.group is not Group.EXCLUDED][:SHOWN]
    return Outcome(
        tuple(names[verdict.instrument] for verdict in best),
        tuple(best),
        (*reading.notes, *reading.errors.values()),
    )
