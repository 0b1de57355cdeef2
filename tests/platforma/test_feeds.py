"""Atom feeds (RFC 4287) of exactly the current filter, read by a plain XML parser."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.utils import timezone

from platforma.lib.publication import Status
from tests.builders import make_instrument, make_praktyka, make_spotkanie
from tests.reading import count_queries

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAKE = {"praktyki": make_praktyka, "spotkania": make_spotkanie}


def read_feed(client, address):
    """Return the feed's root and `{id: entry}`, after checking all that RFC 4287 requires."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for part in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, name
        moment = datetime.fromisoformat(part.findtext(f"{ATOM}updated"))
        assert moment.tzinfo
        assert part.find(f"{ATOM}link[@rel='alternate']") is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    own = root.find(f"{ATOM}link[@rel='self']").get("href")
    assert own.startswith("http://127.0.0.1:8000/")
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in root.iter(f"{ATOM}entry")}
    assert len(entries) == len(list(root.iter(f"{ATOM}entry")))
    return root, entries


def titles(client, address):
    return [entry.findtext(f"{ATOM}title") for entry in read_feed(client, address)[1].values()]


@pytest.mark.parametrize("app", MAKE)
def test_a_feed_holds_exactly_what_the_list_shows_in_its_order(client, app):
    mikrogrant, regranting = make_instrument(nazwa="Mikrogrant"), make_instrument(nazwa="Regranting")
    for number in range(7):
        MAKE[app](tytul=f"Wpis {number}", instrumenty=[mikrogrant if number % 2 else regranting])
    MAKE[app](tytul="Szkic", instrumenty=[mikrogrant], status=Status.DRAFT)
    for query in ("", "?instrument=mikrogrant", "?instrument=regranting&sort=tytul", "?q=wpis", "?q=nic"):
        page = client.get(f"/{app}/{query}")
        assert titles(client, f"/{app}/kanal.atom{query}") == [
            row.tytul for row in page.context["katalog"].rows
        ]
        link = f'type="application/atom+xml" title="{page.context["katalog"].title}"'
        if "q=" not in query:
            assert f'{link} href="/{app}/kanal.atom{query}"' in page.content.decode().replace("&amp;", "&")


@pytest.mark.parametrize("app", MAKE)
def test_an_id_outlives_every_edit_and_updated_says_when_the_content_changed(client, app):
    now = timezone.now()
    with mock.patch("django.utils.timezone.now", return_value=now - timedelta(days=2)):
        row = MAKE[app](published_at=now - timedelta(days=1))
    ((first, entry),) = read_feed(client, f"/{app}/kanal.atom")[1].items()
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == row.published_at
    row.slug, row.tytul = "inny-adres", "Inny tytuł"
    row.save()
    ((second, entry),) = read_feed(client, f"/{app}/kanal.atom")[1].items()
    assert first == second
    assert first.startswith("urn:uuid:")
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) >= now.replace(microsecond=0)
    assert entry.find(f"{ATOM}link").get("href") == f"http://127.0.0.1:8000/{app}/inny-adres/"


@pytest.mark.parametrize("app", MAKE)
@pytest.mark.parametrize(
    "text",
    ["]]><x>", "a & b <script>alert(1)</script>", "\x01\x0b\x1f znak", "🙂 żółć \u2028", "cudzysłów \" i '"],
)
def test_no_text_breaks_the_document(client, app, text):
    MAKE[app](tytul=text, slug="dziwny", streszczenie=text)
    (entry,) = read_feed(client, f"/{app}/kanal.atom")[1].values()
    clean = "".join(char for char in text if char >= " ")
    assert entry.findtext(f"{ATOM}title") == clean
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "<script" not in summary.text


def test_a_long_feed_comes_in_pages_that_lead_to_each_other(client):
    for number in range(203):
        make_praktyka(tytul=f"Praktyka {number:03}")
    address, seen = "/praktyki/kanal.atom?sort=tytul", []
    while address:
        root, entries = read_feed(client, address)
        seen += [entry.findtext(f"{ATOM}title") for entry in entries.values()]
        following = root.find(f"{ATOM}link[@rel='next']")
        address = following.get("href").removeprefix("http://127.0.0.1:8000") if following is not None else ""
    assert seen == [f"Praktyka {number:03}" for number in range(203)]
    assert client.get("/praktyki/kanal.atom?strona=4").status_code == 404


def test_an_empty_feed_is_a_feed(client):
    assert titles(client, "/praktyki/kanal.atom") == []
    assert client.get("/praktyki/kanal.atom").content == client.get("/praktyki/kanal.atom").content


def test_a_reader_that_has_the_feed_gets_304_until_something_changes(client):
    row = make_praktyka()
    etag = client.get("/praktyki/kanal.atom")["ETag"]
    assert client.get("/praktyki/kanal.atom", headers={"if-none-match": etag}).status_code == 304
    row.save()
    assert client.get("/praktyki/kanal.atom", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("app", MAKE)
def test_a_feed_costs_the_same_for_any_number_of_entries(client, app):
    counts = []
    for rows in (1, 3):
        for _ in range(rows):
            MAKE[app](instrumenty=[make_instrument(), make_instrument()])
        counts.append(count_queries(client, f"/{app}/kanal.atom"))
    assert counts[0] == counts[1]
