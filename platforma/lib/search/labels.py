"""Finding short names: by the beginnings of their words while a reader types, and inside a whole query."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any, NamedTuple

from platforma.lib.polish import fold, pattern_of
from platforma.lib.search.morphology import keys, query_keys
from platforma.lib.search.query import Clause
from platforma.lib.search.tokens import clean, is_stop_word, tokenise

MIN_CHARS = 2


class Label(NamedTuple):
    """A text to find `value` by; `folded` is the text in lower case without diacritics, once indexed."""

    text: str
    value: Any
    folded: str = ""


class LabelIndex:
    """Labels by the folded beginning of any of their words, in any order of words."""

    def __init__(self, labels: Iterable[Label]):
        self.labels = [label._replace(folded=fold(label.text)) for label in labels]
        words, self._by_key = [], defaultdict(set)
        for number, label in enumerate(self.labels):
            for word in _words(label.text):
                words.append((fold(word), word.lower(), number))
                for key in keys(word):
                    self._by_key[key].add(number)
        words.sort()
        self._words = [folded for folded, _written, _number in words]
        self._written = [(written, number) for _folded, written, number in words]

    def starting(self, text: str) -> list[Label]:
        """Return the labels that have a word beginning with each word of `text`.

        A word that is finished, or begins none, is looked for in its other grammatical forms too.
        """
        words = [word for word in _words(text) if not is_stop_word(word)] or _words(text)[-1:]
        if sum(map(len, words)) < MIN_CHARS:
            return []
        found = [self._having(word) | self._beginning(word) for word in words[:-1]]
        found.append(self._beginning(words[-1]) or self._having(words[-1]))
        return [self.labels[number] for number in sorted(set.intersection(*found))]

    def _beginning(self, start: str) -> set[int]:
        """A letter typed without a diacritic may have one; one typed with it must."""
        folded, pattern = fold(start), pattern_of(start)
        first, last = bisect_left(self._words, folded), bisect_left(self._words, folded + "\U0010ffff")
        return {
            number
            for written, number in self._written[first:last]
            if all(letter in ("_", other) for letter, other in zip_longest(pattern, written[: len(pattern)]))
        }

    def _having(self, word: str) -> set[int]:
        return set().union(*(self._by_key.get(key, ()) for key in frozenset.union(*query_keys(word))))


class NameFinder:
    """Names that a query says: "mikrogranty w Łodzi" says Łódź; words like "gmina" need not be said."""

    def __init__(self, labels: Iterable[Label], unsaid: Iterable[str]):
        self._unsaid = frozenset(unsaid)
        self._names = [
            (label.value, [frozenset(keys(word)) for word in _words(label.text)]) for label in labels
        ]

    def said_by(self, clauses: Iterable[Clause]) -> list:
        """Return the values whose name is in the query, whatever else is there."""
        said = _said(clauses)
        return [value for value, name in self._names if self._is_said(name, said)]

    def having(self, clauses: Iterable[Clause]) -> list:
        """Return the values whose name has all the words of the query."""
        said = _said(clauses)
        return [value for value, name in self._names if said and _covers(name, said)]

    def _is_said(self, name, said) -> bool:
        telling = [word for word in name if not word & self._unsaid]
        return bool(telling) and _covers(said, telling)


def _said(clauses) -> list[frozenset[str]]:
    words = (word for clause in clauses if not clause.excluded for word in clause.words)
    return [frozenset.union(*query_keys(word)) for word in words if not is_stop_word(word)]


def _covers(words, wanted) -> bool:
    return all(any(word & one for word in words) for one in wanted)


def _words(text: str) -> list[str]:
    return [token.text for token in tokenise(clean(text))]
