"""Guessing what a misspelt word was meant to be, among the words that documents use."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import log10
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from platforma.lib.polish import fold

MIN_CHARS = 4
_SOUNDS = (
    ("rz", "z"),
    ("ch", "h"),
    ("om", "a"),
    ("em", "e"),
    ("on", "a"),
    ("en", "e"),
    ("u", "o"),
    ("w", "f"),
)


class Form(NamedTuple):
    """A written form, its folded spelling, the class it stands for and in how many documents it came."""

    folded: str
    written: str
    klasa: str
    documents: int


class Forms:
    """All forms a typo may be corrected to, by their length."""

    def __init__(self, forms: Iterable[tuple[str, str, str, int]]):
        self._by_length: dict[int, list[Form]] = defaultdict(list)
        for row in forms:
            self._by_length[len(row[0])].append(Form(*row))
        self._folded = {length: [form.folded for form in forms] for length, forms in self._by_length.items()}

    def nearest(self, word: str, limit: int = 5) -> list[str]:
        """Return the written forms nearest to `word`, the best first, one a class.

        One edit is allowed up to five letters, two beyond; words with digits or under four letters are left
        alone.
        """
        folded = fold(word)
        if len(folded) < MIN_CHARS or not folded.isalpha():
            return []
        edits = 1 if len(folded) <= 5 else 2
        found = []
        for length in range(len(folded) - edits, len(folded) + edits + 1):
            spellings = self._folded.get(length, [])
            near = extract(folded, spellings, scorer=OSA.distance, score_cutoff=edits, limit=None)
            for _spelling, distance, place in near:
                form = self._by_length[length][place]
                found.append((_cost(folded, form, distance), form))
        best: dict[str, str] = {}
        for _rank, form in sorted(found):
            best.setdefault(form.klasa, form.written)
        return list(best.values())[:limit]


def _cost(word: str, form: Form, distance: int) -> float:
    """Return how unlikely a form is: its edits, less for a slip of sound or order, more for a rare word."""
    cost = float(distance)
    if _sound(form.folded) == _sound(word):
        cost = 0.6
    elif sorted(form.folded) == sorted(word):
        cost = 0.8
    if form.folded[0] != word[0]:
        cost += 0.5
    return cost - 0.12 * log10(1 + form.documents)


@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return word
