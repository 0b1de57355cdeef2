"""Two requests at the very same moment, on both databases: one is saved, the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from praktyki.models import Praktyka
from spotkania.models import Cykl, Spotkanie
from tests import builders
from tests.admin_forms import filled

ADD = "/admin/spotkania/cykl/add/"
ROUNDS = 5


@pytest.fixture
def apart(transactional_db, django_db_blocker, tmp_path):
    """A database that threads share with connections of their own; SQLite's is a file for once."""
    call_command("migrate", verbosity=0)  # the roles, which a flush before took away
    if connection.vendor != "sqlite":
        yield
        return
    settings = connection.settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = str(tmp_path / "db.sqlite3")
    call_command("migrate", verbosity=0)
    yield
    connection.close()
    settings["NAME"] = before


def desk(user):
    browser = Client()
    browser.force_login(user)
    return browser


def at_once(*requests):
    """Send (browser, address, data) each in its own thread, and return the status codes."""
    gate = threading.Barrier(len(requests))

    def send(browser, address, data):
        gate.wait(timeout=30)
        try:
            return browser.post(address, data).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(requests)) as pool:
        return sorted(pool.map(send, *zip(*requests, strict=True), timeout=60))


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def make(status="draft"):
    return builders.make_praktyka(status=status, instrumenty=[builders.make_instrument()])


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_stale_saves_one_is_kept(apart, number):
    praktyka, desks = make(), [desk(builders.make_user("wydawca")) for _editor in range(2)]
    forms = [filled(one.get(page_of(praktyka)), problem=f"Problem {n}") for n, one in enumerate(desks)]
    sent = [(one, page_of(praktyka), form) for one, form in zip(desks, forms, strict=True)]
    assert at_once(*sent) == [302, 409]
    praktyka.refresh_from_db()
    assert praktyka.problem in ("Problem 0", "Problem 1")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_rows_added_to_one_entry_one_is_asked_about(apart, number):
    """The entry's own row does not change here: only a lock on it makes the second one look again."""
    praktyka, desks = make(), [desk(builders.make_user("wydawca")) for _editor in range(2)]
    sent = []
    for one in desks:
        added = {
            "zrodla-TOTAL_FORMS": 1,
            "zrodla-0-tytul": f"Źródło {len(sent)}",
            "zrodla-0-url": f"https://przyklad.pl/{len(sent)}",
        }
        sent.append((one, page_of(praktyka), filled(one.get(page_of(praktyka)), **added)))
    assert at_once(*sent) == [302, 409]
    assert praktyka.zrodla.count() == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_decisions_one_is_taken(apart, number):
    praktyka, desks = make("review"), [desk(builders.make_user("wydawca")) for _editor in range(2)]
    steps = [{"_step": "publish"}, {"_step": "send_back", "step_reason": "Popraw."}]
    forms = [filled(one.get(page_of(praktyka)), **step) for one, step in zip(desks, steps, strict=True)]
    sent = [(one, page_of(praktyka), form) for one, form in zip(desks, forms, strict=True)]
    assert at_once(*sent) == [302, 409]
    state = Praktyka.objects.values_list("status", "status_reason").get()
    assert state in [("published", ""), ("draft", "Popraw.")]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_double_click_on_a_form_that_adds_adds_one_row(apart, number):
    one = desk(builders.make_user("wydawca"))
    data = filled(one.get(ADD), nazwa="Cykl")
    assert at_once(*[(one, ADD, data)] * 3) == [302, 302, 302]
    assert Cykl.objects.count() == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_meeting_and_its_programme_saved_at_once_do_not_wait_in_a_circle(apart, number):
    """Saving a point of the programme saves its meeting, and saving the meeting saves its programme."""
    spotkanie = builders.make_spotkanie(status="draft", instrumenty=[builders.make_instrument()])
    wystapienie = builders.make_wystapienie(spotkanie)
    desks = [desk(builders.make_user("wydawca")) for _editor in range(2)]
    meeting, point = page_of(spotkanie), page_of(wystapienie)
    forms = [
        filled(desks[0].get(meeting), opis="Opis.", **{"wystapienia-0-online": "on"}),
        filled(desks[1].get(point), tytul="Nowy temat"),
    ]
    assert at_once((desks[0], meeting, forms[0]), (desks[1], point, forms[1])) == [302, 409]
    assert Spotkanie.objects.get().wystapienia.count() == 1
