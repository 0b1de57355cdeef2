"""Words that mean the same, added to a query when it is asked: abbreviations, editors' synonyms, other names.

A phrase is recognised in any grammatical form. A synonym stands on a par with what was typed; another name of
an instrument only widens the search: rows that carry the instrument come after those that have the words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from platforma.lib.search.kept import Kept
from platforma.lib.search.models import Synonim
from platforma.lib.search.morphology import query_keys
from platforma.lib.search.query import Clause
from platforma.lib.search.tokens import clean, is_indexed, tokenise

Way = tuple[Clause, ...]  # clauses that must all occur


class Pair(NamedTuple):
    """`phrase` may also be said as `other`; `widens` when it is only a name that leads to it."""

    phrase: str
    other: str
    widens: bool


@dataclass(frozen=True)
class Group:
    """A part of a query and the ways it may be met: as typed, by synonyms, by names of instruments."""

    typed: tuple[Way, ...]
    synonyms: tuple[Way, ...] = ()
    names: tuple[Way, ...] = ()

    @property
    def all_ways(self) -> tuple[Way, ...]:
        return self.typed + self.synonyms + self.names


class _Rule(NamedTuple):
    words: list[frozenset[str]]
    other: Way
    widens: bool


class Synonyms:
    """Rules made of pairs, found by the keys of their first word."""

    def __init__(self, pairs: Iterable[Pair]):
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        for pair in pairs:
            words, other = _words(pair.phrase), _words(pair.other)
            if words and other:
                rule = _Rule([query_keys(word)[0] for word in words], (Clause(tuple(other)),), pair.widens)
                for key in rule.words[0]:
                    self._rules[key].append(rule)

    def expand(self, clauses: Iterable[Clause]) -> list[Group]:
        """Return `clauses` as groups; of the phrases that begin at a word the longest counts."""
        clauses, groups = tuple(clauses), []
        while clauses:
            length, rules = self._longest(clauses) if self._rules else (1, [])
            same = dict.fromkeys(rule.other for rule in rules if not rule.widens)
            names = dict.fromkeys(rule.other for rule in rules if rule.widens and rule.other not in same)
            groups.append(Group((clauses[:length],), tuple(same), tuple(names)))
            clauses = clauses[length:]
        return groups

    def _longest(self, clauses) -> tuple[int, list[_Rule]]:
        """Return how many of the first clauses make the longest known phrase, and its rules."""
        words: list[frozenset[str]] = []
        length, found = 1, []
        candidates = None
        for count, clause in enumerate(clauses, 1):
            if clause.quoted or clause.prefix:
                break
            words += [frozenset.union(*query_keys(word)) for word in clause.words]
            if candidates is None:
                candidates = {
                    id(rule): rule for key in words[0] for rule in self._rules.get(key, ())
                }.values()
            candidates = [rule for rule in candidates if _agree(rule.words, words)]
            if not candidates:
                break
            if whole := [rule for rule in candidates if len(rule.words) == len(words)]:
                length, found = count, whole
        return length, found


def _agree(rule: list[frozenset[str]], words: list[frozenset[str]]) -> bool:
    """Tell whether the phrase of a rule begins with `words`, in any form."""
    return len(words) <= len(rule) and all(map(frozenset.intersection, rule, words))


def _words(text: str) -> list[str]:
    words = [token.text for token in tokenise(clean(text))]
    return [word for word in words if is_indexed(word)] or words


_name_sources: list[Callable[[], Iterable[tuple[str, str]]]] = []


def register_names(source: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """Make known a source of `(other name, name)` pairs; called once by an app when it is ready."""
    if source not in _name_sources:
        _name_sources.append(source)


def _load() -> Synonyms:
    pairs = [Pair(phrase, other, False) for phrase, other in Synonim.objects.pairs()]
    pairs += [Pair(phrase, other, True) for source in _name_sources for phrase, other in source()]
    return Synonyms(pairs)


_synonyms = Kept(_load)


def at(number: int | None) -> Synonyms:
    """Return the synonyms at content revision `number`; None reads them anew."""
    return _synonyms.get(number)
