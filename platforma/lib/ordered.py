"""Values kept in the order in which pages list them."""

from collections.abc import Collection
from functools import cached_property


class Ordered(dict):
    """A dict that is not changed any more; some of its values are picked without going through all."""

    @cached_property
    def _places(self) -> dict:
        return {key: place for place, key in enumerate(self)}

    def in_order(self, keys: Collection) -> list:
        """Return those of `keys` that are here, in the order of the dict."""
        places = self._places
        return sorted((key for key in keys if key in places), key=places.__getitem__)
