"""Plain text search over folded columns: diacritics, case and common endings do not matter."""

import re

from django.db.models import Q

from platforma.lib.polish import fold

MAX_WORDS = 12
_ENDING = re.compile(r"(?<=^....)(\w*?)(ami|ach|ego|emu|ymi|imi|om|ow|ej|ych|ich|[aeiouy]{1,2})$")


def words(text: str) -> list[str]:
    """Return the words of `text` to look for: folded, without a common ending, at most `MAX_WORDS`.

    >>> words("Mikrograntów w ŁODZI")
    ['mikrogrant', 'w', 'lodz']
    """
    return [_ENDING.sub(r"\1", word) for word in re.findall(r"\w+", fold(text))[:MAX_WORDS]]


def words_q(model, text: str, *, own: str, related: tuple[str, ...] = ()) -> Q:
    """Return the condition "every word of `text` occurs in column `own` or in one of the `related` columns".

    Related columns are asked in subqueries, so that the rows of `model` are never doubled.
    """
    condition = Q()
    for word in words(text):
        beginning = rf"(^|[^a-z0-9]){word}"  # "lodz" is not in the middle of "mlodziez"
        found = Q(**{f"{own}__regex": beginning})
        for path in related:
            found |= Q(pk__in=model.objects.filter(**{f"{path}__regex": beginning}).values("pk"))
        condition &= found
    return condition
