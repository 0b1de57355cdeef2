"""Units of local government as the process keeps them: what likeness and the map need to know of each."""

from dataclasses import dataclass

from platforma.lib import polish
from platforma.lib.search.kept import Kept

from .models import Jst, Wojewodztwo


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `Jst` without the database; the fields mean the same."""

    slug: str
    nazwa: str
    typ: str
    ludnosc: int | None
    lat: float | None
    lon: float | None
    wojewodztwo_id: int | None
    w_gzm: bool
    folded: str  # the name to be searched in

    @property
    def rodzaj(self) -> str:
        return Jst.Typ(self.typ).label if self.typ else ""


COLUMNS = ("slug", "nazwa", "typ", "ludnosc", "lat", "lon", "wojewodztwo_id", "w_gzm")


def _load() -> dict[str, Unit]:
    rows = Jst.objects.values_list(*COLUMNS)
    return {
        slug: Unit(slug, nazwa, *rest, polish.fold(nazwa).replace("-", " ")) for slug, nazwa, *rest in rows
    }


@dataclass(frozen=True, slots=True)
class Region:
    """A row of `Wojewodztwo` without the database."""

    slug: str
    nazwa: str
    lat: float | None
    lon: float | None


def _load_regions() -> list[Region]:
    return [Region(*row) for row in Wojewodztwo.objects.values_list("slug", "nazwa", "lat", "lon")]


REGIONS = Kept(_load_regions)  # in the Polish order of names
UNITS = Kept(_load)  # {slug: Unit} in the Polish order of names, at a content revision
