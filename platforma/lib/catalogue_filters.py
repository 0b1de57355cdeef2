"""What a catalogue declares: its filters, its heading and its orders."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import django_filters
from pyroaring import BitMap

from platforma.lib.facets import FacetIndex


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
