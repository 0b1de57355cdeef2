"""What the chooser knows, as plain values: questions, rules and legal parameters, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

STEPS = {"zl": Decimal("0.01"), "dni": Decimal(1)}  # the least difference of two numbers in a unit


@dataclass(frozen=True)
class LegalValue:
    """One value of a legal parameter, in force from `od` to `do`, both included; `do` None is "still"."""

    wartosc: Decimal
    jednostka: str  # of ParametrPrawny.Jednostka
    od: date
    do: date | None = None
    podstawa: str = ""
    zrodlo_url: str = ""
    zweryfikowano: date | None = None
    unit: str = ""  # as readers see it

    def is_in_force(self, day: date) -> bool:
        return self.od <= day and (self.do is None or day <= self.do)


@dataclass(frozen=True)
class Parameter:
    nazwa: str
    values: tuple[LegalValue, ...]

    def on(self, day: date) -> LegalValue | None:
        return next((value for value in self.values if value.is_in_force(day)), None)


@dataclass(frozen=True)
class Limit:
    """A number must be at most the legal parameter `klucz`, or less than it where `is_open`."""

    klucz: str
    is_open: bool = False

    def allows(self, number: Decimal, bound: Decimal) -> bool:
        return number < bound if self.is_open else number <= bound


@dataclass(frozen=True)
class Rule:
    """What an answer says about an instrument; one with a limit counts only where the limit bears it out."""

    instrument: str
    excludes: bool
    powod: str
    waga: int = 0
    przepis: str = ""
    zweryfikowano: date | None = None
    limit: Limit | None = None


@dataclass(frozen=True)
class Option:
    """One possible answer, with at most one rule for each instrument; `najwyzej` None has no upper end."""

    slug: str
    tresc: str
    rules: Mapping[str, Rule]
    najwyzej: Decimal | None = None
    odbiorcy: tuple[str, str] | None = None  # slug and name of the audience it narrows practices to


@dataclass(frozen=True)
class Question:
    """A question; where it has a unit its options are ranges that follow one another."""

    slug: str
    tresc: str
    options: tuple[Option, ...]
    podpowiedz: str = ""
    jednostka: str = ""

    @property
    def number_name(self) -> str:
        """The parameter that carries a number; "" where none is asked for."""
        return f"{self.slug}_{self.jednostka}" if self.jednostka else ""

    @cached_property
    def limits(self) -> dict[str, tuple[Limit, ...]]:
        """The limits that this question's rules name, by instrument: they hold whatever is answered."""
        found: dict[str, dict[Limit, None]] = {}
        for option in self.options:
            for rule in option.rules.values():
                if rule.limit:
                    found.setdefault(rule.instrument, {})[rule.limit] = None
        return {instrument: tuple(limits) for instrument, limits in found.items()}

    def option(self, slug: str) -> Option | None:
        return next((option for option in self.options if option.slug == slug), None)

    def option_of(self, number: Decimal) -> Option | None:
        """Return the first option that reaches up to `number`."""
        return next((o for o in self.options if o.najwyzej is None or number <= o.najwyzej), None)

    def span(self, option: Option) -> tuple[Decimal, Decimal | None]:
        """Return the least and the greatest number of a ranged option; None where it has no end."""
        bounds = [other.najwyzej for other in self.options if other.najwyzej is not None]
        below = [bound for bound in bounds if option.najwyzej is None or bound < option.najwyzej]
        return max(below, default=Decimal(0)) + STEPS[self.jednostka], option.najwyzej


@dataclass(frozen=True)
class Knowledge:
    """Everything `assess` needs; `instruments` stand in the order that decides a tie."""

    questions: tuple[Question, ...]
    instruments: tuple[str, ...]
    parameters: Mapping[str, Parameter]
