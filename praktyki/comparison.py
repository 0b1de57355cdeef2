"""Which entries a reader compares, and in which fields."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from platforma.lib.comparison import Field, Row, compare
from platforma.lib.reading import shorten

from .comparison_fields import INSTRUMENT_FIELDS, PRAKTYKA_FIELDS
from .models import Instrument, Praktyka

LEAST, MOST = 2, 4
SLUG = re.compile(r"[a-z0-9_-]{1,120}", re.IGNORECASE)
MAX_READ = 20  # entries looked up; a longer list is read no further


@dataclass(frozen=True)
class Subject:
    """What is compared; `rows` are those a reader may see, `forms` its noun after 1, 2 and 5."""

    parameter: str
    heading: str
    forms: tuple[str, str, str]
    list_name: str
    rows: Callable[[], QuerySet]
    fields: tuple[Field, ...]
    note_name: str = ""  # the page that puts the same entries on one sheet of paper


class Comparison:
    """Reads the entries wanted from an address: unknown and hidden ones alike are named and left out."""

    def __init__(self, subject: Subject, params: QueryDict, path: str):
        self.subject = subject
        self.path = path
        self.wanted = list(dict.fromkeys(slug for slug in params.getlist(subject.parameter) if slug))
        self.only_differences = params.get("roznice") == "1"
        by_slug = subject.rows().in_bulk(self.wanted[:MAX_READ], field_name="slug")
        found = [by_slug[slug] for slug in self.wanted if slug in by_slug]
        self.entries, self.too_many = found[:MOST], found[MOST:]
        self.unknown = [shorten(slug) for slug in self.wanted[:MAX_READ] if slug not in by_slug]

    @property
    def is_possible(self) -> bool:
        return len(self.entries) >= LEAST

    @cached_property
    def rows(self) -> list[Row]:
        return compare(self.subject.fields, self.entries)

    @property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if row.differs] if self.only_differences else self.rows

    @property
    def different(self) -> int:
        return sum(row.differs for row in self.rows)

    @property
    def columns(self) -> list[tuple[object, str]]:
        """Return each entry with the address of the comparison without it."""
        return [
            (entry, self._url([other for other in self.entries if other is not entry]))
            for entry in self.entries
        ]

    @property
    def toggle_url(self) -> str:
        return self._url(self.entries, only_differences=not self.only_differences)

    @property
    def canonical(self) -> str:
        return self._url(self.entries)

    @property
    def more_url(self) -> str:
        """The list, with the entries ticked where it can keep them."""
        return reverse(self.subject.list_name) + self._query(self.entries)

    @property
    def note_url(self) -> str:
        """The note about the same entries, which asks a reader with more than it holds to choose; or ""."""
        name = self.subject.note_name
        return reverse(name) + self._query(self.entries) if name else ""

    def _url(self, entries, only_differences=None) -> str:
        wanted = self.only_differences if only_differences is None else only_differences
        return self.path + self._query(entries, *([("roznice", "1")] if wanted else []))

    def _query(self, entries, *extra) -> str:
        pairs = [*((self.subject.parameter, entry.slug) for entry in entries), *extra]
        return f"?{urlencode(pairs)}" if pairs else ""


def read_picked(slugs: list[str]) -> tuple[list[str], list[str]]:
    """Keep what may be the address of an entry, once each; what was not is left without a word."""
    return [slug for slug in dict.fromkeys(slugs) if SLUG.fullmatch(slug)][:MAX_READ], []


PRAKTYKI = Subject(
    "p",
    "Porównanie praktyk",
    ("praktyka", "praktyki", "praktyk"),
    "praktyki:list",
    lambda: Praktyka.objects.published().for_page(),
    PRAKTYKA_FIELDS,
    "praktyki:notatka",
)
INSTRUMENTY = Subject(
    "i",
    "Porównanie instrumentów",
    ("instrument", "instrumenty", "instrumentów"),
    "praktyki:instrument_list",
    lambda: Instrument.objects.with_published_counts().for_page(),
    INSTRUMENT_FIELDS,
)
