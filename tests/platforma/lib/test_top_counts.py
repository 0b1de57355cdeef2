"""Of a long facet only the most frequent values are counted: the same as counting all of them."""

from hypothesis import example, given
from hypothesis import strategies as st
from pyroaring import BitMap

from platforma.lib.facets import FacetIndex
from platforma.lib.selection import Selection

ROWS = range(40)
keys = st.sets(st.sampled_from(ROWS))


@given(
    sets=st.lists(keys.filter(bool), min_size=1, max_size=12),
    found=keys,
    most=st.integers(1, 5),
    chosen=st.sets(st.integers(0, 12), max_size=2),
)
@example(sets=[{1}, {2}, {1, 2, 3, 4, 5}, {5, 6, 7}], found={1, 2, 6, 7}, most=2, chosen={0})
@example(sets=[{1, 2, 3}, {4, 5}], found=set(ROWS) - {1, 2}, most=1, chosen=set())
def test_the_most_frequent_and_the_chosen_values_are_counted_as_if_all_were(sets, found, most, chosen):
    by_value = {f"v{place}": BitMap(members) for place, members in enumerate(sets)}
    index = FacetIndex(BitMap(ROWS), {"tag": by_value}, {}, {}, {}, {})
    selection = Selection().with_values("tag", sorted(f"v{place}" for place in chosen))
    every = index.counts(selection, BitMap(found))["tag"]
    counted = index.counts(selection, BitMap(found), {"tag": most})["tag"]
    assert {value: every[value] for value in counted} == counted
    assert {value for value in selection.values.get("tag", ()) if value in by_value} <= counted.keys()
    assert len(counted) <= most + len(chosen)
    best = sorted(filter(None, every.values()), reverse=True)[:most]
    assert sorted(filter(None, counted.values()), reverse=True)[:most] == best
