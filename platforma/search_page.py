"""The page of all results: every kind of content with its count, the best of each, the way to the rest."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from pyroaring import BitMap

from platforma.lib import kinds
from platforma.lib.live import State, one_moment
from platforma.lib.pagination import page_links, read_page_number
from platforma.lib.search.answer import Answer, DidYouMean, Without, page_of
from platforma.lib.search.compiled import FIELDS
from platforma.lib.search.highlight import Texts
from platforma.lib.search.kept import Kept
from platforma.lib.search.labels import Label, NameFinder
from platforma.lib.search.query import MAX_CHARS
from praktyki.models import Jst

from .search_sources import SOURCES, UNITS, Source

MIN_CHARS = 2
PER_PAGE = 30
NAMING = (1, len(FIELDS) - 1)  # levels that end at the title, or at other names
TYPES_OF_UNITS = ("gmina", "miasto", "powiat", "województwo")  # a unit is named without them as well

_unit_names = Kept(
    lambda: NameFinder((Label(*pair) for pair in Jst.objects.values_list("nazwa", "pk")), TYPES_OF_UNITS)
)


@dataclass(frozen=True)
class Group:
    """The results of one kind: some of them, how many there are, and the address of all."""

    source: Source
    total: int
    rows: list
    url: str

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True)
class Shelf:
    """The ids of the rows of one kind that readers see; `order(rows, start, stop)` gives some of them."""

    public: BitMap
    order: Callable[[BitMap, int, int], list[int]]


def _shelf(source: Source, state: State | None) -> Shelf:
    """Return the rows of `source`, from the index in the process where its kind has one."""
    if state is None:
        keys = list(source.public().values_list("pk", flat=True))
        return Shelf(BitMap(keys), lambda rows, start, stop: [key for key in keys if key in rows][start:stop])
    index, default = state.index, next(iter(kinds.get(source.kind).live.filterset_class.sorts))
    return Shelf(index.everything, lambda rows, start, stop: index.page(rows, default, start, stop))


@contextmanager
def search_page(params: QueryDict, path: str):
    """Yield a `SearchPage`; all that is read of it inside belongs to one revision of the content."""
    indexes = (kinds.get(source.kind).live for source in SOURCES)
    with one_moment(*filter(None, indexes)) as (number, states):
        yield SearchPage(params, path, number, states)


class SearchPage:
    """Answers `q`; `w` chooses one group to be shown whole, by pages (`strona`). Anything else is ignored."""

    def __init__(self, params: QueryDict, path: str, number: int, states: dict[str, State]):
        self.path = path
        self.q = " ".join(params.get("q", "").split())[:MAX_CHARS]
        self.chosen = next((s for s in (*SOURCES, UNITS) if s.name == params.get("w")), None)
        self.revision = number
        self._states = states
        self._wanted = read_page_number(params.get("strona")) or 1
        self._shelves: dict[str, Shelf] = {}

    @property
    def is_too_short(self) -> bool:
        return bool(self.q) and sum(map(str.isalnum, self.q)) < MIN_CHARS

    @cached_property
    def answer(self) -> Answer:
        text = "" if self.is_too_short else self.q
        by_kind = {source.kind: source for source in SOURCES}
        answer = Answer(text, by_kind, lambda kind: self._shelf(by_kind[kind]).public, self.revision)
        answer.elsewhere = len(self._units(answer.typed))
        return answer

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many results there are of each kind that has any."""
        counts = {kind: sum(map(len, tiers)) for kind, tiers in self.answer.tiers.items()}
        counts[UNITS.kind] = len(self._units(self.answer.search))
        return {kind: count for kind, count in counts.items() if count}

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that have results: first those in which the query says a name, then in a fixed order."""
        found = [source for source in (*SOURCES, UNITS) if source.kind in self.counts]
        if self.chosen:
            found = [source for source in found if source is self.chosen]
        return [
            self._group(source) for source in sorted(found, key=lambda source: not self._is_named(source))
        ]

    @property
    def number(self) -> int:
        """The page shown of the chosen group; beyond the last it is the last."""
        return min(self._wanted, self._last)

    @property
    def pages(self):
        return page_links(self.number, self._last, lambda number: self._url(self.q, strona=number))

    @cached_property
    def did_you_mean(self) -> DidYouMean | None:
        return self.answer.did_you_mean(self._url_of)

    @cached_property
    def relax(self) -> list[tuple[Without, str]]:
        """What to leave out of a query that finds nothing, with the address of the rest."""
        return [(without, self._url_of(without.rest)) for without in self.answer.without_some()]

    @property
    def all_url(self) -> str:
        return self._url_of(self.q)

    # --- inside

    @property
    def _last(self) -> int:
        return max(1, -(-self.counts.get(self.chosen.kind, 0) // PER_PAGE)) if self.chosen else 1

    def _url_of(self, words: str) -> str:
        return f"{self.path}?{urlencode({'q': words})}"

    def _url(self, words: str, **extra) -> str:
        chosen = {"w": self.chosen.name} if self.chosen else {}
        return f"{self.path}?{urlencode({'q': words, **chosen, **extra})}"

    def _group(self, source: Source) -> Group:
        start, length = ((self.number - 1) * PER_PAGE, PER_PAGE) if self.chosen else (0, source.shown)
        keys = self._keys(source, start, start + length)
        by_key = source.cards(source.public()).in_bulk(keys)
        rows = [by_key[key] for key in keys if key in by_key]
        self._prepare(source, rows)
        words = str(self.answer.search) if self.answer.is_corrected else self.q
        query = {"q": words} if source.catalogue else {"q": words, "w": source.name}
        path = reverse(source.catalogue) if source.catalogue else self.path
        return Group(source, self.counts[source.kind], rows, f"{path}?{urlencode(query)}")

    def _keys(self, source, start, stop) -> list[int]:
        if source is UNITS:
            return self._units(self.answer.search)[start:stop]
        return page_of(self.answer.tiers[source.kind], self._shelf(source).order, start, stop)

    def _prepare(self, source, rows):
        """Give every row what the template shows of it."""
        highlighter = self.answer.search.highlighter
        if source is UNITS:
            for row in rows:
                row.found = highlighter.excerpt(Texts(row.nazwa))
        else:
            kinds.get(source.kind).mark(rows, highlighter)
        for row in rows:
            row.about = source.about(row)

    def _shelf(self, source) -> Shelf:
        if source.kind not in self._shelves:
            self._shelves[source.kind] = _shelf(source, self._states.get(source.kind))
        return self._shelves[source.kind]

    def _is_named(self, source) -> bool:
        """Tell whether the query says a title or another name of a row, in a group where that matters."""
        if not source.leads:
            return False
        if source is UNITS:
            return bool(_unit_names.get(self.revision).said_by(self.answer.search.clauses))
        levels = self.answer.search.compiled.levels
        named = zip(self.answer.tiers[source.kind], levels, strict=True)
        return any(tier for tier, (_groups, fields) in named if fields in NAMING)

    def _units(self, search) -> list[int]:
        names = _unit_names.get(self.revision)
        return list(dict.fromkeys([*names.said_by(search.clauses), *names.having(search.clauses)]))
