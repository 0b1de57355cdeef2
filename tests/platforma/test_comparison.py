"""Side by side: what agrees, what differs, and what nobody knows."""

from types import SimpleNamespace

import pytest

from platforma.lib.comparison import Field, Item, Verdict, compare, judge


def cell(*texts):
    return tuple(Item(text) for text in texts)


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([cell("a"), cell("a")], Verdict.SAME),
        ([cell("a", "b"), cell("b", "a")], Verdict.SAME),
        ([cell("do  10\u00a0zł"), cell("do 10 zł")], Verdict.SAME),
        ([cell("a"), cell("b")], Verdict.DIFFERENT),
        ([cell("a"), cell("a", "b")], Verdict.DIFFERENT),
        ([cell("a"), cell("a"), cell("b")], Verdict.DIFFERENT),
        ([cell("a"), cell(), cell("b")], Verdict.DIFFERENT),
        ([cell("a"), cell()], Verdict.PARTIAL),
        ([cell("a"), cell("a"), cell()], Verdict.PARTIAL),
        ([cell(), cell()], Verdict.UNKNOWN),
    ],
)
def test_cells_are_judged(cells, verdict):
    assert judge(cells) == verdict


def test_notes_explain_but_do_not_differ():
    assert judge([(Item("100", note="2022 r."),), (Item("100", note="2024 r."),)]) == Verdict.SAME


def test_a_field_becomes_a_row_with_a_cell_an_entry_and_no_empty_items():
    entries = [SimpleNamespace(name="x", years=["", "2020"]), SimpleNamespace(name="y", years=["2020"])]
    fields = [
        Field("Nazwa", lambda entry: [Item(entry.name)], prose=True),
        Field("Lata", lambda entry: [Item(year) for year in entry.years]),
    ]
    name, years = compare(fields, entries)
    assert (name.label, name.cells, name.verdict, name.prose) == (
        "Nazwa",
        (cell("x"), cell("y")),
        Verdict.DIFFERENT,
        True,
    )
    assert (years.cells, years.verdict) == ((cell("2020"), cell("2020")), Verdict.SAME)


def test_a_gap_is_worth_a_look_but_agreement_and_ignorance_are_not():
    values = {"a": ["1", "2"], "b": ["1", ""], "c": ["1", "1"], "d": ["", ""]}
    fields = [Field(name, lambda entry, name=name: [Item(values[name][entry])]) for name in values]
    assert [row.label for row in compare(fields, [0, 1]) if row.differs] == ["a", "b"]
