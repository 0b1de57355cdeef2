"""Cutting text into words, the same way when it is indexed, searched and highlighted."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_THOUSANDS = r"(?<!\w)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\w)"
# A number with spaces between thousands is one word; so is an abbreviation with its ending (NGO-sów).
_TOKEN = re.compile(
    rf"(?P<number>{_THOUSANDS})"
    r"|(?P<abbreviation>[^\W\d_a-ząćęłńóśźż]{2,})-[a-ząćęłńóśźż]{1,4}(?!\w)"
    r"|[^\W_]+"
)
MAX_WORD_CHARS = 60
STOP_WORDS = frozenset(
    "a aby albo ale ani bez bo by być była było były był co czy dla do gdy gdzie go i ich ile im iż ja jak "
    "jako je jego jej jest jeśli już ku lub ma mają między mi mnie może można my na nad nam nas nie niech "
    "nim niż o od oraz po pod pomiędzy poza przed przez przy się są ta tak także tam te tego tej ten to tu "
    "tych tylko tym u w we więc z za ze że żeby".split()
)


class Token(NamedTuple):
    """One word as written, without its marks, and where it stands in the text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return `text` in NFC without invisible characters; offsets of tokens refer to this form."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def tokenise(text: str) -> Iterator[Token]:
    """Yield the words of a cleaned text in order, stop words included."""
    for match in _TOKEN.finditer(text):
        word = match["abbreviation"] or match[0]
        if match["number"]:
            word = "".join(char for char in word if char.isdigit())
        yield Token(word, match.start(), match.end())


def join_thousands(text: str) -> str:
    """Write 130 000 as 130000, so that cutting at spaces does not break the number."""
    return re.sub(_THOUSANDS, lambda match: re.sub(r"\s", "", match[0]), text)


def is_stop_word(word: str) -> bool:
    return word.lower() in STOP_WORDS


def is_indexed(word: str) -> bool:
    """Tell whether a document is found by `word`: no stop words, nothing longer than any Polish word."""
    return len(word) <= MAX_WORD_CHARS and not is_stop_word(word)
