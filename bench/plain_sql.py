"""The list of practices as one would honestly write it in plain Django: `GROUP BY` counts, `LIMIT` 20.

It reads the same address and renders the same template; only the answers come from the database. Every facet
is one count over the rows that all other filters leave, and one more count of the rows without any value.
"""

from collections import Counter
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q

from platforma.lib.catalogue import PER_PAGE, Catalogue
from platforma.lib.filters import ConditionFacetFilter, facet_filters, span_filters
from platforma.lib.ordered import Ordered
from platforma.lib.pages import catalogue_page
from platforma.lib.reading import Reader
from platforma.lib.selection import MISSING, Span
from praktyki.filters import PraktykaFilter
from praktyki.kinds import PRAKTYKA
from praktyki.models import Praktyka


class PlainCatalogue(Catalogue):
    """The catalogue without an index: for a list without words."""

    answer = None

    def __init__(self, kind, params, path):
        self.kind, self.params, self.form_url = kind, params, path
        self.filterset = PraktykaFilter(data=params)
        self.filters = self.filterset.filters
        self.labels = {name: Ordered(filter_.load_options()) for name, filter_ in facet_filters(self.filters)}
        reader = Reader(self.filters, params, self.labels)
        self.selection, self.notes = reader.selection(), reader.notes
        self.sort, self.number = reader.sort(self._sorts), reader.page_number()

    @cached_property
    def total(self):
        return self._matching().count()

    @cached_property
    def rows(self):
        start = (self.number - 1) * PER_PAGE
        order = self.filterset.sorts[self.sort].order
        return list(self._matching().for_cards().order_by(*order)[start : start + PER_PAGE])

    @cached_property
    def _counts(self):
        counts = {name: self._count(name, filter_) for name, filter_ in facet_filters(self.filters)}
        for name, filter_ in span_filters(self.filters):
            missing = self._matching(name).filter(filter_.condition(Span(missing=True)))
            counts[name] = Counter({MISSING: missing.count()})
        return counts

    def _count(self, name, filter_):
        """Add up the paths: an editor names a voivodeship only where no unit already does."""
        rows, counts = self._matching(name).order_by(), Counter()
        if isinstance(filter_, ConditionFacetFilter):
            values = [*filter_.conditions, MISSING]
            return Counter({value: rows.filter(filter_.condition((value,))).count() for value in values})
        for path in filter_.paths:
            per_value = rows.values_list(path).annotate(n=Count("pk", distinct=True))
            counts.update({value: n for value, n in per_value if value not in (None, "")})
        if filter_.missing:
            counts[MISSING] = rows.filter(~Q(*self._having(filter_), _connector=Q.OR)).count()
        return counts

    def _having(self, filter_):
        """Yield the conditions to have a value, as the quickest way to ask: by the linking tables alone."""
        for path in filter_.paths:
            linked, key, value = filter_._source(path)
            yield Exists(linked.filter(**{key: OuterRef("pk"), f"{value}__gt": ""}))

    def _matching(self, without=None):
        rows = Praktyka.objects.published()
        for name, filter_ in self.filters.items():
            chosen = self.selection.get(name)
            if chosen and name != without:
                rows = rows.filter(filter_.condition(chosen))
        return rows


def plain_list(request):
    katalog = PlainCatalogue(PRAKTYKA, request.GET, request.path)
    return catalogue_page(request, "praktyki/praktyka_list.html", katalog)
