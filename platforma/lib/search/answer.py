"""What a search gives among the rows that readers see; where it gives nothing, what might help."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from platforma.lib.search.query import Clause
from platforma.lib.search.search import Search
from platforma.lib.search.spelling import Correction, correct, missing_words

MAX_TRIED = 8  # ways to leave words out of a query that finds nothing
MAX_RELAXED = 4  # of them shown


@dataclass(frozen=True)
class DidYouMean:
    """A correction as a page shows it; `unasked` when the page already has the results of `meant`."""

    typed: str
    meant: str
    url: str
    count: int
    literal_url: str
    unasked: bool


@dataclass(frozen=True)
class Without:
    """Words of a query without which there would be `count` results, and the query without it."""

    left_out: str
    rest: str
    count: int


class Answer:
    """The answer to `text` in `kinds`; `public(kind)` are the ids of the rows of a kind that readers see.

    Nothing that is not public is found, counted or suggested. `number` is the content revision; `elsewhere`
    may be set to how much was found by other means, for then nothing is corrected.
    """

    elsewhere = 0

    def __init__(
        self, text: str, kinds: Iterable[str], public: Callable[[str], BitMap], number: int | None = None
    ):
        self.kinds = tuple(kinds)
        self.typed = Search(text, number=number)
        self._public = public

    @cached_property
    def typed_tiers(self) -> dict[str, list[BitMap]]:
        return {kind: self._public_tiers(self.typed, kind) for kind in self.kinds}

    @cached_property
    def typed_count(self) -> int:
        """How much was found by the words as they were typed."""
        return self.elsewhere + sum(len(tier) for tiers in self.typed_tiers.values() for tier in tiers)

    @cached_property
    def correction(self) -> Correction | None:
        """What was perhaps meant; looked for only where the words as typed find nothing."""
        return correct(self.typed, self._missing, self._count) if self._missing else None

    @cached_property
    def _missing(self) -> list[str]:
        """The words to blame where nothing was found."""
        return missing_words(self.typed, self._count) if self.typed and not self.typed_count else []

    @property
    def is_corrected(self) -> bool:
        """Tell whether the results are those of the corrected words."""
        return self.correction is not None and self.correction.unasked

    @property
    def search(self) -> Search:
        """The search whose results are shown."""
        return self.correction.search if self.is_corrected else self.typed

    @cached_property
    def tiers(self) -> dict[str, list[BitMap]]:
        """The public rows found of each kind, best first."""
        if not self.is_corrected:
            return self.typed_tiers
        return {kind: self._public_tiers(self.search, kind) for kind in self.kinds}

    def did_you_mean(self, url: Callable[[str], str]) -> DidYouMean | None:
        """Return the correction with its addresses; `url(words)` leads to a search for them."""
        found = self.correction
        if found is None:
            return None
        meant = str(found.search)
        return DidYouMean(str(self.typed), meant, url(meant), found.count, url(found.literal), found.unasked)

    def without_some(self) -> list[Without]:
        """Return the fewest words without which something would be found, best first; where nothing is.

        Those that find nothing by themselves are left out first, then one of the others, then two.
        """
        clauses, blamed = self.typed.clauses, set(self._missing)
        if self.typed_count or self.is_corrected:
            return []
        others = [clause for clause in clauses if not blamed & set(clause.words)]
        tries = MAX_TRIED
        for more in range(len(others)):
            tried = list(itertools.islice(itertools.combinations(others, more), tries))
            tries -= len(tried)
            found = [self._without([c for c in clauses if c not in others or c in left]) for left in tried]
            if helpful := sorted(filter(None, found), key=lambda without: -without.count):
                return helpful[:MAX_RELAXED]
        return []

    def _without(self, left_out: list[Clause]) -> Without | None:
        rest = self.typed.of_clauses(clause for clause in self.typed.clauses if clause not in left_out)
        if not left_out or all(clause.excluded for clause in rest.clauses):
            return None
        count = self._count(rest)
        return Without(" ".join(map(str, left_out)), str(rest), count) if count else None

    def _count(self, search: Search) -> int:
        return sum(len(tier) for kind in self.kinds for tier in self._public_tiers(search, kind))

    def _public_tiers(self, search, kind):
        public = self._public(kind)
        return [tier & public for tier in search.tiers(kind)]


def page_of(tiers: Iterable[BitMap], order: Callable[[BitMap, int, int], list[int]], start: int, stop: int):
    """Return the keys from `start` to `stop` of all tiers in turn, each in `order(rows, start, stop)`."""
    keys: list[int] = []
    wanted = stop - start
    for rows in tiers:
        if start < len(rows):
            keys += order(rows, start, start + wanted - len(keys))
        if len(keys) >= wanted:
            break
        start = max(0, start - len(rows))
    return keys
