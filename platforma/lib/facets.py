"""The facet index: which rows match a selection, and how many there would be for every facet value.

One roaring bitmap a facet value over the public rows of a catalogue, kept in the process and built from one
pass over the database. An index is immutable: `updated` returns another one, and the holder swaps them.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from platforma.lib import ordering
from platforma.lib.bitmaps import bitmap, union
from platforma.lib.forward import Forward
from platforma.lib.selection import MISSING, Selection, Span

FEW = 0.1  # of all rows: below it, reading their values is quicker than meeting every value's set


@dataclass(frozen=True)
class FacetIndex:
    """Answers for the rows `everything`; arrays are indexed by primary key.

    `values` hold no empty set, but for MISSING of a range; facets of many values are in `forward` too.
    """

    everything: BitMap
    values: dict[str, dict[str, BitMap]]
    forward: dict[str, Forward]
    spans: dict[str, tuple[np.ndarray, np.ndarray]]
    columns: dict[str, ordering.Column]
    orders: dict[str, ordering.Order]

    # --- answering

    def matching(self, selection: Selection, found: BitMap | None, without: str | None = None) -> BitMap:
        """Return the rows that match; `found` are those the words gave, choices of `without` do not count."""
        rows = self.everything
        if found is not None and without != "q":
            rows = rows & found
        for name, chosen in selection.values.items():
            if name != without:
                rows = rows & union(self.values[name].get(value, BitMap()) for value in chosen)
        for name, span in selection.spans.items():
            if name != without:
                rows = rows & self._in_span(name, span)
        return rows

    def counts(self, selection: Selection, found: BitMap | None) -> dict[str, Counter]:
        """Return `{filter: {value: n}}`: n rows would match if `value` alone were chosen in its filter."""
        rows = self.matching(selection, found)
        return {
            name: self._counts(
                name, self.matching(selection, found, without=name) if selection.get(name) else rows
            )
            for name in self.values
        }

    @cached_property
    def _totals(self) -> dict[str, Counter]:
        """The counts among all rows, asked for by every list where nothing is chosen."""
        return {
            name: Counter({value: len(keys) for value, keys in sets.items()})
            for name, sets in self.values.items()
        }

    def _counts(self, name, rows):
        if len(rows) == len(self.everything):
            return self._totals[name]
        if name in self.forward and len(rows) < len(self.everything) * FEW:
            return self.forward[name].counts(rows)
        return Counter(
            {value: rows.intersection_cardinality(keys) for value, keys in self.values[name].items()}
        )

    def page(self, rows: BitMap, order: str, start: int, stop: int) -> list[int]:
        """Return the keys of `rows` from `start` to `stop` (0-based, end excluded) in `order`."""
        return self.orders[order].page(rows, start, stop)

    def _in_span(self, name: str, span: Span) -> BitMap:
        missing = self.values[name][MISSING]
        if span.low is None and span.high is None:
            return missing
        start, end = self.spans[name]
        inside = ~np.isnan(start)
        if span.high is not None:
            inside &= start <= float(span.high)
        if span.low is not None:
            inside &= end >= float(span.low)
        rows = bitmap(np.nonzero(inside)[0])
        return rows | missing if span.missing else rows
