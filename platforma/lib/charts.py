"""Bar charts as geometry: values in, numbers for an SVG out; a template draws them."""

from dataclasses import dataclass

WIDTH, HEIGHT = 320, 180  # of the drawing, in its own units: a phone shows them as pixels
TOP = 22  # room for the number above the highest bar
BOTTOM = 26  # room for the labels below
SIDE = 12  # room for half a label at both ends
GAP = 0.25  # of a bar's place
MAX_LABELS = 8


@dataclass(frozen=True)
class Bar:
    """One column: where it stands, what is written above (its value) and below (its label, or nothing)."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    shown_label: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        """The baseline of the number above the column."""
        return round(self.y - 5, 1)


@dataclass(frozen=True)
class BarChart:
    """Columns on a common base line at `base`, in a drawing of `width` by `height`."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM

    @property
    def label_line(self) -> int:
        return self.base + 17

    @property
    def rows(self) -> list[Bar]:
        """The columns that stand for something: the rows of the table beside the drawing."""
        return [bar for bar in self.bars if bar.value]


def bar_chart(values: list[tuple[str, int]]) -> BarChart | None:
    """Return the chart of `(label, count)` pairs in their order; None where every count is zero.

    The highest bar fills the height and the others are in proportion. Where labels would not fit side by
    side, every second, third … one is shown.
    """
    highest = max((value for _label, value in values), default=0)
    if not highest:
        return None
    place = (WIDTH - 2 * SIDE) / len(values)
    step = -(-len(values) // MAX_LABELS)
    scale = (HEIGHT - TOP - BOTTOM) / highest
    return BarChart(
        tuple(
            Bar(
                label=label,
                value=value,
                x=round(SIDE + place * (n + GAP / 2), 1),
                y=round(HEIGHT - BOTTOM - value * scale, 1),
                width=round(place * (1 - GAP), 1),
                height=round(value * scale, 1),
                shown_label="" if n % step else label,
            )
            for n, (label, value) in enumerate(values)
        )
    )
