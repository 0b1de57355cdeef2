"""A form sent twice adds one row; a form sent without a session, or after a new login, keeps its text."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from praktyki.models import Organizacja, Praktyka
from spotkania.models import Cykl, Prelegent
from tests import builders
from tests.admin_forms import filled, on_the_page

pytestmark = pytest.mark.django_db

ADD = "/admin/spotkania/cykl/add/"


@pytest.fixture
def user():
    return builders.make_user("wydawca")


@pytest.fixture
def desk(client, user):
    client.force_login(user)
    return client


def test_an_add_form_sent_twice_adds_one_row(desk):
    data = filled(desk.get(ADD), nazwa="Cykl czwartkowy", _continue="1")
    answers = [desk.post(ADD, data) for _click in range(2)]
    cykl = Cykl.objects.get()
    assert {answer.url for answer in answers} == {f"/admin/spotkania/cykl/{cykl.pk}/change/"}


def test_a_practice_with_sources_sent_twice_is_one(desk):
    instrument, address = builders.make_instrument(), "/admin/praktyki/praktyka/add/"
    source = {"zrodla-TOTAL_FORMS": 1, "zrodla-0-tytul": "Uchwała", "zrodla-0-url": "https://przyklad.pl/u"}
    entry = {"tytul": "Nowa", "streszczenie": "Zdanie.", "instrumenty": [instrument.pk], "tagi": "b, a"}
    data = filled(desk.get(address), **entry, **source)
    assert [desk.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert Praktyka.objects.get().zrodla.count() == 1


def test_a_form_with_an_error_may_come_again(desk):
    page = desk.post(ADD, filled(desk.get(ADD), nazwa=""))
    assert page.status_code == 200
    assert desk.post(ADD, filled(page, nazwa="Cykl")).status_code == 302
    assert Cykl.objects.count() == 1


def test_the_same_texts_in_a_new_form_a_moment_later_are_the_same_row(desk):
    """„Wstecz” may load the form anew and fill it as it was."""
    address, person = "/admin/spotkania/prelegent/add/", {"imie": "Anna", "nazwisko": "Nowak"}
    answers = [desk.post(address, filled(desk.get(address), **person)) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Prelegent.objects.count() == 1
    Session.objects.filter(pk__startswith="form-").update(expire_date="2020-01-01T00:00Z")
    desk.post(address, filled(desk.get(address), **person))
    assert Prelegent.objects.count() == 2


def test_two_forms_opened_one_after_another_add_two_rows(desk):
    forms = [filled(desk.get(ADD), nazwa=name) for name in ("Jeden", "Dwa")]
    assert [desk.post(ADD, form).status_code for form in forms] == [302, 302]
    assert Cykl.objects.count() == 2


def test_a_form_changed_after_going_back_becomes_a_change_of_its_row(desk):
    """The browser shows the filled form of the row that was just added."""
    data = filled(desk.get(ADD), nazwa="Cykl", opis="Opis.")
    desk.post(ADD, data)
    page = desk.post(ADD, data | {"opis": "Lepszy opis."})
    assert page.status_code == 409
    cykl = Cykl.objects.get()
    assert f'action="/admin/spotkania/cykl/{cykl.pk}/change/"' in page.content.decode()
    settled = on_the_page(page) | {"_choice-0": "mine"}
    assert desk.post(f"/admin/spotkania/cykl/{cykl.pk}/change/", settled).status_code == 302
    cykl.refresh_from_db()
    assert (cykl.nazwa, cykl.opis) == ("Cykl", "Lepszy opis.")


def test_a_form_sent_again_after_its_row_was_deleted_keeps_its_text(desk):
    data = filled(desk.get(ADD), nazwa="Cykl czwartkowy")
    desk.post(ADD, data)
    Cykl.objects.all().delete()
    page = desk.post(ADD, data)
    assert page.status_code == 409
    assert "Cykl czwartkowy" in page.content.decode()
    assert not Cykl.objects.exists()


def test_a_popup_sent_twice_hands_over_the_same_row(desk):
    address = "/admin/praktyki/organizacja/add/?_to_field=id&_popup=1"
    data = filled(desk.get(address), nazwa="Fundacja Obok", _popup="1", _to_field="id")
    answers = [desk.post(address, data).content.decode() for _click in range(2)]
    organizacja = Organizacja.objects.get()
    assert all(f"&quot;{organizacja.pk}&quot;" in answer for answer in answers)


def test_the_note_of_a_taken_form_opens_no_session(desk, user):
    desk.post(ADD, filled(desk.get(ADD), nazwa="Cykl"))
    notes = Session.objects.filter(pk__startswith="form-")
    assert notes
    for note in notes:
        stranger = Client()
        stranger.cookies["sesja"] = note.pk
        assert stranger.get("/admin/").status_code == 302


def test_a_form_sent_after_the_session_ended_is_given_back_and_can_be_sent(desk, user):
    data = filled(desk.get(ADD), nazwa="Cykl", opis="Długi opis, którego nikt nie chce pisać drugi raz.")
    desk.logout()
    page = desk.post(ADD, data)
    assert page.status_code == 403
    assert "Długi opis" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Cykl.objects.exists()
    desk.force_login(user)
    assert desk.post(ADD, on_the_page(page)).status_code == 302
    assert Cykl.objects.get().opis.startswith("Długi opis")


def test_a_form_with_an_old_safety_token_is_given_back_to_whom_it_was_shown(user):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(user)
    page = careful.post(ADD, filled(careful.get(ADD), nazwa="Cykl"))
    assert page.status_code == 403
    assert not Cykl.objects.exists()
    assert careful.post(ADD, on_the_page(page)).status_code == 302
    assert Cykl.objects.exists()


@pytest.mark.parametrize("token", ["", "podrobiony", "of another"])
def test_a_form_made_elsewhere_is_never_repeated(user, desk, token):
    """Or a foreign page could put its text above our button."""
    if token == "of another":
        desk.force_login(builders.make_user("wydawca"))
        token = desk.get(ADD).context_data["seen_token"]
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(user)
    page = careful.post(ADD, {"nazwa": "Cudzy tekst", "_seen": token})
    assert page.status_code == 403
    assert "Cudzy tekst" not in page.content.decode()


def test_a_password_is_never_repeated(admin_client):
    address = "/admin/auth/user/add/"
    passwords = dict.fromkeys(("password1", "password2"), "tajne hasło testowe")
    data = filled(admin_client.get(address), username="nowa", **passwords)
    admin_client.logout()
    page = admin_client.post(address, data).content.decode()
    assert "nowa" in page
    assert "tajne" not in page
