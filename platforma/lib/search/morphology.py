"""Polish morphology: the dictionary forms ("keys") that a written word may stand for.

A word of a document gets *all* its lemmas; one no dictionary knows gets its Snowball stem, root and itself.
Diacritics are kept in keys and restored for words typed without them, so `lodz` finds Łódź while `żądanie`
does not find `zadanie`.
"""

import itertools
import math
from functools import lru_cache

import Stemmer

from platforma.lib.polish import fold
from platforma.lib.search.roots import root

try:
    from platforma.lib.search.morfeusz import lemmas
except ModuleNotFoundError:  # there is no build of it for this machine, see requirements.in
    from platforma.lib.search.plain_dictionary import lemmas

ROOT_MARK = "0r"
MAX_RESTORED_IN_TEXT = 512
MAX_RESTORED_IN_QUERY = 4096

# Towns whose capitalised form Morfeusz also reads as another word ("Radom" is a dative of "rada").
TOWNS = frozenset(
    "radom bytom poznań pisz marki łask zakopane police szczecin konin łuków chrzanów żary knurów przemyśl "
    "piła wałcz kalisz myszków namysłów złotów tomaszów aleksandrów pomorze".split()
)
_SPELLINGS = {"a": "aą", "c": "cć", "e": "eę", "l": "lł", "n": "nń", "o": "oó", "s": "sś", "z": "zźż"}
_VOWELS = frozenset("aeiouyąęó")


def keys(word: str) -> tuple[str, ...]:
    """Return the sorted keys of a word found in a document."""
    lower = word.lower()
    found = _lemmas(word) or (_lemmas(lower) if lower.isalpha() else ())
    if found:
        return tuple(sorted(found))
    if not lower.isalpha():
        return (lower,)
    restored = () if _has_diacritics(lower) else _restore(lower, MAX_RESTORED_IN_TEXT)
    return tuple(sorted(restored or _unknown(lower)))


def query_keys(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys a typed word means as it stands, and those it may mean with diacritics restored."""
    lower = word.lower()
    meant = set(_lemmas(lower.capitalize()))
    if not meant & TOWNS:
        meant |= set(_lemmas(lower))
    restored = set()
    if lower.isalpha() and (not meant or not _has_diacritics(lower)):
        restored = set(_restore(fold(lower), MAX_RESTORED_IN_QUERY)) - meant
    if not meant:
        meant = _unknown(lower) if lower.isalpha() else {lower}
    return frozenset(meant), frozenset(restored)


@lru_cache(maxsize=100_000)
def _lemmas(word: str) -> tuple[str, ...]:
    """Return the lemmas of a word as written; of a town only the town, though its name says more.

    A form of a town that is itself another word's dictionary form (Marek, of Marki) keeps them all.
    """
    found, lower = lemmas(word), word.lower()
    towns = TOWNS.intersection(found) if word[:1].isupper() else ()
    is_town = towns and (lower in towns or lower not in found)
    return tuple(lemma for lemma in found if lemma in towns) if is_town else tuple(found)


@lru_cache(maxsize=20_000)
def _restore(word: str, limit: int) -> frozenset[str]:
    """Return the lemmas of all spellings of a word typed without diacritics."""
    options = list(_spellings(word))
    if math.prod(map(len, options)) > limit:
        return frozenset()
    spellings = ("".join(letters) for letters in itertools.product(*options))
    return frozenset(
        lemma for spelling in spellings if spelling != word for lemma in _lemmas(spelling.capitalize())
    )


def _spellings(word: str):
    """Yield the letters possible at each place; ć ń ś ź never stand before a vowel, ą ę never beside one."""
    for place, letter in enumerate(word):
        following = word[place + 1 : place + 2]
        before_vowel = following != "" and following in _VOWELS
        options = _SPELLINGS.get(letter, letter)
        if letter in "cns" and before_vowel:
            options = letter
        elif letter == "z" and before_vowel:
            options = "z" if following == "i" else "zż"
        elif (
            (letter == "l" and following == "i")
            or (letter in "ae" and (place == 0 or before_vowel))
            or (letter == "o" and (following == "" or before_vowel))
        ):
            options = letter
        yield options


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return Stemmer.Stemmer("polish").stemWord(word)


def _unknown(word: str) -> set[str]:
    """Return the keys of a word that no dictionary knows; the mark keeps its root from being a word."""
    return {_stem(word), word, f"{root(word)}{ROOT_MARK}"}


def _has_diacritics(word: str) -> bool:
    return fold(word) != word


def is_known(word: str) -> bool:
    """Tell whether the dictionary knows `word`, or a spelling of it with diacritics."""
    return bool(_lemmas(word.lower()) or _lemmas(word.capitalize()) or query_keys(word)[1])


def is_known_with_diacritics(word: str) -> bool:
    """Tell whether `word` is known and was typed with diacritics: then it means just itself."""
    lower = word.lower()
    return _has_diacritics(lower) and bool(_lemmas(lower) or _lemmas(lower.capitalize()))
