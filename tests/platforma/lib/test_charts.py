"""The geometry of bar charts, and what a few numbers say together."""

from decimal import Decimal
from itertools import pairwise

import pytest

from platforma.lib.charts import BOTTOM, HEIGHT, MAX_LABELS, TOP, WIDTH, bar_chart
from platforma.lib.summary import Summary, summarize


def test_bars_stand_on_the_base_line_in_proportion_and_the_highest_fills_the_height():
    bars = bar_chart([("a", 10), ("b", 5), ("c", 0)]).bars
    assert [bar.height for bar in bars] == [HEIGHT - TOP - BOTTOM, (HEIGHT - TOP - BOTTOM) / 2, 0]
    assert {round(bar.y + bar.height, 1) for bar in bars} == {HEIGHT - BOTTOM}


@pytest.mark.parametrize("n", [1, 4, 23, 60])
def test_bars_never_touch_nor_leave_the_drawing(n):
    bars = bar_chart([(str(number), number + 1) for number in range(n)]).bars
    assert bars[0].x >= 0
    assert bars[-1].x + bars[-1].width <= WIDTH
    assert all(left.x + left.width < right.x for left, right in pairwise(bars))
    assert all(bar.above > 0 for bar in bars)


@pytest.mark.parametrize(("n", "shown"), [(4, 4), (8, 8), (9, 5), (23, 8)])
def test_labels_that_would_not_fit_are_thinned_out_evenly(n, shown):
    labels = [bar.shown_label for bar in bar_chart([(str(number), 1) for number in range(n)]).bars]
    assert len(list(filter(None, labels))) == shown <= MAX_LABELS
    assert labels[0] == "0"


def test_the_table_has_a_row_for_every_bar_that_stands_for_something():
    chart = bar_chart([("2019", 2), ("2020", 0), ("2021", 1)])
    assert [(row.label, row.value) for row in chart.rows] == [("2019", 2), ("2021", 1)]


@pytest.mark.parametrize("values", [[], [("a", 0)], [("a", 0), ("b", 0)]])
def test_nothing_to_draw_is_no_chart(values):
    assert bar_chart(values) is None


def test_no_number_is_no_summary_and_an_unknown_one_is_not_zero():
    assert summarize([]) is None
    assert summarize([None, None]) is None
    assert summarize([None, Decimal(7), None]) == Summary(1, Decimal(7), Decimal(7), None)


@pytest.mark.parametrize(
    ("values", "median"), [([0, 5], None), ([0, 5, 100], 5), ([1, 2, 4, 100], 3), ([3, 3, 3], 3)]
)
def test_a_median_needs_three_numbers(values, median):
    values = [Decimal(value) for value in values]
    assert summarize(values) == Summary(len(values), min(values), max(values), median)
