"""File names as readers keep them: their own letters, nothing that a system could take for a path."""

import re
import unicodedata
from pathlib import PurePath

MAX_CHARS = 150
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # devices of Windows
_SEPARATORS = re.compile(r"[_\s]+|(?<=\w)-+(?=\w)")


def clean_name(name: str) -> str:
    """Return a safe name of one file, diacritics and ending kept.

    >>> clean_name("../wzór: umowa?.pdf")
    'wzór_ umowa_.pdf'
    """
    text = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    text = _UNSAFE.sub("_", text).strip(". ")
    path = PurePath(text or "plik")
    stem = f"_{path.stem}" if _RESERVED.fullmatch(path.stem) else path.stem
    return f"{stem[: MAX_CHARS - len(path.suffix)].rstrip()}{path.suffix}"


def title_of(name: str) -> str:
    """Return a first title for an uploaded file.

    >>> title_of("wzór_umowy-regranting 2024.PDF")
    'Wzór umowy regranting 2024'
    """
    words = _SEPARATORS.sub(" ", PurePath(clean_name(name)).stem).strip()
    return words[:1].upper() + words[1:]


def unique_names(names: list[str]) -> list[str]:
    """Return `names` made safe, those that a system could not tell apart numbered in order.

    >>> unique_names(["Plan.pdf", "plan.pdf"])
    ['Plan.pdf', 'plan (2).pdf']
    """
    taken, unique = set(), []
    for name in map(clean_name, names):
        path, number, free = PurePath(name), 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        taken.add(free.casefold())
        unique.append(free)
    return unique
