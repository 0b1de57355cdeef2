"""Names beside the dots of a drawing, each where it covers nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CHAR_WIDTH, LINE_HEIGHT, GAP = 0.54, 1.15, 2.0  # of the size of the letters; the last in units of the drawing


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, circle: Circle) -> bool:
        nearest_x = min(max(circle.x, self.left), self.right)
        nearest_y = min(max(circle.y, self.top), self.bottom)
        return (nearest_x - circle.x) ** 2 + (nearest_y - circle.y) ** 2 < circle.r**2

    def is_inside(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def place(
    named: Sequence[tuple[str, Circle]], others: Iterable[Circle], width: float, height: float, size: float
) -> list[Box | None]:
    """Return a box for each name, below, above, right or left of its circle, None where none is free.

    Names that come first are placed first; letters are `size` units high and their width is estimated.
    """
    circles = [circle for _name, circle in named] + list(others)
    taken: list[Box] = []
    boxes: list[Box | None] = []
    for name, own in named:
        free = (
            box
            for box in _around(own, len(name) * size * CHAR_WIDTH, size * LINE_HEIGHT)
            if box.is_inside(width, height)
            and not any(box.meets(other) for other in taken)
            and not any(box.touches(circle) for circle in circles)
        )
        boxes.append(box := next(free, None))
        taken += [box] if box else []
    return boxes


def _around(own: Circle, width: float, height: float) -> Iterable[Box]:
    away = own.r + GAP
    yield _box(own.x, own.y + away + height / 2, width, height)
    yield _box(own.x, own.y - away - height / 2, width, height)
    yield _box(own.x + away + width / 2, own.y, width, height)
    yield _box(own.x - away - width / 2, own.y, width, height)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
