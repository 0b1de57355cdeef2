"""The judgment: which instruments fit the answers on a day, why, and by which provision the others do not."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from .knowledge import Knowledge, LegalValue, Limit, Option, Question, Rule

Span = tuple[Decimal, Decimal | None]


@dataclass(frozen=True)
class Answers:
    """What a reader said: options and numbers by question; where there are both, the number counts."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)

    def __bool__(self):
        return bool(self.chosen or self.numbers)

    def without(self, question: str) -> "Answers":
        return Answers(*(_without(answers, question) for answers in (self.chosen, self.numbers)))

    def choosing(self, question: str, option: str) -> "Answers":
        """Return the answers with `option` instead of whatever was said to `question`."""
        rest = self.without(question)
        return replace(rest, chosen={**rest.chosen, question: option})

    def option(self, question: Question) -> Option | None:
        """Return the option that is the answer to `question`, also where it was given as a number."""
        if question.slug in self.numbers:
            return question.option_of(self.numbers[question.slug])
        return question.option(self.chosen.get(question.slug, ""))

    def span(self, question: Question) -> Span | None:
        """Return the least and the greatest number the answer allows; None where it allows any."""
        if question.slug in self.numbers:
            return (self.numbers[question.slug],) * 2
        option = self.option(question) if question.jednostka else None
        return question.span(option) if option else None


class Group(Enum):
    FITS = "pasuje"
    CONDITIONAL = "warunkowo"
    EXCLUDED = "nie-pasuje"


class Fit(Enum):
    """How a number compares with a legal parameter on the day."""

    WITHIN = "within"
    OVER = "over"
    DEPENDS = "depends"  # part of the chosen range is within
    UNSAID = "unsaid"  # the question was skipped
    NO_VALUE = "no-value"  # none is known for the day
    OTHER_UNIT = "other-unit"  # e.g. a limit in euro


@dataclass(frozen=True)
class Comparison:
    """A limit on a day: `value` is the one in force, `span` what the reader said, `fit` how they compare."""

    nazwa: str
    limit: Limit
    value: LegalValue | None
    span: Span | None
    fit: Fit

    @property
    def is_exact(self) -> bool:
        """Tell whether a number was given, not a range."""
        return self.span is not None and self.span[0] == self.span[1]


@dataclass(frozen=True)
class Reason:
    """One reason and its provision, given by `question`; `zweryfikowano` None awaits confirmation."""

    question: str
    powod: str = ""
    przepis: str = ""
    zweryfikowano: date | None = None
    waga: int = 0
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Verdict:
    """An instrument with its group, its points, and the reasons for it, against it, and left to check."""

    instrument: str
    group: Group
    points: int
    za: tuple[Reason, ...]
    przeciw: tuple[Reason, ...]
    warunki: tuple[Reason, ...]


def assess(answers: Answers, on_date: date, knowledge: Knowledge) -> list[Verdict]:
    """Judge every instrument for a start on `on_date`.

    The best come first: by points, then by the order of `knowledge`. The excluded come last, those with the
    fewest reasons against them first. Nothing is read but the arguments.
    """
    verdicts = [_judge(slug, answers, on_date, knowledge) for slug in knowledge.instruments]
    return sorted(verdicts, key=lambda v: (v.group is Group.EXCLUDED, len(v.przeciw), -v.points))


def _judge(instrument, answers, on_date, knowledge):
    za, przeciw, warunki = [], [], []
    for question in knowledge.questions:
        option = answers.option(question)
        rule = option and option.rules.get(instrument)
        for limit in question.limits.get(instrument, ()):
            comparison = _compare(limit, question, answers.span(question), on_date, knowledge)
            reason = _reason_of_limit(question, comparison, rule)
            {Fit.WITHIN: za, Fit.OVER: przeciw}.get(comparison.fit, warunki).append(reason)
        if rule and not rule.limit:
            reason = Reason(question.slug, rule.powod, rule.przepis, rule.zweryfikowano, rule.waga)
            (przeciw if rule.excludes else za).append(reason)
    points = sum(reason.waga for reason in za)
    group = Group.EXCLUDED if przeciw else Group.CONDITIONAL if warunki or not points else Group.FITS
    return Verdict(instrument, group, points, tuple(za), tuple(przeciw), tuple(warunki))


def _compare(limit, question, span, on_date, knowledge) -> Comparison:
    parameter = knowledge.parameters.get(limit.klucz)
    value = parameter.on(on_date) if parameter else None
    return Comparison(
        parameter.nazwa if parameter else limit.klucz, limit, value, span, _fit(limit, question, span, value)
    )


def _fit(limit, question, span, value) -> Fit:
    if value is None:
        return Fit.NO_VALUE
    if value.jednostka != question.jednostka:
        return Fit.OTHER_UNIT
    if span is None:
        return Fit.UNSAID
    low, high = span
    if high is not None and limit.allows(high, value.wartosc):
        return Fit.WITHIN
    return Fit.DEPENDS if limit.allows(low, value.wartosc) else Fit.OVER


def _reason_of_limit(question, comparison, rule: Rule | None) -> Reason:
    """Give the limit's own provision; the rule lends words and weight where the comparison bears it out."""
    value = comparison.value
    reason = Reason(
        question.slug,
        przepis=value.podstawa if value else "",
        zweryfikowano=value.zweryfikowano if value else None,
        comparison=comparison,
    )
    if not rule or rule.limit != comparison.limit:
        return reason
    reason = replace(reason, przepis=reason.przepis or rule.przepis)
    agrees = comparison.fit is (Fit.OVER if rule.excludes else Fit.WITHIN)
    return replace(reason, powod=rule.powod, waga=rule.waga) if agrees else reason


def _without(answers: Mapping, question: str) -> dict:
    return {name: value for name, value in answers.items() if name != question}
