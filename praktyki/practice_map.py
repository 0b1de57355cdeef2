"""The practices a catalogue found, by place: dots of voivodeships, and of the gminas of the metropolis."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt

from django.urls import reverse
from pyroaring import BitMap

from platforma.lib.catalogue import Catalogue
from platforma.lib.geo import Projection
from platforma.lib.labels import Circle, place
from platforma.lib.selection import MISSING

from .units import REGIONS, UNITS

WIDTH = 360  # units of both drawings
SMALLEST, LARGEST, EMPTY = 9, 24, 3  # radii of dots
FULL_SIZE = 5  # the least number of practices that the largest dot stands for
LETTERS = 9  # height of a name
POLAND_MARGIN, METROPOLIS_MARGIN = 0.65, 0.05  # degrees of latitude around the outermost dots


@dataclass(frozen=True)
class Dot:
    """A place with its number of practices; `url` lists them, empty where there are none."""

    name: str
    count: int
    url: str
    x: float | None
    y: float | None
    r: float
    label: tuple[float, float] | None = None  # the middle of its name, where there is room for it


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    dots: list[Dot]

    @property
    def painted(self) -> list[Dot]:
        """The dots in the order of painting: small ones on top, so that none is covered."""
        return sorted(self.dots, key=lambda dot: -dot.r)

    @property
    def listed(self) -> list[Dot]:
        return [dot for dot in self.dots if dot.count]


class PracticeMap:
    """Counts what `katalog` found by place; every dot's number is that of the list it leads to."""

    def __init__(self, katalog: Catalogue):
        self.katalog = katalog
        self.list_path = reverse("praktyki:list")
        self.regions = REGIONS.get(katalog.revision)
        self.units = [unit for unit in UNITS.get(katalog.revision).values() if unit.w_gzm]

    @property
    def list_url(self) -> str:
        return self.list_path + self.katalog.selection.query()

    @cached_property
    def poland(self) -> Drawing | None:
        return self._drawing("wojewodztwo", self.regions, POLAND_MARGIN)

    @cached_property
    def metropolis(self) -> Drawing | None:
        return self._drawing("jst", self.units, METROPOLIS_MARGIN)

    @property
    def unplaced(self) -> list[Dot]:
        """The practices of no voivodeship, and places whose position nobody has entered."""
        nowhere = self._counted("wojewodztwo", MISSING)
        dots = [self._dot("bez województwa", "wojewodztwo", MISSING, nowhere)]
        for facet, places in (("wojewodztwo", self.regions), ("jst", self.units)):
            dots += [
                self._dot(place.nazwa, facet, place.slug, self._counted(facet, place.slug))
                for place in places
                if place.lat is None
            ]
        return [dot for dot in dots if dot.count]

    def _drawing(self, facet: str, places: Iterable, margin: float) -> Drawing | None:
        placed = [place for place in places if place.lat is not None]
        if not placed:
            return None
        projection = Projection.around([(place.lat, place.lon) for place in placed], WIDTH, margin)
        counts = [self._counted(facet, place.slug) for place in placed]
        most = max(*counts, FULL_SIZE)
        dots = [
            self._dot(place.nazwa, facet, place.slug, count, projection.point(place.lat, place.lon), most)
            for place, count in zip(placed, counts, strict=True)
        ]
        return Drawing(WIDTH, round(projection.height), _labelled(dots, projection.height))

    def _counted(self, facet: str, value: str) -> int:
        """Count what the list filtered by this place alone would hold; nothing where others are chosen."""
        chosen = self.katalog.selection.values.get(facet)
        if chosen and value not in chosen:
            return 0
        return len(self._without[facet] & self.katalog.index.values[facet].get(value, BitMap()))

    @cached_property
    def _without(self) -> dict[str, BitMap]:
        """The rows found when the choices of one facet do not count, for the two facets of place."""
        katalog = self.katalog
        return {
            facet: katalog.index.matching(katalog.selection, katalog.found, without=facet)
            for facet in ("wojewodztwo", "jst")
        }

    def _dot(self, name, facet, value, count, point=(None, None), most=0) -> Dot:
        url = self.list_path + self.katalog.selection.with_values(facet, [value]).query() if count else ""
        share = sqrt(count / most) if most else 0
        x, y = (None if part is None else round(part, 1) for part in point)
        return Dot(
            name, count, url, x, y, round(SMALLEST + (LARGEST - SMALLEST) * share, 1) if count else EMPTY
        )


def _labelled(dots: list[Dot], height: float) -> list[Dot]:
    """Give the dots with practices the places of their names, the largest dots choosing first."""
    named = sorted((dot for dot in dots if dot.count), key=lambda dot: (-dot.count, dot.name))
    others = [Circle(dot.x, dot.y, dot.r) for dot in dots if not dot.count]
    circles = [(dot.name, Circle(dot.x, dot.y, dot.r)) for dot in named]
    boxes = dict(zip((dot.url for dot in named), place(circles, others, WIDTH, height, LETTERS), strict=True))
    return [replace(dot, label=box.middle if (box := boxes.get(dot.url)) else None) for dot in dots]
