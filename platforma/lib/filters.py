"""The kinds of filter a catalogue is declared with, on top of django-filter.

A filter set says *which* questions a catalogue answers; `platforma.lib.facets` answers them and
`platforma.lib.catalogue` reads the address and builds the page.
"""

from collections.abc import Callable, Iterable

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django_filters.widgets import SuffixedMultiWidget

from platforma.lib.keys import JoinedKeys, link_of, split_keys
from platforma.lib.selection import MISSING, MISSING_LABEL, Span

MAX_QUERY_CHARS = 200


class ConditionMixin:
    """A filter that can say its choice as one condition, so that an engine may leave it out or combine it."""

    def filter(self, qs, value):
        return qs.filter(self.condition(value)) if value else qs


class WordsFilter(django_filters.CharFilter):
    """Free text; the search index finds it, see `platforma.lib.search`."""

    def __init__(self, **kwargs):
        super().__init__(max_length=MAX_QUERY_CHARS, **kwargs)


class CarriedFilter(django_filters.Filter):
    """What a reader brought along; it narrows nothing, and every link of the list passes it on.

    `read(values)` returns the values worth keeping, and Polish notes on those that were not.
    """

    def __init__(self, read: Callable[[list[str]], tuple[list[str], list[str]]], **kwargs):
        self.read = read
        super().__init__(**kwargs)


class FacetFilter(ConditionMixin, django_filters.Filter):
    """A facet: OR among its values. `paths` lead from a row to its values (their union, when several).

    `options` gives `(value, label)` pairs in the order to show, of values in use only with `only_used`;
    `missing` adds „brak danych” for rows without any value; `limit` is how many options are shown at once.
    """

    def __init__(
        self,
        *paths: str,
        options: Callable[[], Iterable],
        missing=True,
        only_used=False,
        limit=12,
        **kwargs,
    ):
        self.paths = paths
        self.missing = missing
        self.only_used = only_used
        self.limit = limit
        self._load_options = options
        super().__init__(paths[0] if paths else None, **kwargs)

    def load_options(self) -> list[tuple[str, str]]:
        """Return all `(value, label)` pairs, "brak danych" last."""
        options = [(str(value), str(label)) for value, label in self._load_options()]
        return [*options, (MISSING, MISSING_LABEL)] if self.missing else options

    def condition(self, values: tuple[str, ...]) -> Q:
        """Return the condition "has one of `values`"; subqueries keep the rows single."""
        condition = Q()
        known = [value for value in values if value != MISSING]
        if known:
            for path in self.paths:
                condition |= self._rows(**{f"{path}__in": known})
        if MISSING in values:
            has_value = Q()
            for path in self.paths:
                has_value |= self._rows(**self._present(path))
            condition |= ~has_value
        return condition

    def value_keys(self, keys: list[int] | None = None):
        """Yield `(value, keys)`, path by path, of the rows `keys`, or of all there are, public or not."""
        for path in self.paths:
            source, key, value = self._source(path)
            having = source.order_by().filter(**{f"{value}__isnull": False})
            if keys is not None:
                having = having.filter(**{f"{key}__in": keys})
            for text, joined in having.values_list(value).annotate(keys=JoinedKeys(key)):
                if text != "":
                    yield str(text), split_keys(joined)

    def moments(self, rows: QuerySet, now) -> list:
        """Return the `(moment, pk)` pairs at which a row's value will change by itself; usually none."""
        return []

    def _source(self, path) -> tuple[QuerySet, str, str]:
        """Return what to read `path` from, its key and its value there: the linking table, if it can."""
        first, _, rest = path.partition("__")
        field = self.model._meta.get_field(first)
        if not field.many_to_many:
            return self.model.objects.all(), "pk", path
        through, source, target = link_of(field)
        return through.objects.all(), source.attname, f"{target.name}__{rest}"

    def _rows(self, **lookup) -> Q:
        return Q(pk__in=self.model.objects.filter(**lookup).values("pk"))

    def _present(self, path):
        return {f"{path}__gt": ""}


class NumberFacetFilter(FacetFilter):
    """A facet over whole numbers, e.g. years."""

    def _present(self, path):
        return {f"{path}__isnull": False}


class ConditionFacetFilter(FacetFilter):
    """A facet whose values are conditions: `{value: (label, function giving a Q)}`.

    Where the conditions ask for the time, `changes_at(rows, now)` gives the `(moment, pk)` pairs at which a
    row's value will be another.
    """

    def __init__(self, conditions: dict[str, tuple[str, Callable[[], Q]]], *, changes_at=None, **kwargs):
        self.conditions = conditions
        self.changes_at = changes_at
        super().__init__(
            options=lambda: [(value, label) for value, (label, _q) in conditions.items()], **kwargs
        )

    def condition(self, values):
        condition = Q()
        for value in values:
            condition |= self._q(value)
        return condition

    def value_keys(self, keys=None):
        rows = self.model.objects.order_by()
        for value in self.conditions:
            having = rows.filter(self._q(value)) if keys is None else rows.filter(self._q(value), pk__in=keys)
            (joined,) = having.aggregate(keys=JoinedKeys("pk")).values()
            if joined:
                yield value, split_keys(joined)

    def moments(self, rows, now):
        return self.changes_at(rows, now) if self.changes_at else []

    def _q(self, value):
        if value != MISSING:
            return self.conditions[value][1]()
        known = Q()
        for _label, condition in self.conditions.values():
            known |= condition()
        return ~known


class _SpanWidget(SuffixedMultiWidget):
    suffixes = ["od", "do"]

    def __init__(self):
        super().__init__([forms.TextInput, forms.TextInput])


class _SpanField(forms.MultiValueField):
    widget = _SpanWidget

    def __init__(self, *, number_field, required=False, label=None):
        super().__init__(
            [number_field, number_field], required=required, require_all_fields=False, label=label
        )

    def clean(self, value):
        return super().clean([_plain_number(part) for part in value])

    def compress(self, parts):
        low, high = parts or (None, None)
        if low is not None and high is not None and low > high:
            raise forms.ValidationError("początek zakresu jest większy niż koniec.")
        return Span(low, high)


def facet_filters(filters: dict) -> list[tuple[str, FacetFilter]]:
    """Return the `(name, filter)` pairs that are facets, as declared."""
    return [(name, filter_) for name, filter_ in filters.items() if isinstance(filter_, FacetFilter)]


def span_filters(filters: dict) -> list[tuple[str, "SpanFilter"]]:
    """Return the `(name, filter)` pairs that are ranges, as declared."""
    return [(name, filter_) for name, filter_ in filters.items() if isinstance(filter_, SpanFilter)]


def carried_filters(filters: dict) -> list[tuple[str, CarriedFilter]]:
    """Return the `(name, filter)` pairs that only pass something on, as declared."""
    return [(name, filter_) for name, filter_ in filters.items() if isinstance(filter_, CarriedFilter)]


def _plain_number(text):
    """Accept how Poles write numbers: "10 000,50" is 10000.50."""
    return "".join((text or "").split()).replace(",", ".")


class SpanFilter(ConditionMixin, django_filters.Filter):
    """A range `name_od`–`name_do` over rows that last from `start` to `end` (columns; the same for a point).

    A row matches when it overlaps the range. `start` alone means "still going on", `end` alone is a point;
    neither is „brak danych”, asked for by `name=brak` beside or instead of the range.
    """

    field_class = _SpanField

    def __init__(self, start: str, end: str, *, number_field, unit: str, **kwargs):
        self.start, self.end, self.unit = start, end, unit
        super().__init__(start, number_field=number_field, **kwargs)

    def condition(self, span: Span) -> Q:
        start_unknown, end_unknown = Q(**{f"{self.start}__isnull": True}), Q(**{f"{self.end}__isnull": True})
        missing = start_unknown & end_unknown
        if span.low is None and span.high is None:
            return missing
        inside = ~missing
        if span.high is not None:
            inside &= Q(**{f"{self.start}__lte": span.high}) | (
                start_unknown & Q(**{f"{self.end}__lte": span.high})
            )
        if span.low is not None:
            inside &= Q(**{f"{self.end}__gte": span.low}) | (end_unknown & ~start_unknown)
        return inside | missing if span.missing else inside
