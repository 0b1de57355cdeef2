"""Side by side: what entries say in each field, and whether they say the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a row shows about its entries, in the words a reader sees."""

    DIFFERENT = "różni się"
    PARTIAL = "niepełne dane"
    SAME = "bez różnic"
    UNKNOWN = "brak danych"


@dataclass(frozen=True)
class Item:
    """One thing a cell says; `url` is where it leads, `note` what only explains it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Field:
    """A row to be: its label and how to read it from an entry; `prose` is text in paragraphs."""

    label: str
    read: Callable[[object], Iterable[Item]]
    prose: bool = False


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[tuple[Item, ...], ...]
    verdict: Verdict
    prose: bool

    @property
    def differs(self) -> bool:
        """Tell whether the row is worth a look by those who want differences: a gap may hide one."""
        return self.verdict in (Verdict.DIFFERENT, Verdict.PARTIAL)


def compare(fields: Iterable[Field], entries: Sequence) -> list[Row]:
    """Return a row for every field with one cell an entry; items without text are left out."""
    return [_row(field, [_cell(field, entry) for entry in entries]) for field in fields]


def _row(field: Field, cells: list[tuple[Item, ...]]) -> Row:
    return Row(field.label, tuple(cells), judge(cells), field.prose)


def _cell(field: Field, entry) -> tuple[Item, ...]:
    return tuple(item for item in field.read(entry) if item.text.strip())


def judge(cells: Sequence[tuple[Item, ...]]) -> Verdict:
    """Say whether the cells agree; the order of items, spaces and notes do not count.

    An empty cell is unknown, not another value: it agrees with nothing and contradicts nothing.
    """
    known = [frozenset(" ".join(item.text.split()) for item in cell) for cell in cells if cell]
    if not known:
        return Verdict.UNKNOWN
    if len(set(known)) > 1:
        return Verdict.DIFFERENT
    return Verdict.SAME if len(known) == len(cells) else Verdict.PARTIAL
