"""The chooser as the fixtures make it, with and without a database; the situations it must get right."""

import json
from datetime import date
from decimal import Decimal

from django.conf import settings

from platforma import signals
from platforma.lib.content import ContentLoader
from platforma.management.commands.load_content import KINDS
from platforma.models import LoadedRow
from praktyki.kreator.assess import Answers, assess
from praktyki.kreator.knowledge import Knowledge, LegalValue, Limit, Option, Parameter, Question, Rule
from praktyki.models import ParametrPrawny

FIXTURES = settings.BASE_DIR / "fixtures"
CHOOSER = "/instrumenty/kreator/"
TODAY = date(2026, 11, 22)

GROUP = {"wykonawca": "grupa-nieformalna", "cel": "pomysl", "inicjator": "mieszkancy", "czas": "do-90"}
SERVICE = {"wykonawca": "organizacja-uslugowa", "cel": "zakup", "inicjator": "urzad"}
OPERATOR = {
    "wykonawca": "organizacja",
    "cel": "pomysl",
    "inicjator": "rozni",
    "czas": "rok",
    "operator": "tak",
}


def rows(name):
    return json.loads((FIXTURES / f"{name}.json").read_text())


def load_chooser():
    """Put the chooser into the database as `load_content` does, without the rest of the content."""
    with signals.together():
        loader = ContentLoader(LoadedRow)
        for name in ("odbiorcy", "terminy", "instrumenty", "kreator", "przypadki_kreatora"):
            loader.load(KINDS[name], rows(name))


def real_knowledge() -> Knowledge:
    audiences = {row["slug"]: row["nazwa"] for row in rows("odbiorcy")}
    instruments = sorted(rows("instrumenty"), key=lambda row: row["kolejnosc_remisu"])
    parameters = {}
    for row in (row for instrument in instruments for row in instrument["parametry"]):
        parameters.setdefault(row["klucz"], []).append(row)
    return Knowledge(
        tuple(_question(row, audiences) for row in rows("kreator")),
        tuple(row["slug"] for row in instruments),
        {key: _parameter(values) for key, values in parameters.items()},
    )


def _question(row, audiences):
    options = tuple(_option(answer, audiences) for answer in row["odpowiedzi"])
    return Question(row["slug"], row["tresc"], options, row["podpowiedz"], row["jednostka"])


def _option(row, audiences):
    rules = {rule["instrument"]: _rule(rule) for rule in row.get("reguly", [])}
    audience = (row["odbiorcy"], audiences[row["odbiorcy"]]) if "odbiorcy" in row else None
    bound = Decimal(row["najwyzej"]) if "najwyzej" in row else None
    return Option(row["slug"], row["tresc"], rules, bound, audience)


def _rule(row):
    limit = Limit(row["parametr"], row["porownanie"] == "ponizej") if "parametr" in row else None
    return Rule(
        row["instrument"],
        row["rodzaj"] == "przeciw",
        row["powod"],
        row.get("waga", 0),
        row.get("przepis", ""),
        _day(row.get("zweryfikowano")),
        limit,
    )


def _parameter(values):
    newest_first = sorted(values, key=lambda row: row["obowiazuje_od"], reverse=True)
    return Parameter(
        newest_first[0]["nazwa"],
        tuple(
            LegalValue(
                Decimal(row["wartosc"]),
                row["jednostka"],
                _day(row["obowiazuje_od"]),
                _day(row.get("obowiazuje_do")),
                row.get("podstawa", ""),
                row.get("zrodlo_url", ""),
                _day(row.get("zweryfikowano")),
                ParametrPrawny.Jednostka(row["jednostka"]).label,
            )
            for row in newest_first
        ),
    )


def _day(text):
    return date.fromisoformat(text) if text else None


KNOWLEDGE = real_knowledge()


def judge(chosen=None, on=TODAY, knowledge=KNOWLEDGE, **numbers):
    """Return the verdicts by instrument, in their order; `numbers` are by question."""
    answers = Answers(chosen or {}, {name: Decimal(str(number)) for name, number in numbers.items()})
    return {verdict.instrument: verdict for verdict in assess(answers, on, knowledge)}
