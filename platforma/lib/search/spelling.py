"""„Czy chodziło o…”: what a search that finds nothing was perhaps meant to say."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from platforma.lib.search import typos
from platforma.lib.search.kept import Kept
from platforma.lib.search.morphology import is_known
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
    """Return `search` with a word in two parts put together, else with the nearest words for `missing` ones.

    `count` says how much a search finds among what readers see, so a word that only hidden rows have is never
    suggested. Words in quotes and words of the dictionary are corrected too, but not unasked.
    """
    if len(missing) > MAX_WORDS:
        return None
    clauses, is_sure = _put_together(search, missing, count), True
    if clauses == search.clauses:
        guesses = _guesses(search, missing, count)
        clauses = tuple(_replaced(clause, guesses) for clause in search.clauses)
        is_sure = not any(map(is_known, guesses))
    changed = set(search.clauses) - set(clauses)
    corrected = search.of_clauses(clauses)
    if not changed or not (found := count(corrected)):
        return None
    literal = (replace(clause, quoted=True) if clause in changed else clause for clause in search.clauses)
    unasked = is_sure and not any(clause.quoted for clause in changed)
    return Correction(corrected, found, unasked, " ".join(map(str, literal)))


def _put_together(search, missing, count) -> tuple[Clause, ...]:
    """Make one word of "mikro granty" or "mikro-granty", where a part finds nothing and the whole does."""
    rest, clauses = search.clauses, []
    while rest:
        length = 1 if len(rest[0].words) > 1 else 2
        parts = [word for clause in rest[:length] for word in clause.words]
        is_plain = not any(clause.excluded or clause.quoted for clause in rest[:length])
        if (
            is_plain
            and len(parts) > 1
            and set(parts) & set(missing)
            and _finds(search, "".join(parts), count)
        ):
            clauses.append(Clause(("".join(parts),)))
        else:
            length = 1
            clauses.append(rest[0])
        rest = rest[length:]
    return tuple(clauses)


def _finds(search, word, count) -> bool:
    return bool(search.index.vocabulary.classes([word])[word]) and bool(count(_single(search, word)))


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
