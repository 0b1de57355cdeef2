"""Previews at the editors' desk: who opens, gives and revokes; where comments wait."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from platforma.lib.preview.models import LinkPodgladu, UwagaPodgladu
from platforma.roles import REDAKTOR, WYDAWCA
from tests import builders
from tests.test_leaks import state_fields

pytestmark = pytest.mark.django_db

MAKERS = {"praktyki/praktyka": builders.make_praktyka, "spotkania/spotkanie": builders.make_spotkanie}


def desk_url(entry, page=""):
    return f"/admin/{entry._meta.app_label}/{entry._meta.model_name}/{entry.pk}/{page}"


@pytest.fixture
def redaktor(client):
    client.force_login(builders.make_user(REDAKTOR, username="ola"))
    return client


@pytest.fixture
def commented():
    """A draft with one comment, and the comment."""
    entry = builders.make_praktyka(status="draft")
    link, _code = LinkPodgladu.objects.issue(entry, dla_kogo="Urząd")
    return entry, UwagaPodgladu.objects.receive(link, "Łąka jest <większa>.", "bilet")


@pytest.mark.parametrize("state", ["public", "draft", "scheduled", "archived", "sent_back"])
@pytest.mark.parametrize("kind", MAKERS)
def test_an_editor_sees_every_state_as_on_the_page(redaktor, kind, state):
    entry = MAKERS[kind](tytul="Nieznana łąka", **state_fields(state))
    assert desk_url(entry, "podglad/") in redaktor.get(desk_url(entry, "change/")).content.decode()
    response = redaktor.get(desk_url(entry, "podglad/"))
    html = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "<h1>Nieznana łąka</h1>" in html
    assert f'href="{desk_url(entry, "change/")}"' in html
    assert ("Podgląd: tego nie widzą czytelnicy." in html) == (state not in ("public", "archived"))
    assert "og:" not in html
    assert 'id="uwagi"' not in html


def test_a_preview_at_the_desk_shows_no_other_unpublished_entry(redaktor):
    hidden = builders.make_praktyka(status="draft", tytul="Druga łąka")
    spotkanie = builders.make_spotkanie(status="draft", praktyki=[hidden])
    builders.make_wypowiedz(spotkanie, praktyka=hidden, tresc="Mówiono o łące.")
    html = redaktor.get(desk_url(spotkanie, "podglad/")).content.decode()
    assert "Mówiono o łące." in html
    assert "Druga łąka" not in html


def test_a_new_link_is_shown_once_and_noted_in_the_history(redaktor, client):
    entry = builders.make_praktyka(status="draft", tytul="Nieznana łąka")
    page = desk_url(entry, "podglad/linki/")
    response = redaktor.post(page, {"dla_kogo": "Urząd Gminy", "dni": "30"})
    [url] = set(re.findall(r'value="(http[^"]+/podglad/\w{26}/)"', response.content.decode()))
    assert "no-store" in response["Cache-Control"]
    assert url.split("/")[-2] not in redaktor.get(page).content.decode()
    link = entry.linki_podgladu.get()
    assert (link.dla_kogo, link.created_by.username) == ("Urząd Gminy", "ola")
    assert (link.expires_at - link.created_at).days == 30
    assert LogEntry.objects.get().change_message == "Utworzono link do podglądu: Urząd Gminy."
    client.logout()
    assert "Nieznana łąka" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "data",
    [{"dni": "91"}, {"dni": "0"}, {"dni": "x"}, {"dni": ""}, {"dla_kogo": ""}, {"dla_kogo": "a" * 121}],
)
def test_a_wrong_link_is_answered_in_words(redaktor, data):
    entry = builders.make_praktyka(status="draft")
    response = redaktor.post(desk_url(entry, "podglad/linki/"), {"dla_kogo": "Urząd", "dni": "14"} | data)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not entry.linki_podgladu.exists()


def test_a_public_entry_gets_no_link(client):
    client.force_login(builders.make_user(WYDAWCA))
    entry = builders.make_praktyka()
    html = client.post(desk_url(entry, "podglad/linki/"), {"dla_kogo": "Urząd", "dni": "14"}).content.decode()
    assert "nie trzeba pokazywać linkiem" in html
    assert not entry.linki_podgladu.exists()


def test_a_link_is_revoked_once_and_only_by_post(redaktor, client):
    entry = builders.make_praktyka(status="draft")
    link, code = LinkPodgladu.objects.issue(entry, dla_kogo="Urząd")
    page = desk_url(entry, f"podglad/linki/{link.pk}/")
    assert redaktor.get(page).status_code == 405
    for _time in range(2):
        assert redaktor.post(page)["Location"] == desk_url(entry, "podglad/linki/")
    assert LogEntry.objects.count() == 1
    html = redaktor.get(desk_url(entry, "podglad/linki/")).content.decode()
    assert "odwołany" in html
    assert client.get(f"/podglad/{code}/").status_code == 404


def test_comments_wait_on_the_form_in_the_list_and_on_the_desk_until_one_is_dealt_with(redaktor, commented):
    entry, uwaga = commented
    builders.make_praktyka(status="draft")
    form = redaktor.get(desk_url(entry, "change/")).content.decode()
    assert "Uwagi z podglądu, niezałatwione: 1" in form
    assert "Łąka jest &lt;większa&gt;." in form
    assert waiting(redaktor) == [1, 0]
    assert listed(redaktor, "nowe") == [entry]
    done = redaktor.post(desk_url(entry, f"podglad/uwagi/{uwaga.pk}/"))
    assert done["Location"] == desk_url(entry, "change/#uwagi")
    uwaga.refresh_from_db()
    assert uwaga.done_by.username == "ola"
    assert "Łąka jest" not in redaktor.get(desk_url(entry, "change/")).content.decode()
    assert (waiting(redaktor), listed(redaktor, "nowe"), listed(redaktor, "wszystkie")) == (
        [0, 0],
        [],
        [entry],
    )
    assert "Łąka jest" in redaktor.get(desk_url(entry, "podglad/linki/")).content.decode()
    redaktor.post(desk_url(entry, f"podglad/uwagi/{uwaga.pk}/"), {"otworz": "1", "linki": "1"})
    assert listed(redaktor, "nowe") == [entry]


def test_an_entry_with_many_comments_counts_once(redaktor, commented):
    entry, uwaga = commented
    UwagaPodgladu.objects.receive(uwaga.link, "Druga.", "bilet2")
    assert (waiting(redaktor), listed(redaktor, "nowe")) == ([1, 0], [entry])


def test_links_and_comments_of_one_entry_are_not_reached_by_another(redaktor, commented):
    entry, uwaga = commented
    other = builders.make_praktyka(status="draft")
    for page in (f"podglad/linki/{uwaga.link_id}/", f"podglad/uwagi/{uwaga.pk}/"):
        assert redaktor.post(desk_url(other, page)).status_code == 404
        assert redaktor.post(desk_url(entry, page)).status_code == 302


@pytest.mark.parametrize("role", [None, REDAKTOR])
def test_who_may_not_change_an_entry_neither_gives_links_nor_reads_comments(client, commented, role):
    entry, uwaga = commented
    if role:  # what is public, a redaktor only looks at
        builders.ready(entry).submit()
        entry.publish()
    client.force_login(builders.make_user(role))
    for page in ("podglad/linki/", f"podglad/linki/{uwaga.link_id}/", f"podglad/uwagi/{uwaga.pk}/"):
        assert client.post(desk_url(entry, page), {"dla_kogo": "Ja", "dni": "14"}).status_code == 403
    assert "Łąka jest" not in client.get(desk_url(entry, "change/")).content.decode()
    link = LinkPodgladu.objects.get()
    assert link.revoked_at is None
    assert UwagaPodgladu.objects.open().exists()


def listed(client, value):
    return list(client.get(f"/admin/praktyki/praktyka/?uwagi={value}").context["cl"].result_list)


def waiting(client):
    rows = client.get("/admin/").context["waiting"]
    tasks = [task for group in rows for task in group["tasks"]]
    return [task["count"] for task in tasks if task["url"].endswith("?uwagi=nowe")]
