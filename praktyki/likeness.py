"""How alike two units of local government are, for a reader who asks whether a practice would fit theirs.

Three parts, each worth 0–2 points, and nothing hidden in between:

- kind: the same 2, akin 1 (a town and a city with county rights, a town and a mixed gmina, a mixed and
  a rural gmina), another 0;
- size: the larger has up to 1.5 times the inhabitants of the smaller 2, up to 3 times 1, more 0;
- place: up to 30 km apart 2, farther but in one voivodeship 1, another voivodeship 0.

What is unknown gives no points and is said. Of two equal sums the nearer comes first.
"""

from dataclasses import dataclass
from math import inf

from platforma.lib import polish
from platforma.lib.geo import distance_km

from .models import Jst

Typ = Jst.Typ
AKIN = {
    frozenset((Typ.GMINA_MIEJSKA, Typ.MIASTO_NA_PRAWACH_POWIATU)),
    frozenset((Typ.GMINA_MIEJSKA, Typ.GMINA_MIEJSKO_WIEJSKA)),
    frozenset((Typ.GMINA_WIEJSKA, Typ.GMINA_MIEJSKO_WIEJSKA)),
}
SIMILAR, COMPARABLE = 1.5, 3.0  # times as many inhabitants
NEAR_KM = 30
MOST_POINTS = 6
KINDS = {2: "ten sam rodzaj", 1: "pokrewny rodzaj", 0: "inny rodzaj"}
SIZES = {2: "podobna liczba mieszkańców", 1: "zbliżona liczba mieszkańców", 0: "inna liczba mieszkańców"}
PLACES = {True: "to samo województwo", False: "inne województwo", None: "województwo: brak danych"}


@dataclass(frozen=True)
class Likeness:
    """The points of each part, None where unknown; `km` likewise."""

    kind: int | None
    size: int | None
    km: float | None
    same_region: bool | None
    is_own: bool = False

    @property
    def place(self) -> int:
        if self.km is not None and self.km <= NEAR_KM:
            return 2
        return 1 if self.same_region else 0

    @property
    def points(self) -> int:
        return (self.kind or 0) + (self.size or 0) + self.place

    @property
    def rank(self) -> tuple:
        """Smaller is more alike: one's own unit, then more points, then nearer; equal ranks are alike."""
        return (not self.is_own, -self.points, inf if self.km is None else round(self.km))

    def parts(self, other) -> list[str]:
        """Say each part in words; `other` is the unit that was compared with the reader's."""
        if self.is_own:
            return []
        return [self._kind(other), self._size(other), self._distance(), PLACES[self.same_region]]

    def _kind(self, other) -> str:
        if self.kind is None:
            return "rodzaj: brak danych"
        return f"{KINDS[self.kind]} ({Typ(other.typ).label})"

    def _size(self, other) -> str:
        if self.size is None:
            return "liczba mieszkańców: brak danych"
        return f"{SIZES[self.size]} ({polish.number(other.ludnosc)})"

    def _distance(self) -> str:
        if self.km is None:
            return "odległość: brak danych"
        return f"{round(self.km)}\u00a0km" if self.km >= 1 else "mniej niż 1\u00a0km"


def likeness(mine, other) -> Likeness:
    """Compare two units (rows of `Jst`, or alike): the second with the first, the reader's own."""
    return Likeness(
        kind=_kind(mine.typ, other.typ),
        size=size_points(mine.ludnosc, other.ludnosc),
        km=_km(mine, other),
        same_region=_same(mine.wojewodztwo_id, other.wojewodztwo_id),
        is_own=mine.slug == other.slug,
    )


def _kind(mine: str, other: str) -> int | None:
    if not mine or not other:
        return None
    if mine == other:
        return 2
    return 1 if frozenset((mine, other)) in AKIN else 0


def size_points(mine: int | None, other: int | None) -> int | None:
    """Return the points for two numbers of inhabitants; None where one is unknown."""
    if not mine or not other:
        return None
    times = max(mine, other) / min(mine, other)
    return 2 if times <= SIMILAR else 1 if times <= COMPARABLE else 0


def _km(mine, other) -> float | None:
    if mine.lat is None or other.lat is None:
        return None
    return distance_km(mine.lat, mine.lon, other.lat, other.lon)


def _same(mine, other) -> bool | None:
    return None if mine is None or other is None else mine == other
