"""Measure the order of results on a file of rated queries, with the real content in a scratch database."""

import json
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.http import QueryDict

from platforma import signals
from platforma.search_page import search_page
from platforma.search_sources import SOURCES

CONSIDERED = 5  # of the first results, by precision
LOOKED_AT = 30  # for the first good one


class Command(BaseCommand):
    help = "Mierzy kolejność wyników na pliku ocenionych zapytań: precision@5 i MRR, na treści z fixtures/."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="wynik jako JSON")

    def handle(self, file, **options):
        rated = self.read(file)
        real_name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            with signals.together():
                call_command("load_content", verbosity=0, stdout=self.stderr)
            report = evaluate(rated)
        finally:
            connection.creation.destroy_test_db(real_name, verbosity=0)
        text = json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else as_text(report)
        self.stdout.write(text)

    def read(self, file) -> list[dict]:
        try:
            rated = json.loads(file.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"Nie da się odczytać pliku zapytań: {error}") from error
        known = {source.kind for source in SOURCES}
        for row in rated:
            if not row.get("query") or not row.get("expected") or row.get("kind") not in known:
                raise CommandError(f"Zapytanie musi mieć query, kind i expected: {row}")
        return rated


def evaluate(rated: list[dict]) -> dict:
    """Ask every query as the page of all results does; return both measures, and each query's own."""
    queries = [measure(row) for row in rated]
    means = {name: sum(query[name] for query in queries) / len(queries) for name in ("precision_at_5", "mrr")}
    return {"queries": len(queries), **means, "each": queries}


def measure(row: dict) -> dict:
    """Precision counts against at most five expected results, for a query may have fewer good ones."""
    found = ask(row["query"], row["kind"])
    expected = set(row["expected"])
    good = len(expected & set(found[:CONSIDERED]))
    first = next((place for place, slug in enumerate(found, 1) if slug in expected), None)
    return {
        "query": row["query"],
        "kind": row["kind"],
        "precision_at_5": good / min(CONSIDERED, len(expected)),
        "mrr": 1 / first if first else 0.0,
        "found": found[:CONSIDERED],
    }


def ask(query: str, kind: str) -> list[str]:
    """Return the slugs of the first results of one kind."""
    source = next(source for source in SOURCES if source.kind == kind)
    params = QueryDict(mutable=True)
    params.update({"q": query, "w": source.name})
    with search_page(params, "/szukaj/") as page:
        return [row.slug for group in page.groups for row in group.rows][:LOOKED_AT]


def as_text(report: dict) -> str:
    lines = [
        f"{query['precision_at_5']:.2f}  {query['mrr']:.2f}  {query['kind']:10} {query['query']}"
        for query in report["each"]
        if query["precision_at_5"] < 1 or query["mrr"] < 1
    ]
    heading = (
        f"queries {report['queries']}  precision@5 {report['precision_at_5']:.3f}  MRR {report['mrr']:.3f}"
    )
    return "\n".join([heading, *lines])
