"""The ways of the desk to what waits: each count is that of the list it leads to; nobody else opens them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from platforma.lib import background
from platforma.lib.mail import Wiadomosc
from platforma.models import Zgloszenie
from platforma.roles import ADMINISTRATOR, REDAKTOR
from platforma.zgloszenia import chores
from tests import builders
from tests.reading import read

pytestmark = pytest.mark.django_db
State = Wiadomosc.State


def listed(client, address) -> set[str]:
    """Return the titles in a list of the admin."""
    html = client.get(address).content.decode()
    return set(re.findall(r'<th class="field-(?:tytul|temat)[^"]*"><a [^>]*>([^<]+)</a>', html))


def make_message(temat, **kw):
    return Wiadomosc.objects.create(adres="jan@example.org", temat=temat, tekst="Tak.", html="Tak.", **kw)


@pytest.fixture
def queue():
    """One submission and one report that wait, and one of each that do not."""
    for rodzaj in Zgloszenie.Rodzaj:
        builders.make_zgloszenie(rodzaj=rodzaj, tytul=f"czeka {rodzaj}")
        done = {"state": "accepted", "decided_at": timezone.now()}
        builders.make_zgloszenie(rodzaj=rodzaj, tytul=f"dawne {rodzaj}", **done)


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize(
    ("rodzaj", "verb", "stan"), [("praktyka", "practices", "praktyki"), ("blad", "errors", "bledy")]
)
def test_what_waits_is_one_click_away(admin_client, rodzaj, verb, stan):
    assert listed(admin_client, f"/admin/platforma/zgloszenie/?stan={stan}") == {f"czeka {rodzaj}"}
    waiting = getattr(Zgloszenie.objects.waiting(), verb)()
    assert {row.tytul for row in waiting} == {f"czeka {rodzaj}"}
    assert listed(admin_client, f"/admin/platforma/zgloszenie/?rodzaj={rodzaj}") == {f"czeka {rodzaj}"}
    every = listed(admin_client, f"/admin/platforma/zgloszenie/?rodzaj={rodzaj}&stan=wszystkie")
    assert every == {f"czeka {rodzaj}", f"dawne {rodzaj}"}


def test_mail_that_failed_is_one_click_away_and_sent_again_by_an_administrator_only(client):
    late = {"send_after": timezone.now() + timedelta(hours=1), "error": "OSError: nie odpowiada"}
    given_up = make_message("porzucona", state=State.FAILED, attempts=8, error="OSError: nie odpowiada")
    make_message("ponawiana", attempts=1, **late)
    make_message("świeża")
    make_message("wysłana", state=State.SENT)
    failed = {row.temat for row in Wiadomosc.objects.failed()}
    again = {"action": "send_again", "_selected_action": [given_up.pk]}
    address = "/admin/platforma/wiadomosc/?stan=nieudane"
    client.force_login(builders.make_user(REDAKTOR))
    assert client.post(address, again).status_code == 403
    client.force_login(builders.make_user(ADMINISTRATOR))
    assert listed(client, address) == failed == {"porzucona", "ponawiana"}
    client.post(address, again)
    assert given_up in Wiadomosc.objects.due(timezone.now())
    assert listed(client, address) == {"ponawiana"}


@pytest.mark.parametrize("address", ["/", "/praktyki/", "/praktyki/?q=xyzzyq"])
def test_home_and_the_catalogue_lead_to_the_form_also_where_nothing_is_found(client, address):
    builders.make_praktyka()
    main = read(client, address).html.partition("<main")[2].partition("</main>")[0]
    assert 'href="/zglos/"' in main


def test_the_server_sends_mail_and_forgets_old_data_by_itself(monkeypatch, settings):
    started = {}
    monkeypatch.setattr(background, "repeat", lambda action, *, name, **_when: started.update({name: action}))
    chores.start()
    message = make_message("Przyjęto")
    started["mail"]()
    message.refresh_from_db()
    assert message.state == State.SENT
    Wiadomosc.objects.update(claimed_at=timezone.now() - timedelta(days=31))
    started["submissions"]()
    assert Wiadomosc.objects.count() == 0


def test_who_decided_about_a_submission_stands_in_its_history(client):
    zgloszenie = builders.make_zgloszenie()
    client.force_login(builders.make_user(REDAKTOR, username="redaktorka"))
    page = f"/admin/platforma/zgloszenie/{zgloszenie.pk}"
    client.post(f"{page}/decyzja/", {"krok": "odrzuc", "odpowiedz": "To nie jest praktyka."})
    history = client.get(f"{page}/history/")
    assert history.status_code == 200
    html = history.content.decode()
    assert "nie uwzględniono: To nie jest praktyka." in html and "redaktorka" in html
