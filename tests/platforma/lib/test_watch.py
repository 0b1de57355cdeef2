"""What was written round the models is found within a minute, and only that."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from platforma.lib import revision, watch
from platforma.lib.publication import Status
from praktyki.kinds import PRAKTYKA
from praktyki.models import Praktyka
from spotkania.models import Spotkanie
from tests.builders import make_praktyka, make_spotkanie
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows():
    for number in range(3):
        make_praktyka(tytul=f"Praktyka {number}", rok_od=[None, 2010, 2020][number])
        make_spotkanie(poczatek=timezone.now() + timedelta(days=number), rok=2026)
    watch.look()


def bypasses():
    by_hand = f"UPDATE {Praktyka._meta.db_table} SET rok_od = 2001 WHERE rok_od = 2010"
    return {
        "withdrawn": lambda: Praktyka.objects.filter(rok_od=2010).update(status=Status.ARCHIVED),
        "edited": lambda: Praktyka.objects.update(rok_od=F("rok_od") + 1),
        "touched": lambda: Praktyka.objects.update(updated_at=timezone.now()),
        "moved": lambda: Spotkanie.objects.update(poczatek=F("poczatek") + timedelta(days=1)),
        "by hand": lambda: connection.cursor().execute(by_hand),
        "imported": lambda: Praktyka.objects.bulk_create(
            [Praktyka(tytul="X", slug="x", status=Status.PUBLISHED, published_at=timezone.now())]
        ),
    }


@pytest.mark.parametrize("how", bypasses())
def test_it_is_made_known_once(how):
    number = revision.current()
    bypasses()[how]()
    assert watch.look()
    assert revision.current() == number + 1
    assert not watch.look()


def test_pages_and_their_copies_show_it_then(client):
    assert "Praktyka 1" in read(client, "/praktyki/").text
    Praktyka.objects.filter(rok_od=2010).update(status=Status.ARCHIVED)
    watch.look()
    page = read(client, "/praktyki/")
    assert 'data-total="2"' in page.html
    assert "Praktyka 1" not in page.text


def test_edits_and_time_are_not_taken_for_it(monkeypatch):
    soon = timezone.now() + timedelta(hours=1)
    make_praktyka(published_at=soon)
    Praktyka.objects.filter(rok_od=2010).first().delete()
    assert not watch.look()
    monkeypatch.setattr(timezone, "now", lambda: soon)
    assert not watch.look()
    assert len(PRAKTYKA.live.get(revision.current()).index.everything) == 3
