"""What the page of a catalogue says and links to: facets, chips, its heading, orders and addresses."""

from dataclasses import replace
from functools import cached_property
from heapq import nlargest

from platforma.lib import polish
from platforma.lib.filters import facet_filters, span_filters
from platforma.lib.pagination import page_links
from platforma.lib.parts import Chip, Facet, Option, Range, Relaxation, SortLink
from platforma.lib.reading import shorten
from platforma.lib.search.answer import DidYouMean
from platforma.lib.selection import MISSING, MISSING_LABEL, Selection, Span

LONG_FACET_HEAD = 8
MANY_OPTIONS = 300  # a facet of more values than this shows only its
TOP_OPTIONS = 40  # most frequent ones; the others are found by typing their name


class Listing:
    """The words around what `platforma.lib.catalogue.Catalogue` found; nothing here asks the database."""

    # --- facets, ranges, chips

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

    # --- what the page says

    @property
    def q(self) -> str:
        return self.selection.words

    @property
    def is_filtered(self) -> bool:
        return bool(self.selection)

    @cached_property
    def title(self) -> str:
        """The heading: what is listed and what was chosen."""
        chosen = ", ".join(chip.text for chip in self.chips)
        return f"{self.filterset.heading}: {chosen}" if chosen else self.filterset.heading

    @cached_property
    def query(self) -> str:
        """The query of this result with its "?", for its exports and feeds; "" where nothing was chosen."""
        return self.selection.query(sort=self._kept_sort)

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
    def did_you_mean(self) -> DidYouMean | None:
        return self.answer and self.answer.did_you_mean(
            lambda words: self._url(replace(self.selection, words=words))
        )

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

    # --- its other pages

    @property
    def past_end(self) -> bool:
        return self.number > self.last_number

    @property
    def last_url(self) -> str:
        return self._page_url(self.last_number)

    @cached_property
    def pages(self):
        return page_links(self.number, self.last_number, self._page_url)

    @property
    def previous_url(self) -> str | None:
        return self._page_url(self.number - 1) if 1 < self.number <= self.last_number else None

    @property
    def next_url(self) -> str | None:
        return self._page_url(self.number + 1) if self.number < self.last_number else None

    # --- building blocks

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
        shown = {*nlargest(TOP_OPTIONS, counts, key=counts.get), *chosen}
        return {value: labels[value] for value in labels.in_order(shown)}

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
