"""Each test starts from an empty database, so nothing may stay in the process from the one before."""

import pytest

from platforma.lib import kinds
from platforma.lib.search import kept
from platforma.lib.search.log import search_log


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget_all()
    for kind in kinds.every():
        if kind.live:
            kind.live.forget()
    search_log._waiting.clear()
