"""Looking now and then for rows that were written round the models, of which no revision tells.

What a look finds is made known as a revision like any other: every process reads everything anew, and no copy
of a page is valid any more. Looked for are other numbers of rows, later changes, other sums of what lists are
ordered by; for the rest, and for what the search finds, there is `manage.py reindex`.
"""

import logging

from django.utils import timezone

from platforma.lib import background, kinds, revision
from platforma.lib.live import one_moment

SECONDS = 60
_logger = logging.getLogger(__name__)


def look() -> bool:
    """Compare the indexes of this process with the database; tell whether a revision had to be made."""
    indexes = [kind.live for kind in kinds.every() if kind.live]
    with one_moment(*indexes) as (_number, states):
        now = timezone.now()
        bypassed = [index.kind for index in indexes if index.was_bypassed(states[index.kind], now)]
    if bypassed:
        _logger.warning("Rows were written round the models: %s; all will be read anew", ", ".join(bypassed))
        revision.bump_everything()
    return bool(bypassed)


def start() -> None:
    """Look at once, so that the indexes are ready before a reader asks, and every minute; in a thread."""
    background.repeat(look, name="watch", every=SECONDS)
