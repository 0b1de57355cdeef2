"""Units of local government as the process keeps them: what likeness and the map need to know of each."""

from dataclasses import dataclass

from platforma.lib.search.kept import Kept

from .models import Jst


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


def _load() -> dict[str, Unit]:
    return {row[0]: Unit(*row) for row in Jst.objects.values_list(*Unit.__dataclass_fields__)}


UNITS = Kept(_load)  # {slug: Unit} in the Polish order of names, at a content revision
