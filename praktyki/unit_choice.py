"""Choosing one's own unit of local government by its name, and the way back to where the reader came from."""

from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from platforma.lib import polish, revision
from platforma.lib.reading import shorten

from .own_unit import PARAMETER
from .units import UNITS, Unit

MOST_FOUND = 60
MAX_CHARS = 80


class UnitChoice:
    """Reads `nazwa` (what was typed) or `jst` (a slug), `zapamietaj`, `zapomnij` and `dalej`."""

    def __init__(self, params: QueryDict):
        self.units = UNITS.get(revision.current())
        self.typed = " ".join(params.get("nazwa", "").split())[:MAX_CHARS]
        self.slug = params.get("jst", "")
        self.remember = params.get("zapamietaj") == "1"
        self.forget = params.get("zapomnij") == "1"
        self.back = own_path(params.get("dalej", "")) or reverse("praktyki:list")

    @cached_property
    def found(self) -> list[Unit]:
        """The units whose names hold every word typed, in any case and diacritics; the name itself first."""
        typed = polish.fold(self.typed).replace("-", " ")
        words = typed.split()
        units = [unit for unit in self.units.values() if words and all(word in unit.folded for word in words)]
        return sorted(units, key=lambda unit: unit.folded != typed)

    @property
    def unit(self) -> Unit | None:
        """The unit chosen: by its slug, or the only one found by name."""
        if self.slug:
            return self.units.get(self.slug)
        return self.found[0] if len(self.found) == 1 else None

    @property
    def shown(self) -> list[tuple[Unit, str]]:
        """The first of the units found, each with the address that chooses it."""
        keep = [("zapamietaj", "1")] if self.remember else []
        rest = [*keep, ("dalej", self.back)]
        return [
            (unit, f"{reverse('praktyki:moja_gmina')}?{urlencode([('jst', unit.slug), *rest])}")
            for unit in self.found[:MOST_FOUND]
        ]

    @property
    def unknown(self) -> str:
        """What was asked for and is not there, as it was typed."""
        if self.slug and self.slug not in self.units:
            return shorten(self.slug)
        return shorten(self.typed) if self.typed and not self.found else ""

    @property
    def left_out(self) -> int:
        return max(0, len(self.found) - MOST_FOUND)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(unit.nazwa for unit in self.units.values()))

    @property
    def back_with(self) -> str:
        return _replaced(self.back, self.unit.slug)

    @property
    def back_without(self) -> str:
        return _replaced(self.back, "")


def own_path(address: str) -> str:
    """Return `address` if it is a path of this very site, else ""; nothing else is ever redirected to."""
    is_path = address.startswith("/") and address.isprintable()
    return address if is_path and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def _replaced(address: str, slug: str) -> str:
    """Return `address` with `slug` as the reader's unit, its list sorted by likeness unless it says how.

    Without a slug nothing is sorted by it either.
    """
    path, _, query = address.partition("?")
    params = QueryDict(query.partition("#")[0], mutable=True)
    params.pop(PARAMETER, None)
    if slug:
        params[PARAMETER] = slug
        if path == reverse("praktyki:list"):
            params.setdefault("sort", "podobienstwo")
    elif params.get("sort") == "podobienstwo":
        params.pop("sort")
    return f"{path}?{params.urlencode()}" if params else path
