"""What the editor chose on the page of two versions, put into the form that is sent again."""

import json

from django.core.exceptions import BadRequest

CONFLICT, CHOICE = "_conflict", "_choice-"
MINE, THEIRS = "mine", "theirs"


def apply_choices(request) -> bool:
    """Put the others' version where the editor chose it; False where a choice is missing."""
    asked = request.POST.getlist(CONFLICT)
    choices = [request.POST.get(f"{CHOICE}{number}") for number in range(len(asked))]
    if not set(choices) <= {MINE, THEIRS}:
        return False
    data = request.POST.copy()
    for text, choice in zip(asked, choices, strict=True):
        if choice == THEIRS:
            _take_theirs(data, request.FILES, text)
    request.POST = data
    return True


def _take_theirs(data, files, text):
    names, pairs = _read(text)
    for name in names:
        data.pop(name, None)
        files.pop(name, None)
    for name, value in pairs:
        data.appendlist(name, value)


def _read(text) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the names that the page's own field says to drop and the pairs to put there; all are texts."""
    try:
        theirs = json.loads(text)
        names, pairs = theirs["names"], [(name, value) for name, value in theirs["pairs"]]
        for text in (*names, *(part for pair in pairs for part in pair)):
            text.encode()  # no half of a pair of surrogates, which no database takes
        return names, pairs
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadRequest("Formularz zawiera niezrozumiały wybór.") from error
