"""The index kept in the process, brought up to date change by change, against plain Python over all rows."""

from collections import Counter
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from platforma.lib import revision
from platforma.lib.catalogue import Catalogue
from platforma.lib.publication import Status
from praktyki.kinds import PRAKTYKA
from praktyki.models import Praktyka
from tests.builders import make_instrument, make_jst, make_praktyka, make_wojewodztwo

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "withdraw", "publish", "delete", "relate", "edit", "rename", "bypass"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=3,
    max_size=12,
)
QUERIES = [
    "",
    "instrument={0}",
    "instrument={0}&instrument={1}&jst={2}",
    "jst=brak",
    "wojewodztwo={3}&rok_od=2015",
]


class World:
    """A few reference rows, and steps that change practices in every way an editor or a script can."""

    def __init__(self):
        self.wojewodztwo = make_wojewodztwo()
        self.instruments = [make_instrument() for _ in range(3)]
        self.units = [make_jst(wojewodztwo=self.wojewodztwo), make_jst()]
        self.rows = [self.create(number) for number in range(3)]

    def create(self, number, _other=0):
        return make_praktyka(
            instrumenty=[self.instruments[number % 3]],
            jst=self.units[: number % 3],
            rok_od=[None, 2010, 2018][number % 3],
            rok_do=[2012, None, 2019][number % 3],
        )

    def step(self, action, number, other):
        row = self.rows[number % len(self.rows)] if self.rows else None
        if action == "create" or row is None:
            self.rows.append(self.create(number))
        elif action == "withdraw":
            row.status, row.published_at = Status.DRAFT, None
            row.save()
        elif action == "publish":
            row.status, row.published_at = Status.PUBLISHED, timezone.now() - timedelta(minutes=1)
            row.save()
        elif action == "delete":
            self.rows.remove(row)
            row.delete()
        elif action == "relate":
            row.instrumenty.set([self.instruments[other % 3]])
            row.jst.set(self.units[other % 3 :])
        elif action == "edit":
            row.tytul, row.rok_od, row.rok_do = f"Tytuł {other}", 2010 + other, None
            row.save()
        elif action == "rename":
            self.units[0].nazwa = f"Gmina po zmianie {other}"
            self.units[0].wojewodztwo = self.wojewodztwo if other % 2 else None
            self.units[0].save()
        elif action == "bypass":
            Praktyka.objects.filter(pk=row.pk).update(rok_od=2010 + other, rok_do=None)
            row.refresh_from_db()
            revision.bump_everything()


def expected(catalogue):
    """Return the keys that match and the counts of two facets, worked out row by row."""
    rows = list(Praktyka.objects.published().prefetch_related("instrumenty", "jst__wojewodztwo"))
    facts = {
        row.pk: {
            "instrument": {instrument.slug for instrument in row.instrumenty.all()},
            "jst": {jst.slug for jst in row.jst.all()} or {"brak"},
            "wojewodztwo": {jst.wojewodztwo.slug for jst in row.jst.all() if jst.wojewodztwo} or {"brak"},
            "rok": (row.rok_od or row.rok_do, (row.rok_do or 9999) if row.rok_od else row.rok_do),
        }
        for row in rows
    }

    def matches(fact, without=None):
        chosen = catalogue.selection.values
        in_facets = all(fact[name] & set(values) for name, values in chosen.items() if name != without)
        span = catalogue.selection.spans.get("rok")
        return in_facets and (not span or (fact["rok"][1] is not None and fact["rok"][1] >= span.low))

    keys = {key for key, fact in facts.items() if matches(fact)}
    counts = {
        name: Counter(value for fact in facts.values() if matches(fact, without=name) for value in fact[name])
        for name in ("instrument", "jst", "wojewodztwo")
    }
    return keys, counts


class LiveIndexTest(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def test_after_every_change_results_and_counts_are_those_of_the_rows(self, steps):
        PRAKTYKA.live.forget()
        world = World()
        names = [instrument.slug for instrument in world.instruments[:2]]
        for step in [("edit", 0, 0), *steps]:
            world.step(*step)
            for template in QUERIES:
                self.compare(template.format(*names, world.units[0].slug, world.wojewodztwo.slug), step)

    def compare(self, query, step):
        catalogue = Catalogue(PRAKTYKA, QueryDict(query), "/praktyki/")
        keys, counts = expected(catalogue)
        assert {row.pk for row in catalogue.rows} == keys, (step, query)
        assert catalogue.total == len(keys), (step, query)
        for facet in catalogue.facets:
            for option in facet.options if facet.name in counts else ():
                assert option.count == counts[facet.name][option.value], (step, query, option)


@pytest.mark.django_db
def test_a_scheduled_row_enters_at_its_time_without_anyone_touching_it():
    now = timezone.now()
    make_praktyka(published_at=now + timedelta(hours=1))
    number = revision.current()
    assert len(PRAKTYKA.live.get(number, now).index.everything) == 0
    assert len(PRAKTYKA.live.get(number, now + timedelta(hours=2)).index.everything) == 1


@pytest.mark.django_db
def test_the_first_of_many_orders_puts_equal_rows_by_title():
    for title in ("Żuk", "Ćma", "Bąk"):
        make_praktyka(tytul=title, rok_od=2015)
    catalogue = Catalogue(PRAKTYKA, QueryDict("sort=rok"), "/praktyki/")
    assert [row.tytul for row in catalogue.rows] == ["Bąk", "Ćma", "Żuk"]
