"""Values kept in a dict of a process for as many keys as it has room for."""

from collections.abc import Callable, Hashable
from typing import Any


def remember(kept: dict, key: Hashable, most: int, make: Callable[[], Any]):
    """Return `kept[key]`, by `make()`, never None, where it is missing; a dict with `most` keys is emptied.

    Another thread may empty it at any moment: what is returned is never looked up a second time.
    """
    value = kept.get(key)
    if value is None:
        if len(kept) >= most:
            kept.clear()
        value = kept[key] = make()
    return value
