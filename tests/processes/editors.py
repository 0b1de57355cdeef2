"""Editors: they change rows until the end, and note on the board what they have committed."""

import random
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from platforma.lib.publication import Status
from praktyki.models import Instrument, Jst, Praktyka, Temat, Wojewodztwo

from . import rows, spawned
from .board import ARCHIVED, HIDDEN, MOVED, PUBLISHED, SCHEDULED, SHOWN, STATES

PAUSE = 0.15  # seconds at most between two edits, so that the other editor gets at the lock for writing
SOON = 0.15  # seconds ahead that a scheduled row is due


@contextmanager
def changing(slots, values: dict[int, int]):
    """Change rows in one transaction while their slots are 0; afterwards the slots are `values`."""
    for place in values:
        slots[place] = 0
    with transaction.atomic():
        yield
    for place, value in values.items():
        slots[place] = value


def move(own: int) -> None:
    """Move rows, several in one transaction, and units."""
    chance, board, edits = random.Random(own), spawned.board, 0
    instruments, units = Instrument.objects.in_bulk(field_name="slug"), list(Jst.objects.order_by("pk"))
    voivodeships = list(Wojewodztwo.objects.order_by("pk"))
    while not board.stop.wait(chance.uniform(0, PAUSE)):
        edits += 1
        board.edits[own] = edits
        if chance.random() < 0.3:
            unit = chance.choice(units)
            unit.wojewodztwo = chance.choice(voivodeships)
            unit.save()
            continue
        batch = chance.sample(range(MOVED), chance.randint(1, 3))
        with changing(board.moved, dict.fromkeys(batch, edits + 1)):
            instrument = instruments[chance.choice(["alfa", "omega"])]
            for row in Praktyka.objects.filter(slug__in=[f"m-{place}" for place in batch]):
                rows.write_moved(row, edits + 1, instrument, chance.choice(units))
    connection.close()


def publish(own: int) -> None:
    """Publish, schedule, withdraw, archive and delete rows."""
    chance, board, edits = random.Random(own), spawned.board, 0
    relations = Instrument.objects.get(slug="gamma"), Jst.objects.first(), Temat.objects.get(slug="druk")
    while not board.stop.wait(chance.uniform(0, PAUSE)):
        edits += 1
        board.edits[own] = edits
        place = chance.randrange(PUBLISHED)
        row, at = Praktyka.objects.filter(slug=f"p-{place}").first(), datetime.now(UTC)
        state = _next_state(row, chance)
        if state == SCHEDULED:
            at += timedelta(seconds=SOON)
        with changing(board.published, {place: edits * STATES + state}):
            board.due[place] = at.timestamp()
            if row is None:
                rows.describe_published(rows.make_published(place), *relations)
            elif row.status == Status.DRAFT:
                rows.publish(row, at)
            elif state == ARCHIVED:
                row.archive(reason="Nieaktualne.")
            elif chance.random() < 0.5:
                rows.withdraw(row)
            else:
                row.delete()
    connection.close()


def _next_state(row, chance) -> int:
    if row is None:
        return HIDDEN
    if row.status == Status.DRAFT:
        return chance.choice([SHOWN, SHOWN, SCHEDULED])
    return chance.choice([HIDDEN, HIDDEN, ARCHIVED]) if row.is_published() else HIDDEN
