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
    try:
        theirs = json.loads(text)
        for name in theirs["names"]:
            data.pop(name, None)
            files.pop(name, None)
        for name, value in theirs["pairs"]:
            data.appendlist(name, value)
    except (ValueError, TypeError, KeyError) as error:
        raise BadRequest("Formularz zawiera niezrozumiały wybór.") from error
