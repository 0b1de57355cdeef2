"""The index in the process, brought up to date change by change, against plain reading of the database."""

import os
from unittest import mock

from django.http import QueryDict
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from platforma.lib import catalogue, facets, indexing, kinds, live, revision
from platforma.lib.catalogue import Catalogue
from platforma.lib.search import kept

from .plainly import FACETS, LEXEMES, ORDERS, SPANS, STEMS, Clause, Plainly, Query
from .world import FORMS, MODELS, REFERENCES, World, losses, relations, steps

EXAMPLES = int(os.environ.get("EXAMPLES", 0))  # EXAMPLES=2000 pytest … looks for what nobody has seen yet
PER_PAGE = 2
# Limits so low that a few rows are many: facets kept both ways, arrays that grow, rebuilding, many reads.
LIMITS = st.fixed_dictionaries(
    {
        "MANY_VALUES": st.sampled_from([1, indexing.MANY_VALUES]),
        "SPARE_KEYS": st.sampled_from([1, indexing.SPARE_KEYS]),
        "PART": st.sampled_from([2, indexing.PART]),
    }
)

clauses = st.one_of(
    st.tuples(st.sampled_from([*FORMS, "swietlica"])).map(Clause),
    st.sampled_from([(forms[0],) for forms in LEXEMES]).map(lambda words: Clause(words, excluded=True)),
    st.tuples(st.sampled_from(FORMS), st.sampled_from(FORMS)).map(Clause),
    st.sampled_from([(stem,) for stem in STEMS]).map(lambda words: Clause(words, stem=True)),
)
spans = st.tuples(st.none() | st.integers(2018, 2024), st.none() | st.integers(2018, 2024), st.booleans())
amounts = st.tuples(st.none() | st.integers(500, 1500), st.none() | st.integers(1000, 2500), st.booleans())


def in_order(span):
    low, high, unknown = span
    return (min(low, high), max(low, high), unknown) if low and high else span


def queries(kind):
    """Give what readers may ask: facets as places among their values, not as values, which come and go."""
    facets, ranges = list(FACETS[kind]), SPANS[kind]
    return st.tuples(
        st.just(kind),
        st.dictionaries(
            st.sampled_from(facets), st.sets(st.integers(0, 6), min_size=1, max_size=3), max_size=2
        ),
        st.fixed_dictionaries(
            {}, optional={name: (amounts if name == "kwota" else spans).map(in_order) for name in ranges}
        ),
        st.lists(clauses, max_size=2).map(tuple),
        st.sampled_from(["", *ORDERS[kind]]),
    )


class LiveIndexTest(TestCase):
    """Derandomised: the same examples on every machine; a failure prints the blob that repeats it."""

    @classmethod
    def setUpTestData(cls):
        World().fill()

    @settings(
        max_examples=EXAMPLES or 30,
        deadline=None,
        derandomize=not EXAMPLES,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        steps=st.lists(st.tuples(steps, st.booleans()), min_size=4, max_size=14),
        asked=st.tuples(*(st.lists(queries(kind), min_size=2, max_size=2) for kind in MODELS)),
        renamed=st.sampled_from(REFERENCES),
        unlinked=st.tuples(relations, losses),
        limits=LIMITS,
        rebuild_above=st.sampled_from([3, 2_000]),
        few=st.sampled_from([0.1, 2.0]),
    )
    def test_after_every_change_the_catalogue_shows_what_the_database_has(
        self, steps, asked, renamed, unlinked, limits, rebuild_above, few
    ):
        forget_everything()
        world, waits = World(), [(("wait", minutes), True) for minutes in (61, 300)]
        relation, loss = unlinked
        lost = [(("relate", kind, place, relation, 0, loss), True) for kind in MODELS for place in (0, 2)]
        with (
            mock.patch("django.utils.timezone.now", world.clock),
            mock.patch.multiple(indexing, **limits),
            mock.patch.object(live, "REBUILD_ABOVE", rebuild_above),
            mock.patch.object(facets, "FEW", few),
            mock.patch.object(catalogue, "PER_PAGE", PER_PAGE),
        ):
            self.look(world, asked)
            for step, looked_at in [*steps, (("describe", renamed, 0, "name", 3), True), *lost, *waits]:
                before = revision.current()
                world.take(step)
                if step[0] == "roll_back":
                    assert revision.current() == before
                if looked_at:
                    note(f"after {step}")
                    self.look(world, asked)

    def look(self, world, asked):
        for of_kind in asked:
            plainly = Plainly(kinds.get(of_kind[0][0]), world.now)
            for kind, places, spans, clauses, sort in of_kind:
                values = {name: chosen(plainly.options(name), places[name]) for name in places}
                compare(kind, plainly, Query(values, spans, clauses, sort))


def chosen(options, places) -> list[str]:
    values = sorted(options)
    return [values[place % len(values)] for place in sorted(places)] if values else []


def compare(kind, plainly, query):
    pages = [read(kind, query, 1)]
    first = pages[0]
    while pages[-1].next_url:
        pages.append(read(kind, query, len(pages) + 1))
    beyond = read(kind, query, len(pages) + 1)
    keys = plainly.order(query)
    assert [[row.pk for row in page.rows] for page in pages] == [
        keys[start : start + PER_PAGE] for start in range(0, len(keys) or 1, PER_PAGE)
    ]
    assert beyond.past_end
    assert beyond.rows == []
    assert {page.total for page in (*pages, beyond)} == {len(keys)}
    assert first.did_you_mean is None
    for facet in first.facets:
        options = {option.value: option for option in (*facet.options, *facet.rest)}
        counts = plainly.counts(query, facet.name)
        assert {value: option.label for value, option in options.items()} == plainly.options(facet.name)
        assert {value: option.count for value, option in options.items() if option.count} == counts
    for span in first.ranges:
        assert span.missing.count == plainly.unknown(query, span.name)


def read(kind, query, number) -> Catalogue:
    page = Catalogue(kinds.get(kind), QueryDict(query.params(number)), "/lista/")
    assert page.notes == []
    return page


def forget_everything():
    """Drop what the process keeps: every example begins with the same revision."""
    for name in MODELS:
        kinds.get(name).live.forget()
    kept.forget_all()
