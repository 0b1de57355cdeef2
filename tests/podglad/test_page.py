"""The page behind a preview link: the public page, for one entry, kept and indexed by nobody."""

import io
import logging
import re
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platforma.lib.preview.models import LinkPodgladu
from platforma.lib.publication import Status
from tests import builders

pytestmark = pytest.mark.django_db

DRAFT = {"status": "draft"}
HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>")
UNKNOWN = "nieznanykodnieznanykodniex"
READERS_PARTS = {f"components/{name}.html" for name in ("jsonld", "opengraph", "report_error")}
PREVIEW_PARTS = {
    *(f"components/preview_{part}.html" for part in ("banner", "comment")),
    *(f"components/form_{part}.html" for part in ("errors", "guards", "field", "field_notes")),
}


def issue(entry, **kw):
    link, code = LinkPodgladu.objects.issue(entry, **kw)
    return link, f"/podglad/{code}/"


def headings(response):
    return HEADING.findall(response.content.decode().partition("</main>")[0])


@pytest.mark.parametrize("make", [builders.make_praktyka, builders.make_spotkanie])
def test_a_preview_is_made_of_the_templates_of_the_page_and_says_what_it_says(client, make):
    public, hidden = (make(tytul="Nieznana łąka", streszczenie="Trawa i kwiaty.", **kw) for kw in ({}, DRAFT))
    page, preview = client.get(public.get_absolute_url()), client.get(issue(hidden)[1])
    names, shown = ({part.name for part in response.templates} for response in (page, preview))
    assert names - shown <= READERS_PARTS
    assert {name for name in shown - names if not name.startswith("django/")} <= PREVIEW_PARTS
    assert headings(preview) == [*headings(page), "Uwagi do tego wpisu"]
    assert "Trawa i kwiaty." in preview.content.decode()


@pytest.mark.parametrize("state", ["draft", "review", "scheduled"])
@pytest.mark.parametrize("make", [builders.make_praktyka, builders.make_spotkanie])
def test_a_preview_says_what_it_is_and_leaves_no_trace(client, make, state):
    fields = {"status": state}
    if state == "scheduled":
        fields = {"published_at": timezone.now() + timedelta(days=3)}
    entry = make(tytul="Nieznana łąka", **fields)
    response = client.get(issue(entry)[1])
    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Nieznana łąka</h1>" in html
    assert "Podgląd: tego nie widzą czytelnicy." in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    for trace in (
        'rel="canonical"',
        "zglos/blad",
        'property="og:',
        "ld+json",
        "print-address",
        'type="text/calendar"',
        "obraz.png",
    ):
        assert trace not in html
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response
    assert not response.cookies


def test_unknown_expired_and_revoked_links_answer_exactly_alike(client, szkic):
    now = timezone.now()
    _old, expired = issue(szkic, days=14, now=now - timedelta(days=14))
    link, revoked = issue(szkic)
    LinkPodgladu.objects.revoke(link.pk, by=None)
    deleted = builders.make_praktyka(status="draft")
    _gone, orphan = issue(deleted)
    deleted.delete()
    unknown = client.get(f"/podglad/{UNKNOWN}/")
    assert unknown.status_code == 404
    assert "Ten link do podglądu nie działa" in unknown.content.decode()
    for address in (expired, revoked, orphan):
        for method in (client.get, client.post):
            answer = method(address)
            code = address.split("/")[2]
            assert answer.status_code == 404
            assert answer.content.decode().replace(code, UNKNOWN) == unknown.content.decode()
            assert answer.headers == unknown.headers


def test_a_link_works_until_its_last_moment(client, szkic):
    link, address = issue(szkic, days=1)
    with mock.patch("django.utils.timezone.now", return_value=link.expires_at - timedelta(seconds=1)):
        assert client.get(address).status_code == 200
    with mock.patch("django.utils.timezone.now", return_value=link.expires_at):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("state", [Status.PUBLISHED, Status.ARCHIVED])
def test_a_link_to_what_has_become_public_leads_to_its_page(client, state):
    entry = builders.make_praktyka(status=state)
    response = client.get(issue(entry)[1])
    assert (response.status_code, response["Location"]) == (302, entry.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"


def test_a_page_sent_back_to_draft_is_previewed_again(client):
    entry = builders.make_praktyka()
    address = issue(entry)[1]
    entry.send_back(reason="Popraw.")
    assert client.get(address).status_code == 200


def test_only_a_digest_of_a_link_is_stored(szkic):
    link, address = issue(szkic)
    code = address.split("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM platforma_linkpodgladu WHERE id = %s", [link.pk])
        assert code not in str(cursor.fetchall())
    assert len(code) == 26  # base32 of 128 bits


def test_the_last_day_of_opening_is_noted_once_a_day_and_not_for_a_glance_at_the_headers(client, szkic):
    link, address = issue(szkic)
    client.head(address)
    link.refresh_from_db()
    assert link.opened_on is None
    client.get(address)
    link.refresh_from_db()
    assert link.opened_on == timezone.localdate()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert not [query for query in captured if query["sql"].startswith("UPDATE")]


def test_nothing_a_reader_sends_opens_an_unpublished_page(client, szkic, address):
    assert client.get(address).status_code == 200
    for extra in ("?preview=1", f"?podglad={address.split('/')[2]}"):
        assert client.get(szkic.get_absolute_url() + extra, headers={"preview": "1"}).status_code == 404


def test_materials_of_the_entry_are_left_out_and_the_page_says_so(client, szkic, address):
    material = builders.make_material(tytul="Wzór umowy", praktyka=szkic, content=b"%PDF-1.7")
    html = client.get(address).content.decode()
    assert "Wzór umowy" not in html
    assert "Materiały tego wpisu (1)" in html
    assert client.get(material.get_absolute_url()).status_code == 404


def test_no_log_holds_a_code_that_works(client, address, monkeypatch):
    code, log = address.split("/")[2], io.StringIO()
    [console] = [handler for handler in logging.root.handlers if handler.name == "console"]
    monkeypatch.setattr(console, "stream", log)
    client.raise_request_exception = False
    for data, kind in ((b"tresc=", "application/x-www-form-urlencoded"), (b"x", "multipart/form-data")):
        assert client.post(address, data, content_type=kind).status_code in (400, 422)
    assert log.getvalue().count("/podglad/…/") == 2
    assert code not in log.getvalue()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_only_reading_and_sending_are_answered(client, address, method):
    assert getattr(client, method)(address).status_code == 405
