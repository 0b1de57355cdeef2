"""What an import found and did, and who may do it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model


@dataclass(frozen=True)
class Mistake:
    """What is wrong: the row as the spreadsheet numbers it, the column, what stood there, what to do."""

    row: int
    column: str
    value: str
    about: str


@dataclass
class Outcome:
    """What an import would do or did; with any mistake it stores nothing."""

    mistakes: list[Mistake] = field(default_factory=list)
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True)
class Rights:
    """Who imports: may they add rows, and may they change this one."""

    may_add: bool
    may_change: Callable[[Model], bool]
    person: Model
