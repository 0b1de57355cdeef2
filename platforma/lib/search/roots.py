"""The root of a Polish word that no dictionary knows, the same in all its forms.

A stemmer only cuts endings off, and stems change: coworkerka has coworkerce and coworkerek, a Kuczyłów has
Kuczyłowa. Roots are folded, so a new word is found without its diacritics too.
"""

import re

from platforma.lib.polish import fold

MIN_CHARS = 3
_VOWELS = "aeiouy"
_ENDINGS = sorted(
    "iami ami iach ach iom om owie owi iem em ow iow iego ego iemu emu ymi imi ych ich ym im iej ej ium um "
    "ie ia ii iu io a e i o u y".split(),
    key=len,
    reverse=True,
)
_VERB = re.compile(
    r"(?:uj(?:e|a|emy|ecie|esz|my|cie|ac\w*)?|owal[aoy]?(?:m|s|smy|scie)?|owali(?:smy|scie)?|owac|owano"
    r"|owan\w{1,3})$"
)
# What the end of a stem stands for when its ending softens it (dz-ie is d), and otherwise (dz-e is g).
# In this order; pairs of letters come before the letter they end in.
_SOFTENED = (("sc", "st"), ("dz", "d"), ("c", "t"))
_HARD = (("rz", "r"), ("dz", "g"), ("c", "k"))
_MOBILE_E = re.compile(rf"(?<=[^{_VOWELS}])i?e(?=[kc]$)")  # coworkerek, Brzuskowiec


def root(word: str) -> str:
    """Return what the forms of an unknown `word` share, without diacritics."""
    folded = fold(word)
    stem, ending = _cut(_VERB.sub("ow", folded))
    stem = _without_ow(_MOBILE_E.sub("", stem))
    is_soft = ending.startswith("i") or (not ending and stem.endswith("sc"))
    for found, plain in (*(_SOFTENED if is_soft else ()), *_HARD):
        if stem.endswith(found):
            return stem.removesuffix(found) + plain
    return stem


def _cut(word: str) -> tuple[str, str]:
    """Return the stem and the longest ending that leaves one which could be a syllable."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and _is_stem(stem):
            return stem, ending
    return word, ""


def _without_ow(stem: str) -> str:
    shorter = stem.removesuffix("ow")  # Kuczyłów, of Kuczyły or of itself; senioraliów
    return shorter if _is_stem(shorter) else stem


def _is_stem(text: str) -> bool:
    return len(text) >= MIN_CHARS and text[-1] not in _VOWELS and any(letter in _VOWELS for letter in text)
