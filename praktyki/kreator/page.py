"""What the chooser's page shows: the form as filled in, the groups of verdicts, and ways out of none."""

from datetime import date, timedelta
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from platforma.lib import revision
from platforma.lib.facets import FacetIndex
from platforma.lib.selection import Selection

from ..kinds import PRAKTYKA
from ..models import Instrument
from . import ways_out
from .assess import Answers, Group, Verdict, assess
from .knowledge import Question
from .parts import Card, Field, Obstacle, PracticeLink, Step
from .reading import START, address, address_pairs, read
from .source import knowledge_at


class ChooserPage:
    """One answer to one address; `params` are its query."""

    def __init__(self, params: QueryDict, today: date | None = None):
        self.revision = revision.current()
        self.knowledge = knowledge_at(self.revision)
        self.params = params
        self.reading = read(params, self.knowledge)
        self.answers = self.reading.answers
        self.start = self.reading.start
        self.day = self.start or today or timezone.localdate()

    # --- the address

    @property
    def url(self) -> str:
        """The one address of these answers."""
        return self._url(self.answers)

    @property
    def is_canonical(self) -> bool:
        """Tell whether the address is already `url`, or says something that must be answered with a note."""
        asked = [(name, value) for name, values in self.params.lists() for value in values]
        return not self.reading.is_clear or asked == address_pairs(self.answers, self.start, self.knowledge)

    # --- the form

    @cached_property
    def fields(self) -> list[Field]:
        return [self._field(question) for question in self.knowledge.questions]

    @property
    def start_field(self) -> dict[str, str]:
        typed = self.start.isoformat() if self.start else self.reading.typed[START]
        return {"name": START, "typed": typed, "error": self.reading.errors.get(START, "")}

    @property
    def answered(self) -> list[Field]:
        return [field for field in self.fields if field.is_answered]

    @property
    def notes(self) -> list[str]:
        return self.reading.notes

    @property
    def errors(self) -> list[str]:
        return list(self.reading.errors.values())

    @property
    def last_day(self) -> date | None:
        """The last day, where the number of days is known and they reach into another budget year."""
        days = [self.answers.numbers.get(q.slug) for q in self.knowledge.questions if q.jednostka == "dni"]
        last = self.start + timedelta(int(days[0]) - 1) if self.start and days and days[0] else None
        return last if last and last.year != self.day.year else None

    # --- the result

    @cached_property
    def verdicts(self) -> list[Verdict]:
        verdicts = assess(self.answers, self.day, self.knowledge) if self.answers else []
        return [verdict for verdict in verdicts if verdict.instrument in self._rows]  # not deleted just now

    @property
    def fitting(self) -> list[Card]:
        return self._cards(Group.FITS)

    @cached_property
    def conditional(self) -> list[Card]:
        """Cards with a condition to check first; what nothing speaks for or against comes in `neutral`."""
        return [
            card for card in self._cards(Group.CONDITIONAL) if card.verdict.points or card.verdict.warunki
        ]

    @cached_property
    def neutral(self) -> list[Card]:
        return [card for card in self._cards(Group.CONDITIONAL) if card not in self.conditional]

    @property
    def excluded(self) -> list[Card]:
        return self._cards(Group.EXCLUDED)

    @cached_property
    def best(self) -> Card | None:
        """The instrument that most speaks for, where anything does."""
        first = self.verdicts[0] if self.verdicts else None
        is_found = first and first.group is not Group.EXCLUDED and first.points
        return self._card(first) if is_found else None

    @property
    def is_contradictory(self) -> bool:
        return bool(self.verdicts) and all(verdict.group is Group.EXCLUDED for verdict in self.verdicts)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        found = ways_out.obstacles(self.verdicts, self.answers, self.day, self.knowledge)
        return [
            Obstacle(
                obstacle.question, obstacle.option, obstacle.count, [self._step(way) for way in obstacle.ways]
            )
            for obstacle in found
        ]

    @property
    def not_judged(self) -> list[Instrument]:
        """Instruments that no rule names yet."""
        return [row for slug, row in self._rows.items() if slug not in self.knowledge.instruments]

    @property
    def counts(self) -> dict[str, int]:
        groups = [verdict.group for verdict in self.verdicts]
        return {group.name.lower(): groups.count(group) for group in Group}

    # --- building blocks

    def _url(self, answers: Answers) -> str:
        return address(answers, self.start, self.knowledge)

    def _field(self, question: Question) -> Field:
        number = self.answers.numbers.get(question.slug)
        name = question.number_name
        return Field(
            question,
            self.answers.option(question) if number is None else None,
            number,
            self.reading.typed.get(name, "") if name else "",
            self.reading.errors.get(name, ""),
        )

    @cached_property
    def _rows(self) -> dict[str, Instrument]:
        return {row.slug: row for row in Instrument.objects.all()}

    @cached_property
    def _index(self) -> FacetIndex:
        return PRAKTYKA.live.get(self.revision).index

    def _cards(self, group: Group) -> list[Card]:
        return [self._card(verdict) for verdict in self.verdicts if verdict.group is group]

    def _card(self, verdict: Verdict) -> Card:
        slug = verdict.instrument
        options = [self.answers.option(question) for question in self.knowledge.questions]
        audiences = [option.odbiorcy for option in options if option and option.odbiorcy]
        narrowed = [self._practices(slug, audience) for audience in audiences]
        return Card(
            self._rows[slug], verdict, self._practices(slug), [link for link in narrowed if link.count]
        )

    def _practices(self, slug: str, audience: tuple[str, str] | None = None) -> PracticeLink:
        values = {"instrument": (slug,)} | ({"odbiorcy": (audience[0],)} if audience else {})
        selection = Selection(values=values)
        count = len(self._index.matching(selection, None))
        return PracticeLink(
            reverse("praktyki:list") + selection.query(), count, audience[1] if audience else ""
        )

    def _step(self, way: ways_out.WayOut) -> Step:
        label = way.option.tresc if way.option else ""
        left = [self._rows[slug] for slug in way.instruments if slug in self._rows]
        return Step(self._url(way.answers), label, left)
