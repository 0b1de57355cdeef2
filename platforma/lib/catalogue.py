"""The query object of a catalogue: it reads an address and gives the page everything it shows.

One object serves the list, its counts, chips, links, and later exports and feeds, so they cannot disagree.
What was typed wrong is left out and named in `notes`; nothing typed raises an error.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from pyroaring import BitMap

from platforma.lib import polish, revision
from platforma.lib.bitmaps import union
from platforma.lib.facets import FacetIndex
from platforma.lib.filters import facet_filters, span_filters
from platforma.lib.kinds import Kind
from platforma.lib.live import State, one_moment
from platforma.lib.pagination import page_links
from platforma.lib.parts import Chip, Facet, Option, Range, Relaxation, SortLink
from platforma.lib.reading import Reader, shorten
from platforma.lib.search.answer import Answer, DidYouMean, page_of
from platforma.lib.selection import MISSING, MISSING_LABEL, Selection, Span

PER_PAGE = 20
LONG_FACET_HEAD = 8
MANY_OPTIONS = 300  # a facet of more values than this shows only its
TOP_OPTIONS = 40  # most frequent ones; the others are found by typing their name
PART = 500  # rows of an export read at once
MAX_NOTES = 8


@dataclass(frozen=True)
class Sort:
    """One way to order a catalogue; `order` are the arguments of `order_by`.

    `lead`, where given, is `(facet, value, sort)`: the rows of that value come first, in the order of `sort`.
    """

    label: str
    order: tuple
    lead: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class RankedSort:
    """An order computed for what the reader carries under `needs`, and offered only then.

    `tiers(index, value, revision)` gives sets of rows, best first, that together are all of `index`.
    """

    label: str
    needs: str
    tiers: Callable[[FacetIndex, str, int], Iterable[BitMap]]


RELEVANCE_NAME = "trafnosc"
RELEVANCE = Sort("trafność", ())


class CatalogueFilterSet(django_filters.FilterSet):
    """What a catalogue declares: its filters, its heading and its orders (the first one is the default).

    `pick` names the carried filter of entries ticked in the list.
    """

    heading = ""
    sorts: dict[str, Sort] = {}
    ranked_sorts: dict[str, RankedSort] = {}
    pick = ""
    open_facets: tuple[str, ...] = ()


class Catalogue:
    """The public rows of `kind`; `params` are the query of the address, `path` the list's own address.

    All that a page shows is read at once and belongs to one revision of the content, `revision`. What takes
    its rows in another way, as exports and feeds do, asks for no page (`paged`).
    """

    def __init__(self, kind: Kind, params: QueryDict, path: str, *, paged: bool = True):
        self.kind = kind
        self.paged = paged
        self.form_url = path
        self.params = params
        self._read(kind.live.get(revision.current()))
        if revision.current() != self.revision:  # the content changed while it was read
            with one_moment(kind.live) as (_number, states):
                self._read(states[kind.name])

    def _read(self, state: State):
        """Read the address, and then the database by the index of `state`."""
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
        self.rows = self._rows(state) if self.paged else []

    # --- answers

    def _answer(self) -> Answer | None:
        """What the words find among public rows, filters aside; None where nothing was searched for."""
        if not self.q:
            return None
        return Answer(self.q, [self.kind.name], lambda kind: self.index.everything, self.revision)

    @property
    def did_you_mean(self) -> DidYouMean | None:
        return self.answer and self.answer.did_you_mean(
            lambda words: self._url(replace(self.selection, words=words))
        )

    @property
    def total(self) -> int:
        return len(self.matching)

    def _rows(self, state) -> list:
        """Return the rows of this page."""
        rows = self.kind.cards(self._page_keys(), state)
        if self.answer:
            self.kind.mark(rows, self.answer.search.highlighter)
        return rows

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

    @property
    def query(self) -> str:
        """The query of this result with its "?", for its exports and feeds; "" where nothing was chosen."""
        return self.selection.query(sort=self._kept_sort)

    def _page_keys(self) -> list[int]:
        start = (self.number - 1) * PER_PAGE
        return self.keys(start, start + PER_PAGE)

    def _ranked_tiers(self) -> Iterable[BitMap]:
        if self.sort == RELEVANCE_NAME:
            return self.answer.tiers[self.kind.name]
        ranked = self.filterset.ranked_sorts[self.sort]
        return ranked.tiers(self.index, self.selection.carried[ranked.needs][0], self.revision)

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name, filter_) for name, filter_ in facet_filters(self.filters)]

    @cached_property
    def ranges(self) -> list[Range]:
        return [self._range(name, filter_) for name, filter_ in span_filters(self.filters)]

    @cached_property
    def chips(self) -> list[Chip]:
        chips = []
        if self.q:
            chips.append(Chip("q", "Szukany tekst", f"„{self.q}”", self._url(self.selection.without("q"))))
        for facet in self.facets:
            for option in facet.options:
                if option.selected:
                    chips.append(Chip(f"{facet.name}:{option.value}", facet.label, option.label, option.url))
        for name, span in self.selection.spans.items():
            url = self._url(self.selection.without(name))
            chips.append(
                Chip(name, self.filters[name].label, _span_label(span, self.filters[name].unit), url)
            )
        return chips

    @cached_property
    def relax(self) -> list[Relaxation]:
        """The filters whose removal gives something, best first; asked only for a page without results."""
        if self.total:
            return []
        helpful = []
        for name in self.filters:
            chosen = self.selection.get(name)
            count = len(self.index.matching(self.selection, self.found, without=name)) if chosen else 0
            if count:
                labels = ", ".join(chip.text for chip in self.chips if chip.key.split(":")[0] == name)
                helpful.append(Relaxation(labels, self._url(self.selection.without(name)), count))
        return sorted(helpful, key=lambda relaxation: -relaxation.count)

    # --- what the page says and links to

    @property
    def q(self) -> str:
        return self.selection.words

    @property
    def is_filtered(self) -> bool:
        return bool(self.selection)

    @property
    def title(self) -> str:
        """The heading: what is listed and what was chosen."""
        chosen = ", ".join(chip.text for chip in self.chips)
        return f"{self.filterset.heading}: {chosen}" if chosen else self.filterset.heading

    @property
    def clear_url(self) -> str:
        return self.form_url + Selection(carried=self.selection.carried).query()

    @property
    def picked(self) -> tuple[str, ...]:
        """The slugs ticked so far, on whatever page."""
        return self.selection.carried.get(self.filterset.pick, ())

    @property
    def picked_elsewhere(self) -> list[str]:
        """The slugs ticked that this page does not show."""
        here = {row.slug for row in self.rows}
        return [slug for slug in self.picked if slug not in here]

    @property
    def canonical(self) -> str:
        """The address of this very page with known parameters only, in a fixed order."""
        default = next(iter(self._sorts))
        sort = "" if self.sort == default else self.sort
        return self.form_url + self.selection.query(sort=sort, strona="" if self.number == 1 else self.number)

    @property
    def sorts(self) -> list[SortLink]:
        return [
            SortLink(value, sort.label, self.form_url + self.selection.query(sort=value), value == self.sort)
            for value, sort in self._sorts.items()
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form with the words and the ranges must carry along."""
        in_form = {"q"} | {
            f"{name}_{end}" for name, _filter in span_filters(self.filters) for end in ("od", "do")
        }
        pairs = [pair for pair in self.selection.pairs() if pair[0] not in in_form]
        return [*pairs, ("sort", self.params["sort"])] if self.sort == self.params.get("sort") else pairs

    @property
    def last_number(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def past_end(self) -> bool:
        return self.number > self.last_number

    @property
    def last_url(self) -> str:
        return self._page_url(self.last_number)

    @property
    def first(self) -> int:
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.number * PER_PAGE, self.total)

    @property
    def pages(self):
        return page_links(self.number, self.last_number, self._page_url)

    @property
    def previous_url(self) -> str | None:
        return self._page_url(self.number - 1) if 1 < self.number <= self.last_number else None

    @property
    def next_url(self) -> str | None:
        return self._page_url(self.number + 1) if self.number < self.last_number else None

    # --- building blocks

    @property
    def _sorts(self) -> dict[str, Sort | RankedSort]:
        """Relevance is offered, and comes first, only where there are words to be relevant to."""
        ranked = self.filterset.ranked_sorts.items()
        offered = {name: sort for name, sort in ranked if sort.needs in self.selection.carried}
        sorts = {**self.filterset.sorts, **offered}
        return {RELEVANCE_NAME: RELEVANCE, **sorts} if self.q else sorts

    @cached_property
    def _counts(self):
        long = {name: TOP_OPTIONS for name, labels in self.labels.items() if len(labels) > MANY_OPTIONS}
        return self.index.counts(self.selection, self.found, long)

    def _facet(self, name, filter_) -> Facet:
        chosen = self.selection.values.get(name, ())
        query = self.selection.toggling(name, sort=self._kept_sort)
        options = [
            self._option(name, value, label, value in chosen, self.form_url + query(value))
            for value, label in self._worth_showing(name, chosen).items()
        ]
        head, rest = options, []
        if len(options) > filter_.limit:
            top = sorted(options, key=lambda option: (not option.selected, -option.count))[:LONG_FACET_HEAD]
            first = {option.value for option in top} | set(chosen)
            head = [option for option in options if option.value in first]
            rest = [option for option in options if option.value not in first]
        left_out = len(self.labels[name]) - len(options)
        is_open = bool(chosen) or name in self.filterset.open_facets
        return Facet(name, filter_.label, head, rest, is_open, left_out)

    def _worth_showing(self, name, chosen) -> dict[str, str]:
        """Cut a list that nobody would read through to its most frequent values and the chosen ones."""
        labels, counts = self.labels[name], self._counts[name]
        if len(labels) <= MANY_OPTIONS:
            return labels
        shown = {*sorted(counts, key=counts.get, reverse=True)[:TOP_OPTIONS], *chosen}
        return {value: label for value, label in labels.items() if value in shown}

    def _range(self, name, filter_) -> Range:
        span = self.selection.spans.get(name) or Span()
        target = self.selection.with_span(name, replace(span, missing=not span.missing))
        missing = self._option(name, MISSING, MISSING_LABEL, span.missing, self._url(target))
        typed = [shorten(self.params.get(f"{name}_{end}", "")) for end in ("od", "do")]
        return Range(name, filter_.label, filter_.unit, *typed, missing)

    def _option(self, name, value, label, selected, url) -> Option:
        count = self._counts[name][value]
        return Option(f"f-{name}-{value}", value, label, count, selected, url if count or selected else None)

    @property
    def _kept_sort(self) -> str:
        """The order the reader chose, which links keep; "" for none."""
        return self.sort if self.params.get("sort") == self.sort else ""

    def _url(self, selection: Selection) -> str:
        """Return the list's address for `selection`, from page one."""
        return self.form_url + selection.query(sort=self._kept_sort)

    def _page_url(self, number: int) -> str:
        page = "" if number == 1 else number
        return self.form_url + self.selection.query(sort=self._kept_sort, strona=page)


def _span_label(span: Span, unit: str) -> str:
    parts = []
    if span.low is not None:
        parts.append(f"od {polish.number(span.low)}")
    if span.high is not None:
        parts.append(f"do {polish.number(span.high)}")
    text = f"{' '.join(parts)} {unit}".strip() if parts else ""
    return " lub ".join(part for part in (text, MISSING_LABEL if span.missing else "") if part)


def _at_most(notes: list[str], limit: int) -> list[str]:
    rest = len(notes) - limit
    return notes if rest <= 0 else [*notes[:limit], f"Pominęliśmy też inne części adresu ({rest})."]
