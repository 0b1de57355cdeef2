"""How readers get a file: safely, in parts, and only while it is public, whatever they send along."""

import hashlib
import os
from contextlib import suppress
from datetime import datetime, time, timedelta
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from platforma.lib.files.delivery import read_range
from platforma.lib.publication import Status
from tests import documents
from tests.builders import make_material, make_praktyka

pytestmark = pytest.mark.django_db

NAME = "wzór umowy – łąka.pdf"
CONTENT = documents.pdf()
ETAG = f'"{hashlib.sha256(CONTENT).hexdigest()}"'
LONG_AGO, FAR_AHEAD = "Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 01 Jan 2038 00:00:00 GMT"
ASKED = (
    {},
    {"if-none-match": ETAG},
    {"if-none-match": "*"},
    {"if-modified-since": FAR_AHEAD},
    {"if-match": ETAG},
    {"range": "bytes=0-3"},
    {"range": "bytes=0-3", "if-range": ETAG},
    {"range": "bytes=9999999-"},
)


@pytest.fixture
def material():
    return make_material(content=CONTENT, filename=NAME)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def status_of(response):
    """Read the answer to its end, as browsers do, so that the file is closed."""
    body(response)
    return response.status_code


def test_a_file_comes_as_a_download_that_can_do_nothing_here(client, material):
    response = client.get(material.get_absolute_url(), headers={"accept-encoding": "gzip"})
    assert body(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''wz%C3%B3r%20umowy%20%E2%80%93%20%C5%82%C4%85ka.pdf"
    )
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["ETag"] == ETAG
    assert "Content-Encoding" not in response


def test_the_type_is_ours_whatever_the_name_or_the_browser_said(client):
    fake = ContentFile(b"<html><script>alert(1)</script>", name="raport.pdf")
    fake.content_type = "text/html"
    material = make_material(content=b"x")
    material.wersje.create(plik=fake)
    response = client.get(material.get_absolute_url())
    assert body(response).startswith(b"<html>")
    assert response["Content-Type"] == "application/octet-stream"


def test_head_says_the_same_and_sends_nothing(client, material):
    address = material.get_absolute_url()
    got, head = client.get(address), client.head(address, headers={"range": "bytes=0-3"})
    assert status_of(got) == head.status_code == 200
    assert body(head) == b""
    assert head.headers == got.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": ETAG}, 304),
        ({"if-none-match": f'"inny", W/{ETAG}'}, 304),
        ({"if-none-match": '"inny"'}, 200),
        ({"if-modified-since": FAR_AHEAD}, 304),
        ({"if-modified-since": LONG_AGO}, 200),
        ({"if-none-match": '"inny"', "if-modified-since": FAR_AHEAD}, 200),
        ({"if-match": ETAG}, 200),
        ({"if-match": '"inny"'}, 412),
        ({"if-unmodified-since": LONG_AGO}, 412),
        ({"if-none-match": ETAG, "range": "bytes=0-3"}, 304),
        ({"if-modified-since": "wczoraj"}, 200),
    ],
)
def test_conditional_requests(headers, status, client, material):
    response = client.get(material.get_absolute_url(), headers=headers)
    assert response.status_code == status
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert body(response) == (CONTENT if status == 200 else b"")


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [
        ("bytes=0-3", 0, 4),
        ("bytes=5-", 5, len(CONTENT)),
        ("bytes=-7", -7, len(CONTENT)),
        ("bytes=0-", 0, None),
        ("Bytes = 2-999999", 2, None),
    ],
)
def test_a_part_is_sent_when_a_part_is_asked_for(wanted, first, end, client, material):
    part = CONTENT[first:end]
    response = client.get(material.get_absolute_url(), headers={"range": wanted, "accept-encoding": "gzip"})
    assert (response.status_code, body(response)) == (206, part)
    start = len(CONTENT) - len(part) if first else 0
    start = first if first > 0 else start
    assert response["Content-Range"] == f"bytes {start}-{start + len(part) - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(len(part))


@pytest.mark.parametrize(
    "wanted", ["bytes=0-1,4-5", "bytes=9-2", "bytes=-", "linie=1-2", "bytes=a-b", "bytes 1-2"]
)
def test_ranges_we_do_not_serve_give_the_whole(wanted, client, material):
    response = client.get(material.get_absolute_url(), headers={"range": wanted})
    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.parametrize("wanted", ["bytes=9999999-", "bytes=-0", "bytes=999999999999999999-"])
def test_a_range_beyond_the_end_is_refused_with_the_size(wanted, client, material):
    response = client.get(material.get_absolute_url(), headers={"range": wanted})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_a_part_of_another_version_is_never_glued_to_what_the_reader_holds(client, material):
    address = material.get_absolute_url()
    first = client.get(address)
    known = first["Last-Modified"]
    assert body(first) == CONTENT
    for condition, status in (
        (ETAG, 206),
        (known, 206),
        ('"inny"', 200),
        (LONG_AGO, 200),
        (f"W/{ETAG}", 200),
    ):
        response = client.get(address, headers={"range": "bytes=0-3", "if-range": condition})
        assert status_of(response) == status, condition


def test_the_address_stays_when_a_new_version_comes_and_older_ones_have_their_own(client, material):
    stable, (first,) = material.get_absolute_url(), material.wersje.all()
    newer = documents.pdf("Nowa wersja")
    second = material.wersje.create(plik=ContentFile(newer, name=NAME))
    assert body(client.get(stable)) == newer
    assert body(client.get(first.get_absolute_url())) == CONTENT
    second.wycofana = True
    second.save()
    assert body(client.get(stable)) == CONTENT


def test_another_name_of_the_material_leads_to_the_newest(client, material):
    assert client.get(f"/materialy/{material.pk}/stara.pdf").url == material.get_absolute_url()


def hide_meeting(material):
    material.spotkanie.status, material.spotkanie.published_at = Status.DRAFT, None
    material.spotkanie.save()


def archive_meeting(material):
    material.spotkanie.archive(reason="Nieaktualne.")


def hide_practice(material):
    material.praktyka = make_praktyka(status=Status.DRAFT)
    material.save()


def delay(material):
    material.publiczny_od = timezone.localdate() + timedelta(days=1)
    material.save()


def withdraw(material):
    wersja = material.wersje.get()
    wersja.wycofana = True
    wersja.save()


def delete_version(material):
    material.wersje.get().delete()


def delete_material(material):
    material.delete()


def delete_meeting(material):
    material.spotkanie.delete()


GONE = (
    hide_meeting,
    archive_meeting,
    hide_practice,
    delay,
    withdraw,
    delete_version,
    delete_material,
    delete_meeting,
)


@pytest.mark.parametrize("hide", GONE)
def test_what_is_not_public_is_at_no_address_whatever_is_asked(hide, client, material):
    addresses = [material.get_absolute_url(), material.wersje.get().get_absolute_url()]
    addresses.append(addresses[0].replace(".pdf", "-stara.pdf"))
    for address in addresses:
        assert status_of(client.get(address)) in (200, 302)
    hide(material)
    unknown = client.get("/materialy/999999/nie-ma.pdf")
    for address in addresses:
        for headers in ASKED:
            for ask in (client.get, client.head):
                response = ask(address, headers=headers)
                assert response.status_code == 404, (address, headers)
                assert response.headers == unknown.headers
                assert b"%PDF" not in response.content


def test_a_withdrawn_version_is_gone_while_the_others_stay(client, material):
    old = material.wersje.get()
    material.wersje.create(plik=ContentFile(documents.pdf("Nowa"), name="nowa.pdf"))
    withdraw_address = old.get_absolute_url()
    old.wycofana = True
    old.save()
    assert status_of(client.get(withdraw_address)) == 404
    assert withdraw_address not in client.get("/materialy/").content.decode()
    assert status_of(client.get(material.get_absolute_url())) == 200


def test_a_day_begins_at_midnight_in_poland(client, material):
    delay(material)
    address = material.get_absolute_url()
    midnight = timezone.make_aware(datetime.combine(material.publiczny_od, time.min))
    for now, status in ((midnight - timedelta(seconds=1), 404), (midnight, 200)):
        with mock.patch("django.utils.timezone.now", return_value=now):
            assert status_of(client.get(address)) == status


def test_a_file_the_storage_lost_is_not_found(client, material):
    default_storage.delete(material.wersje.get().plik.name)
    assert status_of(client.get(material.get_absolute_url())) == 404
    assert status_of(client.get(material.get_absolute_url(), headers={"if-none-match": ETAG})) == 404


@pytest.mark.parametrize("delete", [delete_version, delete_material, delete_meeting])
def test_a_deleted_row_takes_its_file_along_once_that_is_certain(
    delete, material, django_capture_on_commit_callbacks
):
    name = material.wersje.get().plik.name
    with django_capture_on_commit_callbacks(execute=True):
        delete(material)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)


def test_a_deletion_that_is_undone_leaves_the_file(material, django_capture_on_commit_callbacks):
    name = material.wersje.get().plik.name
    with django_capture_on_commit_callbacks(execute=True), suppress(RuntimeError), transaction.atomic():
        material.delete()
        raise RuntimeError
    assert default_storage.exists(name)


def test_cleaning_takes_old_files_without_a_row_only(material):
    kept = material.wersje.get().plik.name
    young, old = (default_storage.save(f"materialy/{n}/{n}.pdf", ContentFile(b"x")) for n in ("a", "b"))
    past = timezone.now() - timedelta(days=2)
    for name in (kept, old):
        os.utime(default_storage.path(name), (past.timestamp(), past.timestamp()))
    call_command("clean_files")
    assert [default_storage.exists(name) for name in (kept, young, old)] == [True, True, False]


@pytest.mark.parametrize("size", [0, 1, 10])
def test_no_range_reads_outside_the_file(size):
    for first in ("", "0", "3", "9", "10", "11"):
        for last in ("", "0", "5", "9", "10", "99"):
            span = read_range(f"bytes={first}-{last}", size)
            assert span is None or 0 <= span[0] <= span[1] <= size
