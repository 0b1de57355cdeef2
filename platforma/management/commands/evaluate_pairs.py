"""Measure the search on a file of query–text pairs, in a scratch database of the configured engine."""

import json
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from platforma.lib.search.index import Document, SearchIndex
from platforma.lib.search.search import Search
from platforma.lib.search.spelling import correct, missing_words

KIND = "praktyka"
PREFIX, TYPO = "prefiks", "literowka"


class Command(BaseCommand):
    help = "Sprawdza wyszukiwarkę na pliku par zapytanie–tekst (positive, negative), w osobnej bazie."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="wynik jako JSON")

    def handle(self, file, **options):
        try:
            pairs = json.loads(file.read_text())
            sides = {"positive": pairs["positive"], "negative": pairs["negative"]}
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"Nie da się odczytać pliku par: {error}") from error
        real_name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            report = self.evaluate(sides)
        finally:
            connection.creation.destroy_test_db(real_name, verbosity=0)
        self.stdout.write(
            json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else as_text(report)
        )

    def evaluate(self, sides):
        """Index every text as a document of its own, then ask every query."""
        pairs = [pair for side in sides.values() for pair in side]
        SearchIndex().put(KIND, [Document(number, pair["text"]) for number, pair in enumerate(pairs)])
        ids = {id(pair): number for number, pair in enumerate(pairs)}
        report = {side: defaultdict(lambda: {"found": 0, "all": 0}) for side in sides}
        misses = []
        for side, rows in sides.items():
            for pair in rows:
                found = ids[id(pair)] in ask(pair["query"], pair["tryb"])
                row = report[side][pair["kategoria"]]
                row["all"] += 1
                row["found"] += found
                if found != (side == "positive"):
                    misses.append(
                        {"query": pair["query"], "text": pair["text"], "kategoria": pair["kategoria"]}
                    )
        return {**report, "misses": misses}


def ask(query, mode):
    """Return the ids the site would show: a typo is corrected only where nothing is found."""
    search = Search(query, unfinished=mode == PREFIX)
    found = search.ids(KIND)
    if not found and mode == TYPO:
        correction = correct(search, missing_words(search, count), count)
        found = correction.search.ids(KIND) if correction else found
    return found


def count(search):
    return len(search.ids(KIND))


def as_text(report):
    lines = []
    for side, label in (("positive", "found"), ("negative", "false")):
        for category, row in sorted(report[side].items()):
            lines.append(f"{side:9} {category:22} {label} {row['found']}/{row['all']}")
        total = {key: sum(row[key] for row in report[side].values()) for key in ("found", "all")}
        lines.append(f"{side:9} {'total':22} {label} {total['found']}/{total['all']}")
    lines += [f"miss: {miss['kategoria']}: {miss['query']} / {miss['text']}" for miss in report["misses"]]
    return "\n".join(lines)
