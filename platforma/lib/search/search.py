"""One search: what was typed, and the ids it finds in each kind of document."""

from collections.abc import Iterable
from functools import cached_property

from pyroaring import BitMap

from platforma.lib.bitmaps import union
from platforma.lib.search import synonyms
from platforma.lib.search.compiled import Compiled, compile_query
from platforma.lib.search.found import tiers_at
from platforma.lib.search.highlight import Highlighter
from platforma.lib.search.index import SearchIndex
from platforma.lib.search.kept import Kept
from platforma.lib.search.query import Clause, parse

_known_words = Kept(dict)


class Search:
    """A query over database `using`; its words are looked up once, however many kinds are asked.

    `number` is the content revision: with it the synonyms, the words looked up, those to correct typos to,
    and what was found, are kept in the process; without it they are read anew.
    """

    def __init__(
        self, text: str, *, unfinished: bool = False, using: str = "default", number: int | None = None
    ):
        self._take(parse(text, unfinished=unfinished), using, number)

    def of_clauses(self, clauses: Iterable[Clause]) -> "Search":
        """Return another search, of the same database and revision."""
        search = Search.__new__(Search)
        search._take(tuple(clauses), self.using, self.number)
        return search

    def _take(self, clauses, using, number):
        self.clauses: tuple[Clause, ...] = clauses
        self.using = using
        self.number = number
        self.index = SearchIndex(using, _known_words.get(number))

    def __bool__(self):
        return bool(self.clauses)

    def __str__(self):
        """The query as it could be typed again."""
        return " ".join(map(str, self.clauses))

    def tiers(self, kind: str) -> list[BitMap]:
        """Return the ids found among documents of `kind`, the best tier first (see `SearchIndex.tiers`)."""
        if not self:
            return []
        return tiers_at(self.number, (kind, self.compiled), lambda: self.index.tiers(kind, self.compiled))

    def ids(self, kind: str) -> BitMap:
        return union(self.tiers(kind))

    @cached_property
    def compiled(self) -> Compiled:
        typed = (clause for clause in self.clauses if not clause.excluded)
        excluded = (clause for clause in self.clauses if clause.excluded)
        return compile_query(synonyms.at(self.number).expand(typed), excluded, self.index.vocabulary)

    @cached_property
    def highlighter(self) -> Highlighter:
        return Highlighter(self.compiled)
