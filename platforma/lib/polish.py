"""Polish text: folding, slugs, sort order and plural forms."""

import re
import unicodedata

_STROKES = (("ł", "l"), ("đ", "d"), ("ø", "o"))
_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_ORDER = {" ": "01"} | {str(n): f"{n + 10}" for n in range(10)}
_BREAKING_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_NUMBER_AT_END = re.compile(r"\s[\d\s.,–-]*\d[\s.,–-]*$")
_ORDER |= {letter: f"{n + 20}" for n, letter in enumerate(_ALPHABET)}


def fold(text: str) -> str:
    """Return `text` in lower case with every diacritic removed, ł included (which NFKD alone leaves).

    >>> fold("Łódź ŁĄCZY")
    'lodz laczy'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    for struck, letter in _STROKES:  # whole texts at once: a loop over characters takes four times as long
        plain = plain.replace(struck, letter)
    plain = unicodedata.normalize("NFKD", plain)
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return plain


def pattern_of(start: str) -> str:
    """Return a LIKE pattern of how a word begins: a plain letter may have a diacritic, one with it must.

    It is for words in lower case whose folded form begins with the folded `start`.

    >>> pattern_of("Łódź")
    'łó_ź'
    """
    return "".join("_" if fold(letter) == letter else letter for letter in start.lower())


def slugify(text: str) -> str:
    """Return an ASCII kebab-case slug; unlike Django's, it keeps ł as l.

    >>> slugify("Łódź łączy – 2.0")
    'lodz-laczy-2-0'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> str:
    """Return a string of digits that sorts by the Polish alphabet under any database collation.

    Two digits a character, in the order space < digits < letters (a < ą < b …); other marks are passed over,
    foreign letters are folded first.
    """
    chars = (char if char in _ORDER else fold(char) for char in unicodedata.normalize("NFC", text).casefold())
    return "".join(_ORDER.get(part, "") for char in chars for part in char)


def plural(n: int, one: str, few: str, many: str) -> str:
    """Return the noun form that agrees with `n`: 1 praktyka, 2 praktyki, 5 praktyk, 22 praktyki.

    >>> [plural(n, "praktyka", "praktyki", "praktyk") for n in (0, 1, 2, 5, 12, 22)]
    ['praktyk', 'praktyka', 'praktyki', 'praktyk', 'praktyk', 'praktyki']
    """
    if n == 1:
        return one
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return few
    return many


def thousands(number: int | str) -> str:
    """Return a whole number with its thousands apart, by spaces that do not break.

    >>> thousands("1234567")
    '1\xa0234\xa0567'
    """
    return f"{int(number):,}".replace(",", "\u00a0")


def number(value) -> str:
    """Return a number as Poles write it: 2019, 10 000, 1000,5; the spaces do not break.

    Whole numbers of four digits stay together, as years do.
    """
    whole, _dot, fraction = f"{value:f}".partition(".")
    grouped = thousands(whole) if len(whole) > 4 else whole
    fraction = fraction.rstrip("0")
    return f"{grouped},{fraction}" if fraction else grouped


def zl(value) -> str:
    """Return an amount: "5 000 000 zł", "4 681,80 zł"; grosze only where there are any, then both digits."""
    whole, _dot, fraction = f"{value:.2f}".partition(".")
    return f"{thousands(whole)}{'' if fraction == '00' else f',{fraction}'}\u00a0zł"


def amount(value) -> str:
    """Return an amount as Poles write it, every thousand apart: 1 400, 170 000, 0,5; the spaces do not break.

    >>> amount(1400.0)
    '1\xa0400'
    """
    whole, _dot, fraction = f"{value:.2f}".partition(".")
    fraction = fraction.rstrip("0")
    return thousands(whole) + (f",{fraction}" if fraction else "")


def measure(value, unit: str) -> str:
    """Return a number with its unit: zł, %, or none where the kind of number already says what is counted.

    >>> measure(12.5, "%")
    '12,5%'
    """
    return zl(value) if unit == "zł" else f"{amount(value)}{unit}"


def cut(text: str, limit: int) -> str:
    """Return `text` on one line and at most `limit` (2 or more) characters long, cut between words with "…".

    A first word longer than that is cut inside. A number at the cut goes with it: its thousands or its unit
    may have stood behind. Spaces that do not break stay.

    >>> cut("Sąsiedzi sadzą ogród za 10 000 zł.", 16), cut("Sąsiedzi sadzą ogród za 10 000 zł.", 28)
    ('Sąsiedzi sadzą…', 'Sąsiedzi sadzą ogród za…')
    """
    text = _BREAKING_SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if text[limit - 1] != " ":
        head = head.rpartition(" ")[0] or head
    head = _NUMBER_AT_END.sub("", head) or head
    return f"{head.rstrip(' ,;:.·–-(„')}…"
