"""Copies of public pages and conditional requests: quick, but never stale, private or wrong."""

import gzip
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from platforma.lib.pagecache import Address, Copies, Copy, Edition
from platforma.lib.publication import Status
from platforma.middleware import public_pages
from tests.builders import make_instrument, make_praktyka, make_spotkanie, make_user
from tests.test_leaks import walk

pytestmark = pytest.mark.django_db

MADE_EACH_TIME = {  # every other public page may be kept
    *("praktyki/porownaj/", "instrumenty/porownaj/", "moja-gmina/"),
    *("praktyki/notatka/", "instrumenty/<slug:slug>/kalendarz/"),
    *("praktyki/podpowiedzi/", "szukaj/", "healthz", "readyz"),
    *("materialy/<int:pk>/<str:nazwa>", "materialy/<int:pk>/wersje/<int:version>/<str:nazwa>"),
    "spotkania/<slug:slug>/materialy.zip",
    *("praktyki/eksport.csv", "praktyki/eksport.xlsx", "praktyki/eksport.json"),  # streamed, of any size
    *("zglos/", "zglos/wroc/", "zglos/blad/"),
    *("zglos/<slug:code>/", "zglos/<slug:code>/link/", "zglos/<slug:code>/<slug:slug>/"),
    "podglad/<str:code>/",  # behind a secret link
    *("spotkania/eksport.csv", "spotkania/eksport.xlsx", "spotkania/eksport.json"),
    *("materialy/eksport.csv", "materialy/eksport.xlsx", "materialy/eksport.json"),
}


def queries(client, path, **headers):
    """Return the response and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, headers=headers)
    return response, len(captured)


def test_every_public_address_says_whether_its_page_may_be_kept():
    made = {
        str(route.pattern)
        for route in walk(get_resolver().url_patterns)
        if not hasattr(route.callback, "public_page")
    }
    assert made == MADE_EACH_TIME


@pytest.mark.parametrize("path", ["/", "/praktyki/", "/spotkania/?termin=minione", "/o-platformie/", "/jst/"])
def test_a_reader_who_has_the_page_gets_304_for_one_query(client, path):
    first = client.get(path)
    second, count = queries(client, path, if_none_match=first["ETag"])
    assert (second.status_code, second.content, count) == (304, b"", 1)
    for name in ("ETag", "Cache-Control", "Vary"):
        assert second[name] == first[name]


def test_an_etag_holds_in_a_process_that_never_made_the_page(client):
    etag = client.get("/praktyki/")["ETag"]
    public_pages.forget()
    assert client.get("/praktyki/", headers={"if-none-match": etag}).status_code == 304


def test_a_copy_is_the_page_and_costs_one_query(client):
    make_praktyka(tytul="Zielone podwórka")
    first = client.get("/praktyki/")
    second, count = queries(client, "/praktyki/")
    assert (second.content, dict(second.headers), count) == (first.content, dict(first.headers), 1)
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_parameters_in_any_order_and_empty_ones_are_the_same_page(client):
    for slug in ("dotacja", "mikrogrant"):
        make_praktyka(instrumenty=[make_instrument(nazwa=slug)])
    first = client.get("/praktyki/?instrument=dotacja&instrument=mikrogrant&rok_od=2001")
    query = "q=&rok_od=2001&instrument=mikrogrant&sort=&strona=&instrument=dotacja&instrument=dotacja"
    public_pages.forget()
    made = client.get(f"/praktyki/?{query.removeprefix('q=&')}")
    assert made.content == first.content
    assert made["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.archive(reason="Nieaktualne."),
        lambda row: row.save(),
        lambda row: row.instrumenty.add(make_instrument()),
        lambda row: row.delete(),
        lambda row: make_praktyka(),
    ],
)
def test_any_change_of_content_makes_another_page(client, change):
    row = make_praktyka()
    etag = client.get("/praktyki/")["ETag"]
    change(row)
    response = client.get("/praktyki/", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert response["ETag"] != etag


def test_a_withdrawn_page_is_gone_whatever_the_reader_still_holds(client):
    row = make_praktyka()
    first = client.get(row.get_absolute_url())
    assert client.get(row.get_absolute_url()).status_code == 200
    row.status, row.published_at = Status.DRAFT, None
    row.save()
    for headers in (
        {},
        {"if-none-match": first["ETag"]},
        {"if-none-match": "*"},
        {"if-modified-since": "Fri, 01 Jan 2038 00:00:00 GMT"},
    ):
        assert client.get(row.get_absolute_url(), headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("target", "moment"),
    [
        ("praktyka", timedelta(hours=1, seconds=1)),  # its publication is scheduled
        ("spotkanie", timedelta(hours=2, seconds=1)),  # it ends
        ("home", timedelta(days=1)),  # another day: legal limits and materials may be others
    ],
)
def test_time_alone_makes_another_page(client, target, moment):
    now = timezone.now()
    make_praktyka(published_at=now + timedelta(hours=1))
    make_spotkanie(poczatek=now + timedelta(hours=1), koniec=now + timedelta(hours=2))
    path = {"praktyka": "/praktyki/", "spotkanie": "/spotkania/?termin=minione", "home": "/"}[target]
    first = client.get(path)
    with mock.patch("django.utils.timezone.now", return_value=now + moment):
        later = client.get(path, headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]


def test_what_is_made_for_one_reader_is_neither_kept_nor_answered_from_a_copy(client):
    make_praktyka(tytul="Zielone podwórka")
    etag = client.get("/praktyki/")["ETag"]
    editor = Client()
    editor.force_login(make_user())
    stranger = Client(headers={"Authorization": "Basic abc"})
    foreign = Client(headers={"Cookie": "reklama=1"})
    for other in (editor, stranger, foreign):
        response, count = queries(other, "/praktyki/", if_none_match=etag)
        assert response.status_code == 200
        assert count > 1
        assert "ETag" not in response
        assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/praktyki/?q=park",
        "/praktyki/?nieznany=1",
        "/praktyki/?sort=rok&sort=tytul",
        "/praktyki/?strona=99",
        "/praktyki/nie-ma-takiej/",
        "/szukaj/?q=park",
        "/praktyki/podpowiedzi/?q=park",
        f"/praktyki/?instrument={'a' * 1001}",
    ],
)
def test_searches_mistakes_and_errors_are_made_each_time(client, path):
    for _time in range(2):
        response = client.get(path)
        assert "ETag" not in response
        assert response["Cache-Control"] == "private, no-cache"


def test_no_copy_carries_a_cookie_or_a_token(client):
    for path in ("/", "/praktyki/", "/spotkania/", "/o-platformie/"):
        response = client.get(path)
        assert "ETag" in response
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content


def test_the_compressed_page_is_the_same_page_under_an_etag_of_its_own(client):
    plain = client.get("/praktyki/")
    packed = client.get("/praktyki/", headers={"accept-encoding": "gzip, deflate, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content)
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding, Cookie"


def test_a_reader_who_only_knows_the_time_gets_304_until_something_changes(client):
    now = timezone.now()
    client.get("/praktyki/")
    with mock.patch("django.utils.timezone.now", return_value=now + timedelta(seconds=3)):
        known = client.get("/praktyki/")["Last-Modified"]
        assert client.get("/praktyki/", headers={"if-modified-since": known}).status_code == 304
        make_praktyka(published_at=now)
        response = client.get("/praktyki/", headers={"if-modified-since": known})
        assert response.status_code == 200
        assert "Last-Modified" not in response  # another change may come within the same second


def test_a_page_is_not_kept_when_the_content_changed_while_it_was_made(client):
    def render(*args, **kwargs):
        make_praktyka()
        return original(*args, **kwargs)

    from platforma import views

    original = views.render
    with mock.patch.object(views, "render", render):
        assert "ETag" not in client.get("/o-platformie/")
    assert "ETag" in client.get("/o-platformie/")


def test_a_host_that_is_not_ours_gets_no_copy(client):
    client.get("/praktyki/")
    assert client.get("/praktyki/", headers={"host": "obcy.example"}).status_code == 400


def test_pages_under_debug_are_made_each_time(client):
    with override_settings(DEBUG=True):
        assert "ETag" not in client.get("/o-platformie/")


def test_copies_take_no_more_than_their_limit_and_those_used_last_stay():
    copies, edition = Copies(limit=10_000), Edition(1, timezone.localdate(), (), timezone.now())
    addresses = [Address(f"/{number}/", "", compressed=False) for number in range(10)]
    for address in addresses:
        copies.put(edition, address, Copy(b"x" * 2000, {}))
        copies.get(edition, addresses[0])
    kept = [address.path for address in addresses if copies.get(edition, address)]
    assert kept == ["/0/", "/8/", "/9/"]
    assert copies.size <= 10_000
    copies.put(edition, Address("/big/", "", compressed=False), Copy(b"x" * 20_000, {}))
    assert copies.size <= 10_000


def test_copies_of_a_former_edition_are_dropped():
    copies, now = Copies(), timezone.now()
    first, second = (Edition(number, timezone.localdate(), (), now) for number in (1, 2))
    address, other = (Address(path, "", compressed=False) for path in ("/", "/praktyki/"))
    copies.put(first, address, Copy(b"x", {}))
    copies.put(second, other, Copy(b"x", {}))
    assert copies.get(first, address) is None
    assert copies.get(second, address) is None
    assert copies.size == copies.get(second, other).size
