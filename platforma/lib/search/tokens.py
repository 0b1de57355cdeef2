"""Cutting text into words, the same way when it is indexed, searched and highlighted."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from platforma.lib.polish import fold

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}  # text copied from PDF
_REWRITTEN = _INVISIBLE | _LIGATURES
_SPACE = r"[ \u00a0\u202f]"
_GROUPED = rf"\d{{1,3}}(?:(?:{_SPACE}\d{{3}})+|(?:\.\d{{3}})+)"
_ARTICLE = "|".join(rf"(?<=\bart{after})" for after in (_SPACE, r"\.", rf"\.{_SPACE}"))
# One word, however it is written: 130 000, 130.000 and 130 tys.; the 19 a of an article and 19a.
_NUMBER = (
    rf"(?=\d)(?i:(?<!\w)(?<!\d[.,])(?:(?P<amount>{_GROUPED}|\d+)(?:,(?P<decimals>\d{{1,3}}))?{_SPACE}?"
    r"(?:(?P<thousands>tys\b\.?|tysi[ąa]c\w*|tysi[ęe]cy\b)|(?P<millions>mln\b\.?|milion\w*))"
    rf"|(?P<grouped>{_GROUPED})(?!\.?\w)|(?:{_ARTICLE})(?P<article>\d+){_SPACE}(?P<letter>[a-h])(?!\w)))"
)
_SMALL = "a-ząćęłńóśźż"
# So is an abbreviation, a word of two capitals or more, with its ending (NGO-sów, ePUAP-em).
_ABBREVIATION = (
    rf"(?=(?:[{_SMALL}]*+[^\W\d_{_SMALL}]){{2}})(?P<abbreviation>[^\W\d_]+)-[{_SMALL}]{{1,4}}(?!\w)"
)
_TOKEN = re.compile(rf"{_NUMBER}|{_ABBREVIATION}|[^\W_]+")
MAX_WORD_CHARS = 60
ABBREVIATIONS = frozenset(["BO", "SA"])  # budżet obywatelski, spółka akcyjna: no "bo", no "są"
STOP_WORDS = frozenset(
    "a aby albo ale ani bez bo by być była było były był co czy dla do gdy gdzie go i ich ile im iż ja jak "
    "jako je jego jej jest jeśli już ku lub ma mają między mi mnie może można my na nad nam nas nie niech "
    "nim niż o od oraz po pod pomiędzy poza przed przez przy się są ta tak także tam te tego tej ten to tu "
    "tych tylko tym u w we więc z za ze że żeby".split()
)
# Documents are found by these too, but need not have them: they make a question or a sentence of a query.
_QUESTION_WORDS = frozenset(
    "kto kogo komu kim czym czego czemu jaki jaka jakie jakiego jakiej jakiemu jaką jakim jakich jakimi "
    "jacy który która które którego której któremu którą którym których którymi którzy czyj czyja czyje "
    "kiedy skąd dokąd dlaczego dlatego ilu mogę możesz możemy mogą muszę musi musimy muszą trzeba należy "
    "powinien powinna powinno powinny powinni bądź czyli jednak lecz natomiast ponieważ gdyż oprócz wobec "
    "wśród dzięki według podczas poprzez spod znad około tą temu tymi ona ono oni one nią niej niego nich "
    "nimi swój swoja swoje swojego swojej swoją swoim swoich swoimi sobie siebie sobą mój moja moje mojego "
    "mojej moją moim moich moimi twój twoja twoje twojego twojej twoją twoim twoich nasz nasza nasze "
    "naszego naszej naszą naszemu naszym naszych naszymi nasi wasz wasza wasze waszego waszej waszą waszym "
    "waszych".split()
)
# So they do typed without diacritics, unless that is another word: 1 maja, wiec, soba.
_QUESTION_WORDS |= frozenset(map(fold, STOP_WORDS | _QUESTION_WORDS)) - {"maja", "wiec", "soba"}


class Token(NamedTuple):
    """One word as written, without its marks, and where it stands in the text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return `text` in NFC, no invisible characters, no ligatures; offsets of tokens refer to this form."""
    return unicodedata.normalize("NFC", text.translate(_REWRITTEN))


def tokenise(text: str) -> Iterator[Token]:
    """Yield the words of a cleaned text in order, stop words included."""
    for match in _TOKEN.finditer(text):
        yield Token(_word(match), match.start(), match.end())


def indexed_words(text: str) -> list[str]:
    """Return the words of a cleaned text that a document is found by, in order."""
    return [word for word in map(_word, _TOKEN.finditer(text)) if is_indexed(word)]


def _word(match: re.Match) -> str:
    return match[0] if match.lastindex is None else match["abbreviation"] or _number(match)


def _number(match: re.Match) -> str:
    """Return the one spelling of a number that has several."""
    if match["article"]:
        return match["article"] + match["letter"].lower()
    if match["grouped"]:
        return _digits(match["grouped"])
    zeros = 3 if match["thousands"] else 6
    digits = _digits(match["amount"]) + (match["decimals"] or "").ljust(zeros, "0")
    return digits.lstrip("0") or "0"


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def join_numbers(text: str) -> str:
    """Write 130 tys. as 130000, so that cutting at spaces does not break the number."""
    return re.sub(_NUMBER, _number, text)


def is_stop_word(word: str) -> bool:
    return word.lower() in STOP_WORDS and word not in ABBREVIATIONS


def is_question_word(word: str) -> bool:
    return word.lower() in _QUESTION_WORDS and word not in ABBREVIATIONS


@lru_cache(maxsize=100_000)
def is_indexed(word: str) -> bool:
    """Tell whether a document is found by `word`: no stop words, nothing longer than any Polish word."""
    return len(word) <= MAX_WORD_CHARS and not is_stop_word(word)
