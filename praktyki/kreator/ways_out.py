"""When nothing fits: which answer rules out most, and what changing or skipping it would give."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from .assess import Answers, Group, Verdict, assess
from .knowledge import Knowledge, Option, Question

SHOWN = 3  # questions


@dataclass(frozen=True)
class WayOut:
    """Other answers (`option` None skips the question) and the instruments nothing would then exclude."""

    option: Option | None
    answers: Answers
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Obstacle:
    """A question whose answer excludes `count` instruments, and the ways out that help."""

    question: Question
    option: Option | None
    count: int
    ways: tuple[WayOut, ...]


def obstacles(
    verdicts: list[Verdict], answers: Answers, on_date: date, knowledge: Knowledge
) -> list[Obstacle]:
    """Return the question that excludes most and, after it, up to two more whose change would help."""
    counts = Counter(slug for verdict in verdicts for slug in {reason.question for reason in verdict.przeciw})
    excluding = [question for question in knowledge.questions if counts[question.slug]]
    excluding.sort(key=lambda question: -counts[question.slug])
    found = [
        Obstacle(
            question,
            answers.option(question),
            counts[question.slug],
            tuple(_ways(question, answers, on_date, knowledge)),
        )
        for question in excluding
    ]
    return [*found[:1], *[obstacle for obstacle in found[1:] if obstacle.ways][: SHOWN - 1]]


def _ways(question, answers, on_date, knowledge):
    present = answers.option(question)
    for option in (*question.options, None):
        if option is not None and option == present:
            continue
        changed = answers.choosing(question.slug, option.slug) if option else answers.without(question.slug)
        verdicts = assess(changed, on_date, knowledge)
        left = tuple(verdict.instrument for verdict in verdicts if verdict.group is not Group.EXCLUDED)
        if left:
            yield WayOut(option, changed, left)
