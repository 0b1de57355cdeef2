"""The rows that editors change, and how.

Rows "m" always stand in one list: editors move them between two instruments and two voivodeships. Rows "p"
are published, withdrawn, archived, deleted and scheduled.
"""

from datetime import UTC, datetime

from platforma.lib.publication import Status
from praktyki.models import Instrument, Jst, Praktyka, Temat, Wojewodztwo

from . import spawned
from .board import HIDDEN, MOVED, PUBLISHED

CANARY = "zeszyt"  # in every title that must not be read


def fill():
    """Make all rows; every one has exactly one instrument and one unit."""
    alfa, omega, gamma = (
        Instrument.objects.create(nazwa=name.capitalize(), slug=name, definicja="Opis.")
        for name in ("alfa", "omega", "gamma")
    )
    voivodeships = [Wojewodztwo.objects.create(nazwa=f"kraina {n}", teryt=f"0{n}") for n in range(2)]
    units = [
        Jst.objects.create(nazwa=f"Gmina {n}", typ=Jst.Typ.GMINA_WIEJSKA, wojewodztwo=voivodeships[n % 2])
        for n in range(4)
    ]
    topics = {slug: Temat.objects.create(nazwa=slug, slug=slug) for slug in ("ruch", "druk")}
    now = datetime.now(UTC)
    for place in range(MOVED):
        row = Praktyka(slug=f"m-{place}", status=Status.PUBLISHED, published_at=now)
        write_moved(row, 1, [alfa, omega][place % 2], units[place % 4])
        row.tematy.set([topics["ruch"]])
        spawned.board.moved[place] = 1
    for place in range(PUBLISHED):
        row = make_published(place)
        describe_published(row, gamma, units[0], topics["druk"])
        spawned.board.published[place] = HIDDEN


def write_moved(row, generation, instrument, unit):
    row.tytul = f"Wiersz {instrument.slug} pokolenie {generation}"
    row.streszczenie = f"Opis z pokolenie {generation}"
    row.kwota_opis = f"pokolenie {generation}"
    row.rok_od = 1990 + generation % 100
    row.save()
    row.instrumenty.set([instrument])
    row.jst.set([unit])


def make_published(place):
    return Praktyka.objects.create(slug=f"p-{place}", tytul=f"{CANARY} {place}", streszczenie="Gazeta.")


def describe_published(row, instrument, unit, topic):
    row.instrumenty.set([instrument])
    row.jst.set([unit])
    row.tematy.set([topic])
    row.zrodla.create(tytul="Uchwała")


def publish(row, at):
    row.tytul = "Gazeta"
    row.save()
    row.submit()
    row.publish(at=at)


def withdraw(row):
    if row.is_archived:
        row.publish()
    row.send_back(reason="Do poprawy.")
    row.tytul = f"{CANARY} znowu"
    row.save()
