"""The query object of a catalogue: it reads an address and gives the page everything it shows.

One object serves the list, its counts, chips, links, and later exports and feeds, so they cannot disagree.
What was typed wrong is left out and named in `notes`; nothing typed raises an error.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from pyroaring import BitMap

from platforma.lib import revision
from platforma.lib.bitmaps import union
from platforma.lib.catalogue_filters import RELEVANCE, RELEVANCE_NAME, RankedSort, Sort
from platforma.lib.kinds import Kind
from platforma.lib.listing import MANY_OPTIONS, TOP_OPTIONS, Listing
from platforma.lib.live import State, one_moment
from platforma.lib.reading import Reader
from platforma.lib.search.answer import Answer, page_of

PER_PAGE = 20
PART = 500  # rows of an export read at once
MAX_NOTES = 8


class Catalogue(Listing):
    """The public rows of `kind`; `params` are the query of the address, `path` the list's own address.

    All that a page shows is read at once and belongs to one revision of the content, `revision`. What takes
    its rows in another way, as exports and feeds do, asks for no page (`paged`).
    """

    def __init__(self, kind: Kind, params: QueryDict, path: str, *, paged: bool = True):
        self.kind = kind
        self.paged = paged
        self.form_url = path
        self.params = params
        if self._read(kind.live.get(revision.current())) != self.revision:  # it changed while it was read
            with one_moment(kind.live) as (_number, states):
                self._read(states[kind.name])

    def _read(self, state: State) -> int:
        """Read the address, then the database by the index of `state`; return its revision at the end."""
        self.revision, self.index, self.labels = state.number, state.index, state.shown
        self.filterset, self.filters = self.kind.live.filterset_class, self.kind.live.builder.filters
        reader = Reader(self.filters, self.params, self.labels)
        self.selection = reader.selection()
        self.sort = reader.sort(self._sorts)
        self.number = reader.page_number()
        self.notes = _at_most(reader.notes, MAX_NOTES)
        self.answer = self._answer()
        self.found = union(self.answer.tiers[self.kind.name]) if self.answer else None
        self.matching = self.index.matching(self.selection, self.found)
        self.rows, read_at = self._rows(state) if self.paged else ([], revision.current())
        return read_at

    @property
    def _sorts(self) -> dict[str, Sort | RankedSort]:
        """Relevance is offered, and comes first, only where there are words to be relevant to."""
        ranked = self.filterset.ranked_sorts.items()
        offered = {name: sort for name, sort in ranked if sort.needs in self.selection.carried}
        sorts = {**self.filterset.sorts, **offered}
        return {RELEVANCE_NAME: RELEVANCE, **sorts} if self.q else sorts

    def _answer(self) -> Answer | None:
        """What the words find among public rows, filters aside; None where nothing was searched for."""
        if not self.q:
            return None
        return Answer(self.q, [self.kind.name], lambda kind: self.index.everything, self.revision)

    # --- what is found

    @property
    def total(self) -> int:
        return len(self.matching)

    @cached_property
    def _counts(self):
        long = {name: TOP_OPTIONS for name, labels in self.labels.items() if len(labels) > MANY_OPTIONS}
        return self.index.counts(self.selection, self.found, long)

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the primary keys of the result from place `start` to `stop` (default: all), in order."""
        stop = self.total if stop is None else min(stop, self.total)
        if start >= stop:
            return []
        if self.sort not in self.filterset.sorts:
            return self._best_first(start, stop)
        if lead := self.filterset.sorts[self.sort].lead:
            return self._leading_first(*lead, start, stop)
        return self.index.page(self.matching, self.sort, start, stop)

    def _best_first(self, start, stop):
        default = next(iter(self.filterset.sorts))
        tiers = (tier & self.matching for tier in self._ranked_tiers())

        def order(rows, first, last):
            return self.index.page(rows, default, first, last)

        return page_of(tiers, order, start, stop)

    def _leading_first(self, facet, value, sort, start, stop):
        leading = self.matching & self.index.values[facet].get(value, BitMap())
        count = len(leading)
        keys = self.index.page(leading, sort, start, min(stop, count)) if start < count else []
        if stop > count:
            keys += self.index.page(self.matching - leading, self.sort, max(0, start - count), stop - count)
        return keys

    def _ranked_tiers(self) -> Iterable[BitMap]:
        if self.sort == RELEVANCE_NAME:
            return self.answer.tiers[self.kind.name]
        ranked = self.filterset.ranked_sorts[self.sort]
        return ranked.tiers(self.index, self.selection.carried[ranked.needs][0], self.revision)

    # --- its rows

    @property
    def last_number(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.number * PER_PAGE, self.total)

    def _page_keys(self) -> list[int]:
        start = (self.number - 1) * PER_PAGE
        return self.keys(start, start + PER_PAGE)

    def _rows(self, state) -> tuple[list, int]:
        """Return the rows of this page, and the revision when they were all read."""
        return self.kind.cards(self._page_keys(), state, self.answer and self.answer.search.highlighter)

    def every_row(self, fetch: Callable[[QuerySet], QuerySet]) -> Iterator:
        """Yield all rows of the result in order, as `fetch` reads them: in parts, so memory stays constant.

        A row that is withdrawn meanwhile is left out.
        """
        keys = self.keys()
        for start in range(0, len(keys), PART):
            yield from self.rows_of(keys[start : start + PART], fetch)

    def rows_of(self, keys: list[int], fetch: Callable[[QuerySet], QuerySet]) -> list:
        """Return the public rows of `keys` in that order, as `fetch` reads them."""
        by_key = fetch(self.kind.model.objects.published()).in_bulk(keys)
        return [by_key[key] for key in keys if key in by_key]


def _at_most(notes: list[str], limit: int) -> list[str]:
    rest = len(notes) - limit
    return notes if rest <= 0 else [*notes[:limit], f"Pominęliśmy też inne części adresu ({rest})."]
