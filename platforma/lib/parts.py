"""The parts of a catalogue's page: facets with their options, ranges, chips and links, ready to be shown."""

from dataclasses import dataclass
from typing import NamedTuple

from platforma.lib.selection import MISSING_LABEL


class Option(NamedTuple):
    """A facet value as the page shows it; `url` toggles it, None where that would give nothing."""

    id: str
    value: str
    label: str
    count: int
    selected: bool
    url: str | None


@dataclass(frozen=True)
class Facet:
    """A facet as the page shows it: `head` at once, `rest` on demand, `left_out` values not at all."""

    name: str
    label: str
    head: list[Option]
    rest: list[Option]
    open: bool
    left_out: int = 0

    @property
    def options(self) -> list[Option]:
        return self.head + self.rest

    @property
    def is_active(self) -> bool:
        return any(option.selected for option in self.options)


@dataclass(frozen=True)
class Range:
    """A range as the page shows it: two numbers and the choice of rows where they are unknown."""

    name: str
    label: str
    unit: str
    from_value: str
    to_value: str
    missing: Option

    @property
    def from_name(self) -> str:
        return f"{self.name}_od"

    @property
    def to_name(self) -> str:
        return f"{self.name}_do"

    @property
    def options(self) -> list[Option]:
        return [self.missing]

    @property
    def is_active(self) -> bool:
        return bool(self.from_value or self.to_value or self.missing.selected)


@dataclass(frozen=True)
class Chip:
    """One choice in force; `url` is the list without it."""

    key: str
    facet_label: str
    label: str
    url: str

    @property
    def text(self) -> str:
        """The choice in a heading, where „brak danych” alone would not say of what."""
        return f"{self.facet_label.lower()}: {self.label}" if self.label == MISSING_LABEL else self.label


@dataclass(frozen=True)
class SortLink:
    value: str
    label: str
    url: str
    selected: bool


@dataclass(frozen=True)
class Relaxation:
    """A filter whose removal would help a page without results, and how many rows it would give."""

    label: str
    url: str
    count: int
