"""The peers of the benchmark answer the same questions as the site, on the real content."""

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict

from bench import inside, questions
from bench.layout import ARRAYS, lay_out
from bench.plain_sql import PlainCatalogue
from platforma import signals
from platforma.lib.catalogue import Catalogue
from platforma.lib.filters import ConditionFacetFilter, facet_filters
from platforma.lib.selection import MISSING
from praktyki.kinds import PRAKTYKA
from tests.server import ROOT, environment

QUERIES = (
    "",
    "instrument=mikrogrant",
    "instrument=mikrogrant&instrument=dotacja&wojewodztwo=mazowieckie",
    "rok_od=2012&rok_do=2019&kwota=brak",
    "jst=brak&sort=tytul",
    "tag=seniorzy&strona=2",
)


@pytest.fixture(scope="module")
def real_content(django_db_setup, django_db_blocker):
    """Load the content once for all tests here, and take it away with the transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        with signals.together():
            call_command("load_content", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """The same content in a database file of its own, laid out for Datasette."""
    var = tmp_path_factory.mktemp("datasette")
    for command in ("migrate", "load_content"):
        command = [sys.executable, "manage.py", command, "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment(VAR=var), check=True, stdout=subprocess.DEVNULL)
    lay_out(var / "db.sqlite3", var / "praktyki.db")
    with closing(sqlite3.connect(var / "praktyki.db")) as database:
        yield database


def catalogue(query, of=Catalogue):
    return of(PRAKTYKA, QueryDict(query), questions.LIST)


@pytest.mark.parametrize("query", QUERIES)
def test_plain_sql_finds_counts_and_orders_the_same(real_content, db, query):
    ours, plain = catalogue(query), catalogue(query, PlainCatalogue)
    assert plain.total == ours.total
    assert [row.pk for row in plain.rows] == [row.pk for row in ours.rows]
    assert {name: +counts for name, counts in plain._counts.items()} == {
        name: +counts for name, counts in ours._counts.items()
    }


@pytest.mark.parametrize("chosen", questions.LISTS.values())
def test_datasette_has_the_same_rows_and_values(real_content, db, laid_out, chosen):
    ours, where, values = catalogue(questions.address("", **chosen)[1:]), "1", []
    for name, value in chosen.items():
        where += f" AND EXISTS (SELECT 1 FROM json_each(praktyki.{name}) WHERE value = ?)"
        values.append(value)
    assert laid_out.execute(f"SELECT COUNT(*) FROM praktyki WHERE {where}", values).fetchone() == (
        ours.total,
    )
    for name in set(ARRAYS) - set(chosen):  # what is chosen has other counts here: alternatives
        query = f"SELECT j.value FROM praktyki, json_each(praktyki.{name}) j WHERE {where}"
        theirs = Counter(value for (value,) in laid_out.execute(query, values))
        assert theirs == +Counter({value: n for value, n in ours._counts[name].items() if value != MISSING})


def test_datasette_gets_every_facet_of_the_list_but_ranges_and_conditions():
    facets = facet_filters(PRAKTYKA.live.filterset_class().filters)
    assert set(ARRAYS) == {name for name, one in facets if not isinstance(one, ConditionFacetFilter)}


@pytest.mark.parametrize("chosen", questions.LISTS.values())
def test_the_bare_rendering_is_the_page_itself(real_content, db, client, chosen):
    path = questions.address(**chosen)
    client.cookies["sesja"] = "nobody's"
    assert inside.bare_rendering(path)() == client.get(path).content.decode()
