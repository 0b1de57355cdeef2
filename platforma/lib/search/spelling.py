"""„Czy chodziło o…”: what a search that finds nothing was perhaps meant to say."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from platforma.lib.search import typos
from platforma.lib.search.kept import Kept
from platforma.lib.search.query import Clause
from platforma.lib.search.search import Search
from platforma.lib.search.vocabulary import Vocabulary

MAX_WORDS = 3  # corrected in one query
MAX_GUESSES = 3  # tried for one word

_forms = Kept(lambda: typos.Forms(Vocabulary().forms()))


@dataclass(frozen=True)
class Correction:
    """What was perhaps meant and how much it finds; readers may see its results at once where `unasked`."""

    search: Search
    count: int
    unasked: bool
    literal: str  # what was typed, with the corrected words in quotes: to be searched for as they stand


def missing_words(search: Search, count: Callable[[Search], int]) -> list[str]:
    """Return the words that find nothing by themselves; those in no document need not be searched for."""
    words = dict.fromkeys(word for clause in search.clauses if not clause.excluded for word in clause.words)
    classes = search.index.vocabulary.classes(sorted(words))
    return [word for word in words if not classes[word] or not count(_single(search, word))]


def correct(search: Search, missing: list[str], count: Callable[[Search], int]) -> Correction | None:
    """Return `search` with its `missing` words replaced by the nearest words that find something.

    `count` says how much a search finds among what readers see, so a word that only hidden rows have is never
    suggested. Words in quotes are corrected too, but not unasked.
    """
    guesses = _guesses(search, missing, count) if len(missing) <= MAX_WORDS else {}
    clauses = tuple(_replaced(clause, guesses) for clause in search.clauses)
    corrected = search.of_clauses(clauses)
    if not guesses or not (found := count(corrected)):
        return None
    changed = {clause for clause, new in zip(search.clauses, clauses, strict=True) if clause != new}
    literal = (replace(clause, quoted=True) if clause in changed else clause for clause in search.clauses)
    return Correction(
        corrected, found, not any(clause.quoted for clause in changed), " ".join(map(str, literal))
    )


def _guesses(search, missing, count) -> dict[str, str]:
    guesses = {}
    for word in missing:
        near = _forms.get(search.number).nearest(word, MAX_GUESSES)
        guess = next((form for form in near if count(_single(search, form))), None)
        if guess:
            guesses[word] = guess
    return guesses


def _single(search: Search, word: str) -> Search:
    return search.of_clauses([Clause((word,))])


def _replaced(clause: Clause, guesses: dict[str, str]) -> Clause:
    if clause.excluded or not guesses.keys() & set(clause.words):
        return clause
    words = tuple(guesses.get(word, word) for word in clause.words)
    prefix = clause.prefix and clause.words[-1] not in guesses
    return replace(clause, words=words, prefix=prefix, quoted=clause.quoted and len(words) > 1)
