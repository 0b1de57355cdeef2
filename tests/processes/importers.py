"""Editors at work at once: some import a table, one publishes a row of it meanwhile."""

import time

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from platforma import tables
from platforma.lib.publication import Status
from platforma.lib.tables.reading import Row
from platforma.roles import REDAKTOR
from praktyki.models import Praktyka
from tests import builders
from tests.processes import spawned

HEADINGS = ["slug", "tytul", "streszczenie", "instrumenty"]
ROWS = 12
HEAD_START = 1.0  # seconds in which an import that waits for nobody would have read the row


def fill():
    """Store an editor, an instrument, and one practice in review that the table below changes."""
    builders.make_user(REDAKTOR, username="ania")
    instrument = builders.make_instrument(slug="mikrogrant")
    builders.make_praktyka(slug="praktyka-0", tytul="Przed importem", status="review").instrumenty.set(
        [instrument]
    )
    connection.close()


def import_together():
    """Store what others found right at the same moment; return how many rows are new, changed, the same."""
    outcome = _imported(spawned.board["checked"].wait)
    assert outcome.mistakes == [], outcome.mistakes
    return len(outcome.added), len(outcome.changed), outcome.unchanged


def publish():
    """Publish a row, but commit only when an import has found that it may change it and is about to."""
    with transaction.atomic():
        Praktyka.objects.get(slug="praktyka-0").publish()
        spawned.board["published"].wait(30)
        spawned.board["checked"].wait(30)
        time.sleep(HEAD_START)
    connection.close()


def import_meanwhile():
    """Import while another publishes; return what the editor is told."""
    spawned.board["published"].wait(30)
    outcome = _imported(spawned.board["checked"].wait)
    return [(mistake.row, mistake.column) for mistake in outcome.mistakes]


def stored():
    states = Praktyka.objects.order_by("slug").values_list("slug", "status", "tytul")
    return {slug: (Status(status), title) for slug, status, title in states}


def _imported(when_checked):
    cells = [(f"praktyka-{number}", "Po imporcie", "Opis.", "mikrogrant") for number in range(ROWS)]
    rows = [Row(number, dict(zip(HEADINGS, one, strict=True))) for number, one in enumerate(cells, 2)]
    ania = get_user_model().objects.get(username="ania")

    def progress(done, total, is_check):
        if is_check and done == total:
            when_checked(30)

    outcome = tables.import_rows("praktyki", HEADINGS, rows, ania, save=True, progress=progress)
    connection.close()
    return outcome
