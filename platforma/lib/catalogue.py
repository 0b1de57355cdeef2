"""The query object of a catalogue: it reads an address and gives the page everything it shows.

One object serves the list, its counts, chips, links, and later exports and feeds, so they cannot disagree.
What was typed wrong is left out and named in `notes`; nothing typed raises an error.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import django_filters
from django.http import QueryDict

from platforma.lib import polish
from platforma.lib.facets import SqlIndex
from platforma.lib.filters import facet_filters, span_filters
from platforma.lib.pagination import page_links
from platforma.lib.parts import Chip, Facet, Option, Range, Relaxation, SortLink
from platforma.lib.reading import Reader, shorten
from platforma.lib.selection import MISSING, MISSING_LABEL, Selection, Span

PER_PAGE = 20
LONG_FACET_HEAD = 8
MAX_NOTES = 8


@dataclass(frozen=True)
class Sort:
    """One way to order a catalogue; `order` are the arguments of `order_by`."""

    label: str
    order: tuple


RELEVANCE = Sort("trafność", ("trafnosc",))


class CatalogueFilterSet(django_filters.FilterSet):
    """What a catalogue declares: its filters, its heading and its orders (the first one is the default)."""

    heading = ""
    sorts: dict[str, Sort] = {}
    open_facets: tuple[str, ...] = ()


class Catalogue:
    """`rows` are the public rows, `params` the query of the address, `path` the list's own address."""

    def __init__(self, filterset_class, rows, params: QueryDict, path: str):
        self.form_url = path
        self.params = params
        self.filterset = filterset_class(data=params, queryset=rows)
        self.filters = self.filterset.filters
        self.index = SqlIndex(rows, self.filters)
        reader = Reader(self.filterset, params)
        self.selection = reader.selection()
        self.sort = reader.sort(self._sorts)
        self.number = reader.page_number()
        self.notes = _at_most(reader.notes, MAX_NOTES)

    # --- answers

    @cached_property
    def total(self) -> int:
        return self.index.total(self.selection)

    @cached_property
    def rows(self) -> list:
        start = (self.number - 1) * PER_PAGE
        if start >= self.total:
            return []
        return self.index.page(self.selection, self._sorts[self.sort].order, start, start + PER_PAGE)

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
            count = self.index.total(self.selection, without=name) if self.selection.get(name) else 0
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
        return self.form_url

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

    @cached_property
    def _sorts(self) -> dict[str, Sort]:
        """Relevance is offered, and comes first, only where there are words to be relevant to."""
        return {"trafnosc": RELEVANCE, **self.filterset.sorts} if self.q else self.filterset.sorts

    @cached_property
    def _counts(self):
        return self.index.counts(self.selection)

    def _facet(self, name, filter_) -> Facet:
        chosen = self.selection.values.get(name, ())
        options = [
            self._option(
                name, value, label, selected=value in chosen, target=self.selection.toggled(name, value)
            )
            for value, label in filter_.options()
        ]
        head = options
        if len(options) > filter_.limit:
            top = sorted(options, key=lambda option: (not option.selected, -option.count))[:LONG_FACET_HEAD]
            head = [option for option in options if option in top or option.selected]
        rest = [option for option in options if option not in head]
        return Facet(name, filter_.label, head, rest, bool(chosen) or name in self.filterset.open_facets)

    def _range(self, name, filter_) -> Range:
        span = self.selection.spans.get(name) or Span()
        target = self.selection.with_span(name, replace(span, missing=not span.missing))
        missing = self._option(name, MISSING, MISSING_LABEL, selected=span.missing, target=target)
        typed = [shorten(self.params.get(f"{name}_{end}", "")) for end in ("od", "do")]
        return Range(name, filter_.label, filter_.unit, *typed, missing)

    def _option(self, name, value, label, *, selected, target) -> Option:
        count = self._counts[name][value]
        url = self._url(target) if count or selected else None
        return Option(f"f-{name}-{value}", value, label, count, selected, url)

    def _url(self, selection: Selection) -> str:
        """Return the list's address for `selection`, keeping an order the reader chose, from page one."""
        keep = self.sort if self.params.get("sort") == self.sort else ""
        return self.form_url + selection.query(sort=keep)

    def _page_url(self, number: int) -> str:
        keep = self.sort if self.params.get("sort") == self.sort else ""
        return self.form_url + self.selection.query(sort=keep, strona="" if number == 1 else number)


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
