"""Answers of a catalogue: which rows match a selection, and how many there would be for every facet value."""

from collections import Counter

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from platforma.lib.filters import FacetFilter, SpanFilter
from platforma.lib.selection import MISSING, Selection, Span
from platforma.lib.text import words


class SqlIndex:
    """Answers with SQL on the rows given, which must already be the public ones.

    The three questions (`total`, `counts`, `page`) are all a catalogue asks; any other engine behind the same
    three gives the same answers.
    """

    def __init__(self, rows: QuerySet, filters: dict):
        self.rows = rows
        self.filters = filters

    def total(self, selection: Selection, without: str | None = None) -> int:
        """Return how many rows match; choices of the filter `without` are ignored."""
        return self._matching(selection, without).count()

    def counts(self, selection: Selection) -> dict[str, Counter]:
        """Return `{filter: {value: n}}`: n rows would match if `value` alone were chosen in its filter.

        Every facet is counted, and `MISSING` of every range.
        """
        counts = {}
        for name, filter_ in self.filters.items():
            if isinstance(filter_, FacetFilter):
                pairs = filter_.pairs(self._matching(selection, name))
                counts[name] = Counter(value for _pk, value in pairs)
            elif isinstance(filter_, SpanFilter):
                missing = self._matching(selection, name).filter(filter_.condition(Span(missing=True)))
                counts[name] = Counter({MISSING: missing.count()})
        return counts

    def page(self, selection: Selection, order: tuple, start: int, stop: int) -> list:
        """Return the matching rows from `start` to `stop` (0-based, end excluded) in `order`."""
        rows = self._matching(selection)
        if order == ("trafnosc",):
            rows, order = self._ranked(rows, selection.words), ("-rank", "sort_key", "pk")
        return list(rows.for_cards().order_by(*order)[start:stop])

    def _matching(self, selection, without=None):
        condition = Q()
        for name, filter_ in self.filters.items():
            chosen = selection.get(name)
            if chosen is not None and name != without:
                condition &= filter_.condition(chosen)
        return self.rows.filter(condition)

    def _ranked(self, rows, text):
        """Put rows whose title (the first line of the folded text) has every word before the others."""
        in_title = Q()
        for word in words(text):
            in_title &= Q(search_text__regex=rf"^([^\n]*[^a-z0-9\n])?{word}")
        return rows.annotate(
            rank=Case(When(in_title, then=Value(1)), default=Value(0), output_field=IntegerField())
        )
