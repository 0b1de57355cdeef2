"""Values read from the database once a content revision and kept in the process."""

from collections.abc import Callable
from weakref import WeakSet

_all: WeakSet["Kept"] = WeakSet()


class Kept:
    """Keeps what `load` gives for one revision; without a revision everything is read anew."""

    def __init__(self, load: Callable):
        self._load = load
        self._kept = (None, None)
        _all.add(self)

    def get(self, number: int | None):
        """Return the value at revision `number`; two threads may load it at once, to the same effect."""
        if number is None:
            return self._load()
        kept = self._kept
        if kept[0] != number:
            kept = self._kept = (number, self._load())
        return kept[1]

    def forget(self) -> None:
        self._kept = (None, None)


def forget_all() -> None:
    """Drop everything kept; revisions of another database (a test's) may have the same numbers."""
    for kept in _all:
        kept.forget()
