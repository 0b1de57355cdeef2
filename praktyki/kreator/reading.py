"""Reading the chooser's address: what is understood becomes answers, the rest notes or errors."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from platforma.lib.reading import SHOWN_CHARS, shorten

from ..models.kreator import START
from .assess import Answers
from .knowledge import Knowledge, Question

SHOWN_NAMES = 5
NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
WHOLE_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
FIRST_YEAR, LAST_YEAR = 1990, 2100
NUMBER_ERRORS = {
    "zl": "Kwota musi być liczbą większą od zera, np. 10 000 albo 9 999,50.",
    "dni": "Liczba dni musi być liczbą całkowitą większą od zera, np. 90.",
}
DAY_ERROR = f"Wpisz datę z lat {FIRST_YEAR}–{LAST_YEAR}, np. 2026-01-15 albo 15.01.2026."


@dataclass(frozen=True)
class Reading:
    """What an address says; `typed` and `errors` are by field, `notes` are Polish sentences."""

    answers: Answers
    start: date | None
    typed: dict[str, str]
    errors: dict[str, str]
    notes: list[str]

    @property
    def is_clear(self) -> bool:
        return not (self.notes or self.errors)


def address_pairs(answers: Answers, start: date | None, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Return the one way to write these answers into an address; a number stands instead of its option."""
    pairs = []
    for question in knowledge.questions:
        if question.slug in answers.numbers:
            pairs.append((question.number_name, f"{answers.numbers[question.slug]:f}"))
        elif question.slug in answers.chosen:
            pairs.append((question.slug, answers.chosen[question.slug]))
    return [*pairs, (START, start.isoformat())] if start else pairs


def address(answers: Answers, start: date | None, knowledge: Knowledge) -> str:
    """Return the chooser's own address with these answers."""
    query = urlencode(address_pairs(answers, start, knowledge))
    return reverse("praktyki:kreator") + (f"?{query}" if query else "")


def read(params: QueryDict, knowledge: Knowledge) -> Reading:
    """Read `params`; nothing in them raises an error."""
    return _Reader(params, knowledge).reading()


class _Reader:
    def __init__(self, params, knowledge):
        self.params = params
        self.knowledge = knowledge
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.notes: list[str] = []

    def reading(self) -> Reading:
        chosen, numbers = {}, {}
        for question in self.knowledge.questions:
            if option := self._option(question):
                chosen[question.slug] = option
            number = self._number(question) if question.number_name else None
            if number is not None:
                numbers[question.slug] = number
                self._note_disagreement(question, option, number)
        start = self._typed(START, _day, DAY_ERROR)
        self._note_unknown_names()
        return Reading(Answers(chosen, numbers), start, self.typed, self.errors, self.notes)

    def _option(self, question: Question) -> str:
        value = self._value(question.slug)
        if value and not question.option(value):
            wrong = f"„{shorten(value)}” na pytanie „{question.tresc}”"
            self.notes.append(f"Pominęliśmy nieznaną odpowiedź {wrong}.")
            return ""
        return value

    def _number(self, question: Question) -> Decimal | None:
        parse = _amount if question.jednostka == "zl" else _whole
        return self._typed(question.number_name, parse, NUMBER_ERRORS[question.jednostka])

    def _typed(self, name: str, parse: Callable, error: str):
        text = self._value(name)
        self.typed[name] = text[:SHOWN_CHARS]
        value = parse(text) if text else None
        if text and value is None:
            self.errors[name] = error
        return value

    def _value(self, name: str) -> str:
        if len(self.params.getlist(name)) > 1:
            self.notes.append(f"Parametr „{name}” podano kilka razy; liczy się ostatni.")
        return self.params.get(name, "").strip()

    def _note_disagreement(self, question, option, number):
        of_number = question.option_of(number)
        if option and of_number and of_number.slug != option:
            self.notes.append(f"„{question.tresc}”: liczy się wpisana liczba, a nie zaznaczony przedział.")

    def _note_unknown_names(self):
        questions = self.knowledge.questions
        known = {START, *(q.slug for q in questions), *(q.number_name for q in questions if q.jednostka)}
        unknown = [f"„{shorten(name)}”" for name in self.params if name not in known]
        if unknown:
            rest = len(unknown) - SHOWN_NAMES
            names = ", ".join(unknown[:SHOWN_NAMES]) + (f" i jeszcze {rest}" if rest > 0 else "")
            self.notes.append(f"Pominęliśmy nieznane parametry adresu: {names}.")


def _amount(text: str) -> Decimal | None:
    """Read an amount as Poles write it: "10 000,50 zł"; a dot before three digits is refused, not guessed."""
    plain = "".join(text.split()).lower().removesuffix("zł")
    number = Decimal(plain.replace(",", ".")) if NUMBER.fullmatch(plain) else Decimal(0)
    return _shortest(number) if number > 0 else None


def _whole(text: str) -> Decimal | None:
    plain = "".join(text.split()).lower().removesuffix("dni")
    number = Decimal(plain) if WHOLE_NUMBER.fullmatch(plain) else Decimal(0)
    return number if number > 0 else None


def _shortest(number: Decimal) -> Decimal:
    """Write 10000.00 and 10000 alike, so that equal answers have one address."""
    is_whole = number == number.to_integral_value()
    return number.quantize(Decimal(1) if is_whole else Decimal("0.01"))


def _day(text: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None
