"""The site on a day of one's choice, and the threshold of public procurement that changed with 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import builders

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def on(monkeypatch):
    """Return a function that moves the whole site to one minute of a day in Warsaw."""

    def move(day, hour=0, minute=1):
        moment = datetime.combine(day, datetime.min.time(), WARSAW).replace(hour=hour, minute=minute)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return move


@pytest.fixture
def instrument():
    """Public procurement: 130 000 zł to the end of 2025, then 170 000 zł."""
    instrument = builders.make_instrument(nazwa="Mikrozakup")
    add(instrument, 130_000, date(2021, 1, 1), date(2025, 12, 31))
    add(instrument, 170_000, date(2026, 1, 1))
    return instrument


def add(instrument, value, start, end=None, **kw):
    fields = {"klucz": "prog_pzp", "nazwa": "Próg zamówień", "zweryfikowano": date(2026, 1, 2)} | kw
    return instrument.parametry.create(wartosc=value, obowiazuje_od=start, obowiazuje_do=end, **fields)
