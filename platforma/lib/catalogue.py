"""The query object of a catalogue: it reads an address and gives the page everything it shows.

One object serves the list, its counts, chips, links, and later exports and feeds, so they cannot disagree.
What was typed wrong is left out and named in `notes`; nothing typed raises an error.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import django_filters
from django.http import QueryDict

from platforma.lib.facets import SqlIndex
from platforma.lib.filters import MAX_QUERY_CHARS, FacetFilter, SpanFilter
from platforma.lib.pagination import page_links, read_page_number
from platforma.lib.selection import MISSING, MISSING_LABEL, Selection, Span

PER_PAGE = 20
LONG_FACET_HEAD = 8
SHOWN_CHARS = 40


@dataclass(frozen=True)
class Sort:
    """One way to order a catalogue; `order` are the arguments of `order_by`."""

    label: str
    order: tuple[str, ...]


RELEVANCE = Sort("trafność", ("trafnosc",))


class CatalogueFilterSet(django_filters.FilterSet):
    """What a catalogue declares: its filters, its heading and its orders (the first one is the default)."""

    heading = ""
    sorts: dict[str, Sort] = {}
    open_facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """A facet value as the page shows it; `url` toggles it and is None for a value that would give nothing."""

    id: str
    value: str
    label: str
    count: int
    selected: bool
    url: str | None


@dataclass(frozen=True)
class Facet:
    """A facet as the page shows it: `head` at once, `rest` on demand."""

    name: str
    label: str
    head: list[Option]
    rest: list[Option]
    open: bool

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
    def is_active(self) -> bool:
        return bool(self.from_value or self.to_value or self.missing.selected)


@dataclass(frozen=True)
class Chip:
    """One choice in force; `url` is the list without it."""

    key: str
    facet_label: str
    label: str
    url: str


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


class Catalogue:
    """`rows` are the public rows, `params` the query of the address, `path` the list's own address."""

    def __init__(self, filterset_class, rows, params: QueryDict, path: str):
        self.form_url = path
        self.params = params
        self.filterset = filterset_class(data=params.copy(), queryset=rows)
        self.filters = self.filterset.filters
        self.notes: list[str] = []
        self.selection = self._read()
        self.index = SqlIndex(rows, self.filters)
        self.sort = self._read_sort()
        self.number = self._read_number()

    # --- reading the address

    def _read(self) -> Selection:
        self._note_unknown_names()
        data = self.filterset.data
        for name, filter_ in self._facets():
            data.setlist(name, self._known_values(name, [value for value, _label in filter_.options()]))
        for name, _filter in self._spans():
            self._known_values(name, [MISSING])
        if len(self.params.get("q", "")) > MAX_QUERY_CHARS:
            self.notes.append(f"Szukamy tylko pierwszych {MAX_QUERY_CHARS} znaków wpisanego tekstu.")
            data["q"] = data["q"][:MAX_QUERY_CHARS]
        return self._clean()

    def _clean(self) -> Selection:
        form = self.filterset.form
        for name, errors in form.errors.items():
            self.notes.append(f"Pominęliśmy filtr „{self.filters[name].label.lower()}”: {errors[0]}")
        cleaned = form.cleaned_data
        selection = Selection(words=" ".join(cleaned.get("q", "").split()))
        for name, _filter in self._facets():
            selection = selection.with_values(name, cleaned.get(name) or ())
        for name, _filter in self._spans():
            span = replace(cleaned.get(name) or Span(), missing=MISSING in self.params.getlist(name))
            selection = selection.with_span(name, span)
        return selection

    def _note_unknown_names(self):
        known = {"sort", "strona", *self.filters}
        known |= {f"{name}_{end}" for name, _filter in self._spans() for end in ("od", "do")}
        for name in self.params:
            if name not in known:
                self.notes.append(f"Pominęliśmy nieznany parametr adresu „{_shorten(name)}”.")

    def _known_values(self, name, known) -> list[str]:
        wanted = dict.fromkeys(value for value in self.params.getlist(name) if value)
        for value in wanted:
            if value not in known:
                label = self.filters[name].label.lower()
                self.notes.append(f"Pominęliśmy nieznaną wartość „{_shorten(value)}” filtra „{label}”.")
        return [value for value in wanted if value in known]

    def _read_sort(self) -> str:
        wanted = self.params.get("sort", "")
        if wanted and wanted not in self._sorts:
            self.notes.append(f"Pominęliśmy nieznaną kolejność „{_shorten(wanted)}”.")
        return wanted if wanted in self._sorts else next(iter(self._sorts))

    def _read_number(self) -> int:
        number = read_page_number(self.params.get("strona"))
        if number is None:
            self.notes.append("Pominęliśmy numer strony, którego nie da się odczytać.")
        return number or 1

    # --- answers

    @cached_property
    def total(self) -> int:
        return self.index.total(self.selection)

    @cached_property
    def rows(self) -> list:
        start = (self.number - 1) * PER_PAGE
        return self.index.page(self.selection, self._sorts[self.sort].order, start, start + PER_PAGE)

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name, filter_) for name, filter_ in self._facets()]

    @cached_property
    def ranges(self) -> list[Range]:
        return [self._range(name, filter_) for name, filter_ in self._spans()]

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
            chips.append(Chip(name, self.filters[name].label, _span_label(span, self.filters[name].unit), url))
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
                labels = ", ".join(chip.label for chip in self.chips if chip.key.split(":")[0] == name)
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
        chosen = ", ".join(chip.label for chip in self.chips)
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
        in_form = {"q"} | {f"{name}_{end}" for name, _filter in self._spans() for end in ("od", "do")}
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

    def _facets(self):
        return [(name, filter_) for name, filter_ in self.filters.items() if isinstance(filter_, FacetFilter)]

    def _spans(self):
        return [(name, filter_) for name, filter_ in self.filters.items() if isinstance(filter_, SpanFilter)]

    def _facet(self, name, filter_) -> Facet:
        chosen = self.selection.values.get(name, ())
        options = [
            self._option(name, value, label, selected=value in chosen, target=self.selection.toggled(name, value))
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
        typed = [_shorten(self.params.get(f"{name}_{end}", "")) for end in ("od", "do")]
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
        parts.append(f"od {span.low}")
    if span.high is not None:
        parts.append(f"do {span.high}")
    text = f"{' '.join(parts)} {unit}".strip() if parts else ""
    return " lub ".join(part for part in (text, MISSING_LABEL if span.missing else "") if part)


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"
