"""Editors at work at once: some import a table, one publishes a row of it meanwhile."""

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


def fill():
    """Store an editor, an instrument, and one practice in review that the table below changes."""
    builders.make_user(REDAKTOR, username="ania")
    instrument = builders.make_instrument(slug="mikrogrant")
    builders.make_praktyka(slug="praktyka-0", tytul="Przed importem", status="review").instrumenty.set(
        [instrument]
    )
    connection.close()


def import_together():
    """Import the same rows as others at the same moment; return the numbers of new, changed and unchanged."""
    spawned.board["start"].wait(30)
    outcome = _imported()
    assert outcome.mistakes == [], outcome.mistakes
    return len(outcome.added), len(outcome.changed), outcome.unchanged


def publish():
    """Publish a row, but commit only when an import has found that it may change it."""
    with transaction.atomic():
        row = Praktyka.objects.get(slug="praktyka-0")
        row.publish()
        spawned.board["published"].set()
        assert spawned.board["checked"].wait(30)
    connection.close()


def import_meanwhile():
    """Import while another publishes; return what the editor is told."""
    assert spawned.board["published"].wait(30)
    outcome = _imported(lambda done, total: spawned.board["checked"].set() if done == total else None)
    return [(mistake.row, mistake.column) for mistake in outcome.mistakes]


def stored():
    states = Praktyka.objects.order_by("slug").values_list("slug", "status", "tytul")
    return {slug: (Status(status), title) for slug, status, title in states}


def _imported(progress=None):
    cells = [(f"praktyka-{number}", "Po imporcie", "Opis.", "mikrogrant") for number in range(ROWS)]
    rows = [Row(number, dict(zip(HEADINGS, one, strict=True))) for number, one in enumerate(cells, 2)]
    ania = get_user_model().objects.get(username="ania")
    outcome = tables.import_rows("praktyki", HEADINGS, rows, ania, save=True, progress=progress)
    connection.close()
    return outcome
