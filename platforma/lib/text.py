"""Plain text on its way into formats that are strict about characters."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` without the characters that XML 1.0 and RFC 5545 do not allow, such as form feeds."""
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def visible(text: str) -> str:
    """Return `text` without characters that nobody sees: zero-width ones, and turns of the writing direction.

    >>> visible("\u200bumowa\u202efdp.exe ")
    'umowafdp.exe'
    """
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()
