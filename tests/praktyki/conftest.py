"""The real chooser and a reader who asks it; the site on a day of one's choice; a threshold that changed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import builders
from tests.praktyki.chooser import CHOOSER, load_chooser

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def chooser(db):
    load_chooser()


@pytest.fixture
def ask(chooser, client):
    """Return a function that opens the chooser with answers, following it to its one address."""

    def ask(**answers):
        response = client.get(CHOOSER, answers, follow=True)
        assert response.status_code == 200
        return response.context["kreator"], response.content.decode()

    return ask


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
