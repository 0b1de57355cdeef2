"""The parts of the chooser's page, ready to be shown."""

from dataclasses import dataclass
from decimal import Decimal

from ..models import Instrument, Pytanie
from .assess import Verdict
from .knowledge import Option, Question


@dataclass(frozen=True)
class Field:
    """A question as the form shows it; `chosen` is None where it is skipped."""

    question: Question
    chosen: Option | None
    number: Decimal | None
    typed: str
    error: str

    @property
    def is_answered(self) -> bool:
        return self.chosen is not None or self.number is not None

    @property
    def unit(self) -> str:
        return Pytanie.Jednostka(self.question.jednostka).label


@dataclass(frozen=True)
class PracticeLink:
    url: str
    count: int
    audience: str = ""


@dataclass(frozen=True)
class Card:
    """A verdict with the instrument's row and the practices it leads to."""

    instrument: Instrument
    verdict: Verdict
    practices: PracticeLink
    narrowed: list[PracticeLink]


@dataclass(frozen=True)
class Step:
    """A link that changes one answer, and the names of what would then be left."""

    url: str
    label: str
    instruments: list[Instrument]


@dataclass(frozen=True)
class Obstacle:
    question: Question
    option: Option | None
    count: int
    steps: list[Step]
