"""The reader's own unit of local government: kept in the address or in one cookie, compared with others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from pyroaring import BitMap

from platforma.lib import revision
from platforma.lib.bitmaps import union
from platforma.lib.facets import FacetIndex
from platforma.lib.reading import shorten

from .likeness import MOST_POINTS, Likeness, likeness
from .units import UNITS, Unit

PARAMETER = COOKIE = "moja"


@dataclass(frozen=True)
class Alike:
    """What a practice's card and page say of its unit that is most like the reader's; None where it has none.

    `query` keeps the reader's unit in the address of the practice, where the address is what keeps it.
    """

    own: Unit
    unit: Unit | None
    likeness: Likeness | None
    query: str = ""

    @property
    def parts(self) -> list[str]:
        return self.likeness.parts(self.unit) if self.likeness else []

    @property
    def points(self) -> str:
        return f"{self.likeness.points} z {MOST_POINTS} pkt"


def read_own(values: list[str]) -> tuple[list[str], list[str]]:
    """Keep the last slug named, if it is a unit's; name it in a note if it is not."""
    slug = values[-1] if values else ""
    if not slug or slug in UNITS.get(revision.current()):
        return [slug] if slug else [], []
    return [], [f"Nie znamy samorządu „{shorten(slug)}”, więc nie porównujemy z nim praktyk."]


def with_own(request: HttpRequest) -> QueryDict:
    """Return the query of the address, with the remembered unit where the address names none."""
    remembered = request.COOKIES.get(COOKIE)
    if PARAMETER in request.GET or not remembered or remembered not in UNITS.get(revision.current()):
        return request.GET
    params = request.GET.copy()
    params[PARAMETER] = remembered
    return params


def own_unit(params: QueryDict) -> Unit | None:
    """Return the unit that the query names, if it names one there is."""
    slug = params.get(PARAMETER)
    return UNITS.get(revision.current()).get(slug) if slug else None


def describe(rows: Iterable, own: Unit | None, request: HttpRequest) -> None:
    """Give each practice its `alike`: how its nearest unit compares with the reader's; None without one."""
    query = f"?{PARAMETER}={own.slug}" if own and PARAMETER in request.GET else ""
    for row in rows:
        row.alike = own and _alike(own, row.jst.all(), query)


def _alike(own: Unit, units, query: str) -> Alike:
    compared = [(likeness(own, unit), unit) for unit in units]
    best, unit = min(compared, key=lambda pair: pair[0].rank, default=(None, None))
    return Alike(own, unit, best, query)


def tiers(index: FacetIndex, slug: str, number: int) -> Iterable[BitMap]:
    """Yield the rows by how alike their units are to `slug`: each once, by its best; of no unit last."""
    units, used = UNITS.get(number), index.values["jst"]
    ranked: dict[tuple, list[BitMap]] = {}
    if own := units.get(slug):
        for unit in units.values():
            if unit.slug in used:
                ranked.setdefault(likeness(own, unit).rank, []).append(used[unit.slug])
    rest = index.everything
    for rank in sorted(ranked):
        rows = union(ranked[rank]) & rest
        rest = rest - rows
        yield rows
    yield rest
