"""Two editors who press at the same moment, for `tests/platforma/test_decided_once.py`."""

import html
import re

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from platforma.lib.publication import Status, TransitionError
from praktyki.models import Instrument, Praktyka
from tests.admin_forms import filled

from . import spawned

LABELS = {"publish": "opublikowane", "send_back": "szkic"}
STATES = {"publish": Status.PUBLISHED, "send_back": Status.DRAFT}
REASONS = {"publish": {}, "send_back": {"reason": "Brak źródła."}}
PATIENCE = 100  # seconds that one waits for the other


def fill(entries):
    """Make two editors who may publish, and entries in review."""
    group = Group.objects.get(name="wydawca")
    for person in range(2):
        user = get_user_model().objects.create(username=f"osoba-{person}", is_staff=True)
        user.groups.add(group)
    instrument = Instrument.objects.create(nazwa="Dotacja", definicja="Opis.")
    for number in range(entries):
        row = Praktyka.objects.create(tytul=f"Wpis {number}", streszczenie="Opis.", status=Status.REVIEW)
        row.instrumenty.add(instrument)
        row.zrodla.create(tytul="Uchwała")


def next_entry() -> int:
    return Praktyka.objects.filter(status=Status.REVIEW).order_by("pk").first().pk


def by_the_method(pk, step, person) -> str:
    """Take the step on a copy read before the start; return the refusal, or ""."""
    row, user = Praktyka.objects.get(pk=pk), _user(person)
    spawned.board.line.wait(PATIENCE)
    try:
        getattr(row, step)(by=user, **REASONS[step])
    except TransitionError as error:
        return str(error)
    return ""


def at_the_desk(pk, step, person) -> str:
    """Press the button of a form opened before the start, with a title of one's own typed into it."""
    client, page = Client(SERVER_NAME="127.0.0.1"), f"/admin/praktyki/praktyka/{pk}/change/"
    client.force_login(_user(person))
    typed = {f"step_{name}": value for name, value in REASONS[step].items()}
    form = filled(client.get(page), tytul=_title(pk, person), _step=step, **typed)
    spawned.board.line.wait(PATIENCE)
    answer = client.post(page, form)
    if answer.status_code == 302:
        return ""
    refused = re.search(r'<div class="stale-note"[^>]*>(.+?)</div>', answer.content.decode(), re.S)
    return html.unescape(refused[1])


def outcome(pk) -> tuple:
    """Return the state of the entry, who gave it, and whose title it has, if anybody's."""
    row = Praktyka.objects.get(pk=pk)
    titles = {_title(pk, person): person for person in range(2)}
    return row.status, row.status_changed_by.username, titles.get(row.tytul, "")


def expected(step, person) -> list:
    """Return the outcomes that fit: the winner's state, and the winner's title or none."""
    return [(STATES[step], f"osoba-{person}", title) for title in (person, "")]


def _title(pk, person) -> str:
    return f"Wpis {pk} osoby {person}"


def _user(person):
    return get_user_model().objects.get(username=f"osoba-{person}")
