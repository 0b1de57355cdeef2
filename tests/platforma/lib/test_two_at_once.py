"""Two requests at the very same moment, on both databases: one is saved, the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import Database
from django.test import Client

from praktyki.models import Praktyka
from spotkania.models import Cykl
from tests import builders
from tests.admin_forms import confirmed, filled

ADD = "/admin/spotkania/cykl/add/"
ROUNDS = 5


@pytest.fixture(scope="module", autouse=True)
def apart(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the test database, which threads share with connections of their own; kept by no rollback."""
    copied = copy_to_file if connection.vendor == "sqlite" else copy_of_server
    with django_db_blocker.unblock(), copied(tmp_path_factory):
        yield


@contextmanager
def copy_to_file(tmp_path_factory):
    connection.ensure_connection()
    settings, in_memory = connection.settings_dict, connection.connection
    name, path = settings["NAME"], str(tmp_path_factory.mktemp("two") / "db.sqlite3")
    file = Database.connect(path)
    in_memory.backup(file)
    file.execute("PRAGMA journal_mode=wal")
    file.close()
    settings["NAME"], connection.connection = path, None
    yield
    connection.close()
    settings["NAME"], connection.connection = name, in_memory


@contextmanager
def copy_of_server(_tmp_path_factory):
    connection.close()
    connection.creation.clone_test_db("two", verbosity=0)
    settings = connection.settings_dict
    name, settings["NAME"] = settings["NAME"], connection.creation.get_test_db_clone_settings("two")["NAME"]
    yield
    connection.close()
    settings["NAME"] = name
    connection.creation.destroy_test_db(suffix="two", verbosity=0)


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
def test_of_two_stale_saves_one_is_kept(number):
    praktyka, desks = make(), [desk(builders.make_user("wydawca")) for _editor in range(2)]
    forms = [filled(one.get(page_of(praktyka)), problem=f"Problem {n}") for n, one in enumerate(desks)]
    sent = [(one, page_of(praktyka), form) for one, form in zip(desks, forms, strict=True)]
    assert at_once(*sent) == [302, 409]
    praktyka.refresh_from_db()
    assert praktyka.problem in ("Problem 0", "Problem 1")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_rows_added_to_one_entry_one_is_asked_about(number):
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
def test_of_two_decisions_one_is_taken(number):
    praktyka, desks = make("review"), [desk(builders.make_user("wydawca")) for _editor in range(2)]
    steps = [{"_step": "publish"}, {"_step": "send_back", "step_reason": "Popraw."}]
    forms = [filled(one.get(page_of(praktyka)), **step) for one, step in zip(desks, steps, strict=True)]
    sent = [(one, page_of(praktyka), form) for one, form in zip(desks, forms, strict=True)]
    assert at_once(*sent) == [302, 409]
    praktyka.refresh_from_db()
    assert (praktyka.status, praktyka.status_reason) in [("published", ""), ("draft", "Popraw.")]


@pytest.mark.parametrize("in_the_list", [False, True], ids=["page", "list"])
@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_a_save_and_a_deletion_one_is_done(number, in_the_list):
    praktyka, desks = make(), [desk(builders.make_user("wydawca")) for _editor in range(2)]
    page, chosen = page_of(praktyka).replace("change", "delete"), {}
    if in_the_list:
        page = "/admin/praktyki/praktyka/"
        chosen = {"action": "delete_selected", "_selected_action": [praktyka.pk]}
    saving = filled(desks[0].get(page_of(praktyka)), problem="Problem")
    deleting = chosen | confirmed(desks[1].post(page, chosen))
    assert at_once((desks[0], page_of(praktyka), saving), (desks[1], page, deleting)) == [302, 409]
    left = Praktyka.objects.filter(pk=praktyka.pk).first()
    assert left is None or left.problem == "Problem"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_double_click_on_a_form_that_adds_adds_one_row(number):
    one = desk(builders.make_user("wydawca"))
    data = filled(one.get(ADD), nazwa=f"Cykl {number}")
    assert at_once(*[(one, ADD, data)] * 3) == [302, 302, 302]
    assert Cykl.objects.filter(nazwa=f"Cykl {number}").count() == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_meeting_and_its_programme_saved_at_once_do_not_wait_in_a_circle(number):
    """Saving a point of the programme saves its meeting, and saving the meeting saves its programme."""
    spotkanie = builders.make_spotkanie(status="draft", instrumenty=[builders.make_instrument()])
    wystapienie = builders.make_wystapienie(spotkanie)
    desks = [desk(builders.make_user("wydawca")) for _editor in range(2)]
    meeting, point = page_of(spotkanie), page_of(wystapienie)
    forms = [
        filled(desks[0].get(meeting), opis="Opis.", **{"wystapienia-0-tytul": "Temat z programu"}),
        filled(desks[1].get(point), tytul="Nowy temat"),
    ]
    assert at_once((desks[0], meeting, forms[0]), (desks[1], point, forms[1])) == [302, 409]
    assert spotkanie.wystapienia.count() == 1
