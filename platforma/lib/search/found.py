"""The ids that searches found, kept in the process: whoever filters, sorts and turns pages asks again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from pyroaring import BitMap

from platforma.lib import revision
from platforma.lib.search.kept import Kept

MAX_IDS = 4_000_000  # kept at once; a bitmap takes at most two bytes for each
MAX_SEARCHES = 5_000


class Found:
    """Tiers by what was asked, of one content revision; those asked longest ago go first."""

    def __init__(self):
        self._kept: OrderedDict[Hashable, list[BitMap]] = OrderedDict()
        self._ids = 0
        self._lock = threading.Lock()

    def get(self, asked: Hashable) -> list[BitMap] | None:
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def put(self, asked: Hashable, tiers: list[BitMap]) -> None:
        with self._lock:
            self._ids += _size(tiers) - _size(self._kept.get(asked, ()))
            self._kept[asked] = tiers
            while self._ids > MAX_IDS or len(self._kept) > MAX_SEARCHES:
                self._ids -= _size(self._kept.popitem(last=False)[1])


def _size(tiers) -> int:
    return sum(map(len, tiers))


_found = Kept(Found)


def tiers_at(number: int | None, asked: Hashable, find: Callable[[], list[BitMap]]) -> list[BitMap]:
    """Return what `find` gives at content revision `number`, for nobody to change; None always asks it.

    It is kept only where the database still is at that revision, so that no other page mixes two of them.
    """
    if number is None:
        return find()
    found = _found.get(number)
    tiers = found.get(asked)
    if tiers is None:
        tiers = find()
        if revision.current() == number:
            found.put(asked, tiers)
    return tiers
