"""Legal numbers quoted in a text by their key in braces: "do {prog_pzp} netto" shows the value of the day."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError

TOKEN = re.compile(r"\{([^{}\n]{1,80})\}")
HELP = (
    "Liczbę ustawioną prawem cytuj kluczem w klamrach, np. {prog_pzp}: strona pokaże wartość "
    "obowiązującą w dniu czytania."
)


def refuse_quotation(text: str) -> None:
    """Validate a text that pages show as it is: a key in braces would stay a key."""
    if keys_in(text):
        raise ValidationError("W tym polu nie można cytować parametrów prawnych: usuń klucz w klamrach.")


def keys_in(text: str) -> list[str]:
    """Return the keys that `text` quotes, each once, in order."""
    return list(dict.fromkeys(key.strip() for key in TOKEN.findall(text)))


def replaced(text: str, show: Callable[[str], str]) -> str:
    """Return `text` with each quoted key replaced by `show(key)`."""
    return TOKEN.sub(lambda match: show(match[1].strip()), text)


def without(text: str) -> str:
    """Return `text` with dots instead of each quoted key: for the index, which no midnight rebuilds.

    >>> without("Zakupy do {prog_pzp} netto.")
    'Zakupy do … netto.'
    """
    return replaced(text, lambda _key: "…")
