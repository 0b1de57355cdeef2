"""The facet index: which rows match a selection, and how many there would be for every facet value.

One roaring bitmap a facet value over the public rows of a catalogue, kept in the process and built from one
pass over the database. An index is immutable: `updated` returns another one, and the holder swaps them.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

import numpy as np
from pyroaring import BitMap

from platforma.lib import ordering
from platforma.lib.bitmaps import bitmap, union
from platforma.lib.forward import Forward
from platforma.lib.remember import remember
from platforma.lib.selection import MISSING, Selection, Span

MAX_COUNTED = 200  # selections, each with some ten kilobytes of counts where long facets are cut
FEW = 0.12  # of all rows: below it, reading their values is quicker than meeting every value's set


@dataclass(frozen=True)
class FacetIndex:
    """Answers for the rows `everything`; arrays are indexed by primary key.

    `values` hold no empty set, but for MISSING of a range; facets of many values are in `forward` too.
    Nothing in it changes but what it has counted and keeps.
    """

    everything: BitMap
    values: dict[str, dict[str, BitMap]]
    forward: dict[str, Forward]
    spans: dict[str, tuple[np.ndarray, np.ndarray]]
    columns: dict[str, ordering.Column]
    orders: dict[str, ordering.Order]
    _counted: dict = field(default_factory=dict, init=False, repr=False, compare=False)

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

    def counts(
        self, selection: Selection, found: BitMap | None, top: dict[str, int] | None = None
    ) -> dict[str, Counter]:
        """Return `{filter: {value: n}}`: n rows would match if `value` alone were chosen in its filter.

        Of the filters in `top` only so many of the most frequent values need to be there, and the chosen.
        What was counted without words is kept: most readers choose one or two values, and the same.
        """
        if found is not None:
            return self._count_filters(selection, found, top)
        asked = (
            frozenset(selection.values.items()),
            frozenset(selection.spans.items()),
            frozenset((top or {}).items()),
        )
        return remember(self._counted, asked, MAX_COUNTED, lambda: self._count_filters(selection, None, top))

    def _count_filters(self, selection, found, top):
        rows, counts = self.matching(selection, found), {}
        for name in self.values:
            chosen = selection.get(name)
            among = self.matching(selection, found, without=name) if chosen else rows
            if top and name in top:
                counts[name] = self._count_top(name, among, top[name], chosen)
            else:
                counts[name] = self._count_values(name, among)
        return counts

    @cached_property
    def _totals(self) -> dict[str, Counter]:
        """The counts among all rows, asked for by every list where nothing is chosen."""
        return {
            name: Counter({value: len(keys) for value, keys in sets.items()})
            for name, sets in self.values.items()
        }

    @cached_property
    def _ranked(self) -> dict[str, list[str]]:
        """The values of each filter, those of most rows first."""
        return {name: [value for value, _n in totals.most_common()] for name, totals in self._totals.items()}

    def _count_values(self, name, rows):
        if len(rows) == len(self.everything):
            return self._totals[name]
        if name in self.forward and len(rows) < len(self.everything) * FEW:
            return self.forward[name].counts(rows)
        return Counter(
            {value: rows.intersection_cardinality(keys) for value, keys in self.values[name].items()}
        )

    def _count_top(self, name, rows, most, chosen):
        """Count the `most` frequent values of `rows`, and the chosen."""
        totals, chosen = self._totals[name], chosen or ()
        if len(rows) == len(self.everything):
            return Counter({value: totals[value] for value in (*self._ranked[name][:most], *chosen)})
        if len(rows) < len(self.everything) * FEW:
            counts = self._count_values(name, rows)
            return Counter(dict(counts.most_common(most)) | {value: counts[value] for value in chosen})
        sets = self.values[name]
        counts = {value: rows.intersection_cardinality(sets.get(value, BitMap())) for value in chosen}
        return Counter(self._most_frequent(name, rows, most) | counts)

    def _most_frequent(self, name, rows, most) -> dict[str, int]:
        """Count the values from the most frequent on, until none left can be among the `most` of `rows`."""
        sets, totals, best = self.values[name], self._totals[name], []
        for value in self._ranked[name]:
            if len(best) == most and totals[value] <= best[0][0]:
                break
            heappush(best, (rows.intersection_cardinality(sets[value]), value))
            if len(best) > most:
                heappop(best)
        return {value: count for count, value in best}

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
