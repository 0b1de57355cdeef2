"""Comments by a preview link: they reach the editors, once each, and are kept briefly."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from platforma.lib.preview import models, retention
from platforma.lib.preview.models import LinkPodgladu, UwagaPodgladu
from platforma.lib.public_forms import new_ticket
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def send(client, address, text="Kwota jest inna.", **changes):
    ticket = re.search(r'name="bilet" value="([^"]+)"', client.get(address).content.decode())[1]
    return client.post(address, {"tresc": text, "bilet": ticket, "strona_www": "", **changes})


def test_a_comment_needs_no_account_and_no_cookie(address):
    reader = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    response = send(reader, address, "Kwota jest <b>inna</b>.")
    assert (response.status_code, response["Location"]) == (302, f"{address}?wyslano=1#uwagi")
    assert UwagaPodgladu.objects.get().tresc == "Kwota jest <b>inna</b>."
    page = reader.get(response["Location"])
    assert "uwaga dotarła do redakcji" in page.content.decode()
    assert not reader.cookies


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "  "}, "Napisz, co trzeba poprawić"),
        ({"text": "a" * 4001}, "4000"),
        ({"text": "a\0b"}, "Znaki null"),
        ({"strona_www": "https://reklama.example"}, "musi być puste"),
        ({"bilet": "podrobiony"}, "Formularz stracił ważność"),
        ({"bilet": ""}, "Formularz stracił ważność"),
    ],
)
def test_a_wrong_comment_is_answered_in_words_and_nothing_typed_is_lost(client, address, changes, said):
    response = send(client, address, **changes)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert "Nieznana łąka" in html
    assert response["Cache-Control"] == "private, no-store"
    assert not UwagaPodgladu.objects.exists()
    if "text" not in changes:
        assert "Kwota jest inna.</textarea>" in html


def test_a_form_sent_at_once_by_a_script_is_not_taken(client, address, monkeypatch):
    monkeypatch.setattr("platforma.lib.public_forms.SOONEST", 3)
    assert send(client, address).status_code == 422
    assert not UwagaPodgladu.objects.exists()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xfe=%", "application/x-www-form-urlencoded"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"{", "application/json"),
    ],
)
def test_nonsense_is_no_error_of_ours(client, address, data, kind):
    client.raise_request_exception = False
    assert client.post(address, data, content_type=kind).status_code in (400, 422)


def test_sending_twice_is_one_comment(client, address):
    ticket = new_ticket()
    for _time in range(2):
        assert send(client, address, bilet=ticket).status_code == 302
    assert UwagaPodgladu.objects.count() == 1


def test_a_link_takes_so_many_comments_a_day(client, address, monkeypatch):
    monkeypatch.setattr(models, "MOST_COMMENTS", 2)
    assert [send(client, address).status_code for _time in range(3)] == [302, 302, 429]
    UwagaPodgladu.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    assert send(client, address).status_code == 302


def test_a_link_revoked_while_somebody_writes_takes_nothing(client, szkic, address):
    ticket = new_ticket()
    LinkPodgladu.objects.revoke(szkic.linki_podgladu.get().pk, by=None)
    response = client.post(address, {"tresc": "Kwota jest inna.", "bilet": ticket})
    assert response.status_code == 404
    assert not UwagaPodgladu.objects.exists()


def test_comments_go_thirty_days_after_they_were_dealt_with_and_links_after_them(szkic):
    now = timezone.now()
    link, _code = LinkPodgladu.objects.issue(szkic, days=1, now=now - timedelta(days=60))
    for name, days in (("dawna", 31), ("świeża", 29)):
        uwaga = UwagaPodgladu.objects.create(link=link, tresc=name, ticket=name)
        UwagaPodgladu.objects.mark_done(uwaga.pk, by=None, now=now - timedelta(days=days))
    waiting = UwagaPodgladu.objects.create(link=link, tresc="czeka", ticket="czeka")
    working, _code = LinkPodgladu.objects.issue(szkic, days=90, now=now - timedelta(days=60))
    assert retention.forget_past(now) == (1, 0)
    assert set(UwagaPodgladu.objects.values_list("tresc", flat=True)) == {"świeża", "czeka"}
    waiting.delete()
    assert retention.forget_past(now + timedelta(days=2)) == (1, 1)
    assert list(LinkPodgladu.objects.all()) == [working]


def test_a_deleted_entry_takes_its_links_and_comments_along(client, szkic, address):
    send(client, address)
    other = builders.make_spotkanie(status="draft")
    kept, _code = LinkPodgladu.objects.issue(other)
    szkic.delete()
    assert not UwagaPodgladu.objects.exists()
    assert list(LinkPodgladu.objects.all()) == [kept]


def test_another_text_with_the_ticket_of_the_last_one_is_not_lost(client, address, patient):
    ticket = new_ticket()
    for text in ("Kwota jest inna.", "Rok też jest inny."):
        assert send(client, address, text, bilet=ticket).status_code == 302
    assert set(UwagaPodgladu.objects.values_list("tresc", flat=True)) == {
        "Kwota jest inna.",
        "Rok też jest inny.",
    }
