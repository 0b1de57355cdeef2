"""The real content: what readers ask for lands where it should, measured on the rated queries."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from platforma import signals
from platforma.lib.search.models import Synonim
from platforma.management.commands.evaluate_ranking import Command, ask, evaluate

RATED = settings.BASE_DIR / "fixtures" / "rated_queries.json"
SMALL_GRANTS = {
    "male-granty-w-jastrzebiu-zdroju",
    "male-granty-powiatu-chrzanowskiego-od-dwoch-do-dwudziestu",
}


@pytest.fixture(scope="module")
def real_content(django_db_setup, django_db_blocker):
    """Load the content once for all tests here, and take it away with the transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        with signals.together():
            call_command("load_content", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def test_the_rated_queries_name_rows_that_exist():
    rated = Command().read(RATED)
    files = {"praktyka": "praktyki", "instrument": "instrumenty", "spotkanie": "spotkania"}
    assert len(rated) >= 30
    for kind, name in files.items():
        known = {row["slug"] for row in json.loads((RATED.parent / f"{name}.json").read_text())}
        assert {slug for row in rated if row["kind"] == kind for slug in row["expected"]} <= known


def test_the_order_of_results_is_as_good_as_it_was(real_content):
    report = evaluate(Command().read(RATED))
    assert report["precision_at_5"] >= 0.92
    assert report["mrr"] >= 0.93


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("19a", "tryb-malych-zlecen"),
        ("art. 19a", "tryb-malych-zlecen"),
        ("małe granty", "tryb-malych-zlecen"),
        ("male granty", "tryb-malych-zlecen"),
        ("budżet obywatelski", "budzet-partycypacyjny"),
        ("mikrodotacja", "mikrogrant"),
        ("regrantng", "regranting"),
    ],
)
def test_other_names_land_on_the_instrument_and_its_practices(real_content, query, slug):
    assert ask(query, "instrument")[0] == slug
    assert ask(query, "praktyka")


def test_other_names_land_on_practices(real_content):
    assert set(ask("19a", "praktyka")) >= SMALL_GRANTS
    assert set(ask("małe granty", "praktyka")) >= SMALL_GRANTS
    assert "granty-powiatu-piotrkowskiego-na-kulture-zdrowie-i-turystyke" in ask("KGW", "praktyka")
    assert Synonim.objects.count() >= 25


@pytest.mark.parametrize(
    "content", ["nie json", '[{"query": "x"}]', '[{"query": "x", "kind": "y", "expected": ["z"]}]']
)
def test_a_wrong_file_is_named_before_any_work(tmp_path, content):
    file = tmp_path / "rated.json"
    file.write_text(content)
    with pytest.raises(CommandError):
        call_command("evaluate_ranking", file)
