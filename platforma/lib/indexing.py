"""Building a facet index from the database, and bringing one up to date by the rows that changed."""

import itertools
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from django.db.models import CharField, Count, DateTimeField, Max, QuerySet, Sum
from pyroaring import BitMap

from platforma.lib import ordering
from platforma.lib.bitmaps import bitmap, keys_of, union
from platforma.lib.facets import FacetIndex
from platforma.lib.filters import facet_filters, span_filters
from platforma.lib.forward import make_forward
from platforma.lib.ordered import Ordered
from platforma.lib.selection import MISSING

PART = 5_000  # rows read at once
SPARE_KEYS = 10_000  # room for new rows before the arrays grow
MANY_VALUES = 200  # from which a facet is also kept the other way round


class Builder:
    """Reads what the filters and orders of `filterset_class` need to know about rows of its model."""

    def __init__(self, filterset_class):
        self.filters = filterset_class().filters
        self.orders = {name: ordering.terms_of(sort.order) for name, sort in filterset_class.sorts.items()}
        self.columns = sorted({term.column for terms in self.orders.values() for term in terms})
        ends = {end for _name, filter_ in span_filters(self.filters) for end in (filter_.start, filter_.end)}
        self.read_columns = sorted(ends.union(self.columns, ["pk"]))
        model = filterset_class._meta.model
        fields = {
            name: model._meta.pk if name == "pk" else model._meta.get_field(name) for name in self.columns
        }
        self.texts = {name for name, field in fields.items() if isinstance(field, CharField)}
        self.moments_in = {name for name, field in fields.items() if isinstance(field, DateTimeField)}

    def labels(self) -> dict[str, list[tuple[str, str]]]:
        """Return the `(value, label)` pairs of every facet, as the database has them now."""
        return {name: filter_.load_options() for name, filter_ in facet_filters(self.filters)}

    def shown(self, labels: dict[str, list[tuple[str, str]]], index: FacetIndex) -> dict[str, Ordered]:
        """Return `{facet: {value: label}}` in the order of `labels`, where wanted of values in use only."""
        return {
            name: Ordered(
                (value, label)
                for value, label in labels[name]
                if not filter_.only_used or value in index.values[name]
            )
            for name, filter_ in facet_filters(self.filters)
        }

    def moments(self, rows: QuerySet, now) -> list:
        """Return `(moment, key)` of the rows whose facet values time alone will change."""
        return [pair for _name, filter_ in facet_filters(self.filters) for pair in filter_.moments(rows, now)]

    def build(self, rows: QuerySet) -> FacetIndex:
        """Return the index of `rows`."""
        read = self._read(rows)
        keys = read["pk"].astype(np.uint32)
        size = int(keys.max(initial=0)) + 1 + SPARE_KEYS
        columns = {name: ordering.make_column(keys, read[name], size) for name in self.columns}
        unknown = np.full(size, np.nan)
        spans = {
            name: self._span((unknown, unknown), filter_, read)
            for name, filter_ in span_filters(self.filters)
        }
        everything = bitmap(keys)
        values = self._values(None, everything, spans)
        return FacetIndex(
            everything,
            values,
            {name: make_forward(sets, size) for name, sets in values.items() if len(sets) > MANY_VALUES},
            spans,
            columns,
            {name: ordering.make_order(keys, columns, terms, size) for name, terms in self.orders.items()},
        )

    def updated(self, index: FacetIndex, keys: Iterable[int], rows: QuerySet) -> FacetIndex:
        """Return `index` with the rows `keys` as they are now in `rows`; those not in `rows` are gone."""
        keys = bitmap(set(keys))
        read = self._read(rows.filter(pk__in=list(keys)))
        added = bitmap(read["pk"])
        changed = (keys & index.everything) | added  # a hidden row may lie beyond the arrays
        if added and added.max() >= len(next(iter(index.orders.values())).place):
            index = _grown(index, added.max() + 1 + SPARE_KEYS)
        spans = {
            name: self._span(index.spans[name], filter_, read) for name, filter_ in span_filters(self.filters)
        }
        columns, orders = self._updated_orders(index, changed, read)
        values = self._values(list(added), added, spans)
        return FacetIndex(
            (index.everything - changed) | added,
            {name: self._updated_values(index, name, changed, new) for name, new in values.items()},
            {name: self._updated_forward(old, changed, values[name]) for name, old in index.forward.items()},
            spans,
            columns,
            orders,
        )

    def agrees(self, index: FacetIndex, rows: QuerySet) -> bool:
        """Tell whether `index` has as many rows as `rows`, and its orders the same sums and latest moments.

        One query; texts and relations are not compared.
        """
        numbers = {name: column.numbers for name, column in index.columns.items() if column.texts is None}
        asked = {f"of_{name}": (Max if name in self.moments_in else Sum)(name) for name in numbers}
        found = rows.aggregate(rows=Count("pk"), **asked)
        own = keys_of(index.everything)
        kept = {
            name: (np.fmax.reduce if name in self.moments_in else np.nansum)(column[own], initial=0)
            for name, column in numbers.items()
        }
        return found["rows"] == len(own) and all(
            np.isclose(ordering.as_numbers([found[f"of_{name}"] or 0])[0], kept[name], rtol=1e-12)
            for name in numbers
        )

    # --- facets

    def _values(self, keys, rows, spans):
        """Return `{filter: {value: keys}}` of `rows`, MISSING among the values where it can be chosen.

        `keys` are the same rows as the database is asked for them; None asks for everything it has.
        """
        values = {}
        for name, filter_ in facet_filters(self.filters):
            values[name] = by_value = {}
            for value, having in filter_.value_keys(keys):
                if having := rows & bitmap(having):
                    by_value[value] = by_value.get(value, BitMap()) | having
            if filter_.missing and (missing := rows - union(by_value.values())):
                by_value[MISSING] = missing
        for name, (start, _end) in spans.items():
            own = keys_of(rows)
            values[name] = {MISSING: bitmap(own[np.isnan(start[own])])}
        return values

    def _updated_values(self, index, name, changed, new):
        """Copy only the sets that hold a changed row or gain one; a facet's set that is left empty goes."""
        old, forward = index.values[name], index.forward.get(name)
        candidates = {value for key in changed for value in forward.of_row(key)} if forward else old
        held = {value for value in candidates if old[value].intersect(changed)}
        values = dict(old)
        for value in held | new.keys():
            values[value] = (old.get(value, BitMap()) - changed) | new.get(value, BitMap())
            if not values[value] and name not in index.spans:
                del values[value]
        return values

    def _updated_forward(self, forward, keys, new):
        for key in keys:
            forward = forward.with_row(key, [value for value, having in new.items() if key in having])
        return forward

    # --- ranges and orders

    def _read(self, rows) -> dict[str, np.ndarray | list[str]]:
        """Return the columns that ranges and orders need, each by primary key.

        Read in parts, since the rows as Python has them would take many times the memory of the index.
        """
        parts = {name: [] for name in self.read_columns}
        table = rows.order_by().values_list(*self.read_columns).iterator(PART)
        while part := list(itertools.islice(table, PART)):
            for name, values in zip(self.read_columns, zip(*part, strict=True), strict=True):
                parts[name].append(values if name in self.texts else ordering.as_numbers(values))
        return {
            name: list(itertools.chain.from_iterable(part))
            if name in self.texts
            else np.concatenate([[], *part])
            for name, part in parts.items()
        }

    def _span(self, span, filter_, read):
        """Return the span with the rows as read; of others it may say anything, they are nobody's answer.

        A start without an end still goes on, an end without a start is a point, neither is unknown.
        """
        first, last, keys = read[filter_.start], read[filter_.end], read["pk"].astype(np.uint32)
        ends = (
            np.where(np.isnan(first), last, first),
            np.where(np.isnan(last) & ~np.isnan(first), np.inf, last),
        )
        if all(np.array_equal(old[keys], new, equal_nan=True) for old, new in zip(span, ends, strict=True)):
            return span
        start, end = span[0].copy(), span[1].copy()
        start[keys], end[keys] = ends
        return start, end

    def _updated_orders(self, index, changed, read):
        columns, added = dict(index.columns), read["pk"].astype(int)
        for place, key in enumerate(added):
            for name in self.columns:
                columns[name] = ordering.with_value(columns[name], key, read[name][place])
        gone = keys_of(changed)
        orders = {
            name: ordering.with_keys(index.orders[name], gone, added, columns, terms)
            for name, terms in self.orders.items()
        }
        return columns, orders


def _grown(index: FacetIndex, size: int) -> FacetIndex:
    """Return the index with arrays long enough for keys below `size`."""

    def longer(numbers, fill):
        return np.concatenate([numbers, np.full(size - len(numbers), fill, dtype=numbers.dtype)])

    return replace(
        index,
        forward={name: forward.grown(size) for name, forward in index.forward.items()},
        spans={
            name: (longer(start, np.nan), longer(end, np.nan)) for name, (start, end) in index.spans.items()
        },
        columns={
            name: ordering.Column(longer(column.numbers, np.nan), column.texts)
            for name, column in index.columns.items()
        },
        orders={
            name: ordering.Order(order.keys, longer(order.place, 0)) for name, order in index.orders.items()
        },
    )
