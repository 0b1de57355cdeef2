"""What holds of the judgment for any answers, amounts and days."""

from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from praktyki.kreator.assess import Answers, Group, assess
from tests.praktyki.chooser import KNOWLEDGE, judge

QUESTIONS = {question.slug: question for question in KNOWLEDGE.questions}
OPTIONS = {question.slug: [option.slug for option in question.options] for question in KNOWLEDGE.questions}
ANSWERS = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(slugs) for name, slugs in OPTIONS.items()}
)
NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "kwota": st.decimals(min_value="0.01", max_value=10**9, places=2),
        "czas": st.integers(1, 5000).map(Decimal),
    },
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_every_full_set_of_answers_gives_a_verdict_for_every_instrument():
    sets = empty = 0
    for slugs in product(*OPTIONS.values()):
        verdicts = assess(Answers(dict(zip(OPTIONS, slugs, strict=True))), date(2026, 1, 1), KNOWLEDGE)
        assert {verdict.instrument for verdict in verdicts} == {*KNOWLEDGE.instruments}
        sets += 1
        empty += verdicts[0].group is Group.EXCLUDED
    assert (sets, empty) == (12_960, 4_116)


@settings(max_examples=200, deadline=None)
@given(chosen=ANSWERS, numbers=NUMBERS, day=DAYS, data=st.data())
def test_what_holds_for_any_answers(chosen, numbers, day, data):
    verdicts = assess(Answers(chosen, numbers), day, KNOWLEDGE)
    assert sorted(verdict.instrument for verdict in verdicts) == sorted(KNOWLEDGE.instruments)
    for verdict in verdicts:
        assert (verdict.group is Group.EXCLUDED) == bool(verdict.przeciw)
        assert verdict.group is not Group.FITS or (verdict.points > 0 and not verdict.warunki)
        assert verdict.points == sum(reason.waga for reason in verdict.za)
    others = dict(data.draw(st.permutations(list(chosen.items()))))
    assert assess(Answers(others, dict(reversed(numbers.items()))), day, KNOWLEDGE) == verdicts


@settings(max_examples=200, deadline=None)
@given(chosen=ANSWERS, numbers=NUMBERS, day=DAYS, question=st.sampled_from(sorted(OPTIONS)))
def test_skipping_a_question_never_excludes(chosen, numbers, day, question):
    answers = Answers(chosen, numbers)
    excluded = {v.instrument for v in assess(answers, day, KNOWLEDGE) if v.group is Group.EXCLUDED}
    fewer = assess(answers.without(question), day, KNOWLEDGE)
    assert {v.instrument for v in fewer if v.group is Group.EXCLUDED} <= excluded


@settings(max_examples=200, deadline=None)
@given(chosen=ANSWERS, amount=NUMBERS, day=DAYS)
def test_a_number_counts_as_the_range_it_lies_in_and_never_says_less(chosen, amount, day):
    """A number settles what its range leaves open, and otherwise agrees with it."""
    for name, number in amount.items():
        question = QUESTIONS[name]
        ranged = judge(chosen | {name: question.option_of(number).slug}, on=day)
        exact = judge(chosen, on=day, **{name: number})
        for slug, verdict in ranged.items():
            if verdict.group is not Group.CONDITIONAL:
                assert exact[slug].group is verdict.group


def test_ranges_follow_one_another_without_a_gap():
    for question in (QUESTIONS["kwota"], QUESTIONS["czas"]):
        spans = [question.span(option) for option in question.options]
        step = spans[0][0]
        assert [low for low, _high in spans[1:]] == [high + step for _low, high in spans[:-1]]
        assert spans[-1][1] is None
        assert all(
            question.option_of(low) == option
            for (low, _), option in zip(spans, question.options, strict=True)
        )
