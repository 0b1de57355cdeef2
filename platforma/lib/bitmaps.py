"""Roaring bitmaps of primary keys, and the way between them and numpy."""

from array import array
from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap


def bitmap(keys: Iterable[int] | np.ndarray) -> BitMap:
    """Return the set of `keys` (below 2³²)."""
    if isinstance(keys, np.ndarray):
        return BitMap(array("I", keys.astype(np.uint32).tobytes()))
    return BitMap(keys)


def keys_of(bitmap: BitMap) -> np.ndarray:
    """Return the members, ascending, as uint32."""
    return np.frombuffer(bitmap.to_array(), dtype=np.uint32)


def union(bitmaps: Iterable[BitMap]) -> BitMap:
    """Return the union of any number of sets, of none too."""
    return BitMap.union(*found) if (found := list(bitmaps)) else BitMap()
