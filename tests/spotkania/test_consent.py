"""Consent: without it neither note nor photo; withdrawn, it takes a person away everywhere at once."""

import io
import os
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from platforma.middleware import public_pages
from platforma.roles import REDAKTOR
from tests import builders
from tests.reading import read
from tests.test_leaks import FILES
from tests.test_leaks import read as read_any

pytestmark = pytest.mark.django_db

NAME = "Kanarkowska"


def picture(kind="PNG", size=(800, 600), **options):
    output = io.BytesIO()
    Image.new("RGB", size, "teal").save(output, kind, **options)
    return output.getvalue()


def make_photo(content=None, name="ja.png"):
    return SimpleUploadedFile(name, picture() if content is None else content)


@pytest.fixture
def world(client):
    """A person with a note, a photo, an appearance and statements wherever statements are shown."""
    person = builders.make_prelegent(
        imie="Ewa", nazwisko=NAME, zgoda=date(2026, 1, 1), notka="Zna się na kanarkach.", zdjecie=make_photo()
    )
    instrument, praktyka = builders.make_instrument(), builders.make_praktyka()
    organizacja, cykl = builders.make_organizacja(nazwa="Stocznia"), builders.make_cykl()
    spotkanie = builders.make_spotkanie(cykl=cykl, rok=2024)
    builders.make_wystapienie(spotkanie, [(person, "rola kanarkowa", organizacja)])
    said = {
        "tresc": "Mówię o kanarkach.",
        "prelegent": person,
        "instrument": instrument,
        "praktyka": praktyka,
    }
    builders.make_wypowiedz(spotkanie, **said)
    builders.make_wypowiedz(spotkanie, **said, typ="pytanie")
    builders.make_wypowiedz(spotkanie, tresc="Zostaje na miejscu.")
    return {
        "person": person,
        "pages": [
            *(row.get_absolute_url() for row in (spotkanie, instrument, praktyka, organizacja, cykl)),
            *("/", "/sitemap.xml", "/spotkania/", "/spotkania/prelegenci/", "/mapa-strony/"),
            *(f"/spotkania/{name}" for name in (*FILES, "kalendarz.ics", "kalendarz/2024/")),
            *(f"{path}?q={word}" for path in ("/szukaj/", "/spotkania/") for word in ("mowie", NAME.lower())),
            f"/spotkania/{spotkanie.slug}/obraz.png",
        ],
        "own": [
            person.get_absolute_url(),
            person.photo_url,
            f"/spotkania/prelegenci/{person.slug}.ics",
        ],
    }


def naming(client, world):
    """Return the addresses whose answer names the person or says what the person said."""
    answers = {address: read_any(client, address)[1] for address in world["pages"]}
    words = (NAME, "kanarkach", "rola kanarkowa", world["person"].slug)
    return {address for address, text in answers.items() if any(word in text for word in words)}


def test_a_withdrawn_consent_takes_the_person_away_everywhere_at_once(client, world):
    before = naming(client, world)
    assert len(before) >= 12
    for address in world["own"]:
        assert client.get(address).status_code == 200
    kept = {address: client.get(address).get("ETag", "") for address in world["own"]}
    world["person"].zgoda_wycofana = date(2026, 11, 1)
    world["person"].save()
    assert naming(client, world) == set()
    for address, etag in kept.items():
        for headers in ({}, {"if-none-match": etag}):
            assert client.get(address, headers=headers).status_code == 404, address
    meeting = read(client, world["pages"][0]).text
    assert "osoba, która wycofała zgodę – Stocznia" in meeting
    assert "Zostaje na miejscu." in meeting
    assert (
        "Pominęliśmy nieznaną wartość" in read(client, f"/spotkania/?prelegent={world['person'].slug}").text
    )


def test_a_mistyped_name_is_not_corrected_to_that_of_someone_who_withdrew(client, world):
    for address in ("/szukaj/?q=kanarkowsak", "/spotkania/?q=kanarkowsak"):
        assert "kanarkowska" in read(client, address).text.lower(), address
    world["person"].zgoda_wycofana = date(2026, 11, 1)
    world["person"].save()
    for address in ("/szukaj/?q=kanarkowsak", "/spotkania/?q=kanarkowsak"):
        assert "kanarkowska" not in read(client, address).text.lower(), address


def test_a_consent_given_again_brings_everything_back(client, world):
    before = naming(client, world)
    for day in (date(2026, 11, 1), None):
        world["person"].zgoda_wycofana = day
        world["person"].save()
    assert naming(client, world) == before


def test_cleaning_takes_a_photo_that_was_replaced_or_removed(world):
    person = world["person"]
    replaced = person.zdjecie.name
    person.zdjecie = make_photo()
    person.save()
    past = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (replaced, person.zdjecie.name):
        os.utime(default_storage.path(name), (past, past))
    call_command("clean_files")
    assert not default_storage.exists(replaced)
    assert default_storage.exists(person.zdjecie.name)


def test_without_consent_there_is_no_photo_and_no_note(client, world):
    person = world["person"]
    address = person.photo_url
    assert f'src="{address}"' in read(client, person).html
    person.zgoda = None
    person.save()
    page = read(client, person)
    assert "<img" not in page.html.split("<main", 1)[1]
    assert "Zna się" not in page.text
    assert client.get(address).status_code == 404


def test_a_photo_is_public_only_with_a_public_meeting(client):
    person = builders.make_prelegent(zgoda=date(2026, 1, 1), zdjecie=make_photo())
    assert client.get(person.photo_url).status_code == 404


def test_a_photo_is_written_anew_small_and_without_the_data_of_the_camera(client, world):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Tajny aparat", 6  # maker; turned by 90°
    person = world["person"]
    person.zdjecie = make_photo(picture("JPEG", (1200, 600), exif=exif), name="../../zły <b>.jpg.php")
    person.full_clean()
    person.save()
    response = client.get(person.photo_url)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"Tajny" not in response.content
    with Image.open(io.BytesIO(response.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (240, 480), {})
    assert person.zdjecie.name.startswith("prelegenci/")
    assert person.zdjecie.name.endswith(".jpg")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        picture()[:200],
        b"%PDF-1.7 " + picture(),
        picture(size=(9000, 9000)),
    ],
    ids=["empty", "svg", "gif", "cut", "pdf", "huge"],
)
def test_what_is_no_photo_is_refused_in_polish(content):
    person = builders.make_prelegent()
    person.zdjecie = make_photo(content)
    with pytest.raises(
        ValidationError, match=r"Plik zdjęcia (ma więcej niż 40 mln punktów|nie jest poprawnym obrazem)"
    ):
        person.full_clean()


def test_a_photo_is_decoded_away_from_the_server(world, monkeypatch):
    monkeypatch.setattr("platforma.lib.files.sandbox.SECONDS", 0)
    with pytest.raises(ValidationError, match=r"Plik zdjęcia jest zbyt złożony: sprawdzanie trwało za długo"):
        world["person"].zdjecie = make_photo()
        world["person"].full_clean()


def test_a_copy_kept_by_this_process_does_not_outlive_the_consent(client, world):
    address = world["person"].photo_url
    client.get(address)
    assert client.get(address)["ETag"]
    world["person"].zgoda_wycofana = date(2026, 11, 1)
    world["person"].save()
    assert client.get(address).status_code == 404
    public_pages.forget()


def test_an_editor_sees_a_photo_that_readers_may_not(client):
    person = builders.make_prelegent(zdjecie=make_photo())
    photo = f"/admin/spotkania/prelegent/{person.pk}/zdjecie/"
    assert client.get(photo).status_code == 302
    client.force_login(builders.make_user(REDAKTOR))
    assert photo in read(client, f"/admin/spotkania/prelegent/{person.pk}/change/").links
    assert client.get(photo)["Content-Type"] == "image/jpeg"
    assert (
        client.get(f"/admin/spotkania/prelegent/{builders.make_prelegent().pk}/zdjecie/").status_code == 404
    )
    client.force_login(builders.make_user())
    assert client.get(photo).status_code == 403
