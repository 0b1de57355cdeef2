"""Seeded chance: draws that come out the same in every process."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random


def seeded(key: str) -> Random:
    """Return a generator of its own for `key`."""
    return Random(key)  # noqa: S311  (drawing test data, not secrets)


class Weighted:
    """Items drawn by their weights; equal ones when none are given."""

    def __init__(self, items: Sequence, weights: Sequence[float] | None = None):
        self.items = items
        self.cumulated = list(accumulate(weights)) if weights else None

    def draw(self, random: Random):
        return random.choices(self.items, cum_weights=self.cumulated)[0]

    def several(self, random: Random, odds: Sequence[int]) -> list:
        """Draw n different items, n having the weight `odds[n]`, sorted; fewer when chance repeats itself."""
        count = random.choices(range(len(odds)), odds)[0]
        drawn: set = set()
        for _attempt in range(4 * count):
            if len(drawn) < count:
                drawn.add(self.draw(random))
        return sorted(drawn)


def zipf(items: Sequence, exponent: float = 0.8) -> Weighted:
    """Let the n-th item come with weight 1/(n + 1)^exponent, as words and tags do."""
    return Weighted(items, [(place + 2) ** -exponent for place in range(len(items))])


def known(items: Sequence[str], weights: dict[str, int]) -> Weighted:
    """Give each item its weight, one where it has none."""
    return Weighted(items, [weights.get(item, 1) for item in items])
