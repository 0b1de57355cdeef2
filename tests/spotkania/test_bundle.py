"""All files of a meeting as one archive: complete, readable by others, never more than is public."""

import shutil
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from platforma.lib.files.zipping import CHUNK, Member, stream_zip
from platforma.lib.publication import Status
from spotkania.bundle import Bundle
from tests import documents
from tests.builders import make_instrument, make_material, make_spotkanie
from tests.reading import read

pytestmark = pytest.mark.django_db

NAME = "wzór – łąka & „cytat”.pdf"


@pytest.fixture
def spotkanie():
    spotkanie = make_spotkanie(tytul="Warsztat & forum", slug="warsztat", instrumenty=[make_instrument()])
    spotkanie.zrodla.create(tytul="Relacja", url="https://zrodlo.example/")
    return spotkanie


def download(client, slug="warsztat"):
    response = client.get(f"/spotkania/{slug}/materialy.zip", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def readme_of(data) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("README.txt").decode()


def test_the_archive_holds_the_public_files_and_a_note(client, spotkanie):
    content = documents.pdf()
    file = make_material(
        spotkanie=spotkanie, tytul="Wzór", content=content, filename=NAME, licencja="cc-by", autor="Łucja"
    )
    make_material(spotkanie=spotkanie, content=b"drugi", filename=NAME)
    link = make_material(spotkanie=spotkanie, tytul="Film", url="https://film.example/a?b&c")
    response, data = download(client)
    assert response["Content-Disposition"] == 'attachment; filename="materialy-warsztat.zip"'
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "Content-Encoding" not in response
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        first, second, readme = archive.namelist()
        assert (first, second, readme) == (NAME, NAME.replace(".pdf", " (2).pdf"), "README.txt")
        assert archive.read(first) == content
    text = readme_of(data)
    for said in (
        *(
            "Warsztat & forum",
            "Wzór",
            "Łucja",
            "CC BY 4.0",
            "brak danych",
            link.url,
            "https://zrodlo.example/",
        ),
        f"http://127.0.0.1:8000{file.get_absolute_url()}",
        "http://127.0.0.1:8000/spotkania/warsztat/",
    ):
        assert said in text
    assert "&amp;" not in text


def test_another_program_unpacks_it(client, spotkanie, tmp_path):
    assert shutil.which("unzip"), "Missing: apt-get install unzip"
    content = documents.pdf()  # once: each has an identifier of its own
    make_material(spotkanie=spotkanie, content=content, filename="łąka.pdf")
    _response, data = download(client)
    path = tmp_path / "paczka.zip"
    path.write_bytes(data)
    subprocess.run(["unzip", "-q", path], cwd=tmp_path, check=True, env={"LC_ALL": "C.UTF-8"})
    assert (tmp_path / "łąka.pdf").read_bytes() == content
    assert (tmp_path / "README.txt").read_text().startswith("MATERIAŁY ZE SPOTKANIA")


def test_the_size_is_said_before_the_click_and_is_true(client, spotkanie):
    make_material(spotkanie=spotkanie, content=b"x" * 3_000_000, filename=NAME)
    page = read(client, spotkanie)
    assert "Pobierz wszystkie pliki (1 plik, ZIP, 2,8 MB)" in page.text
    assert "/spotkania/warsztat/materialy.zip" in page.links
    assert Bundle(spotkanie, spotkanie.materialy.published().for_list()).size == len(download(client)[1])


def test_nothing_hidden_gets_in(client, spotkanie):
    make_material(spotkanie=spotkanie, content=b"jawny", filename="jawny.pdf")
    later = timezone.localdate() + timedelta(days=1)
    make_material(
        spotkanie=spotkanie, tytul="kanarek", content=b"kanarek", filename="k.pdf", publiczny_od=later
    )
    make_material(spotkanie=spotkanie, tytul="kanarek", url="https://kanarek.example/", publiczny_od=later)
    withdrawn = make_material(spotkanie=spotkanie, tytul="kanarek", content=b"kanarek", filename="w.pdf")
    withdrawn.wersje.update(wycofana=True)
    _response, data = download(client)
    assert b"kanarek" not in data
    assert b"jawny" in data


@pytest.mark.parametrize("state", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_a_meeting_that_is_not_public_has_no_archive(state, client):
    make_material(spotkanie=make_spotkanie(slug="ukryte", status=state), content=b"x")
    assert client.get("/spotkania/ukryte/materialy.zip").status_code == 404


def test_a_meeting_without_files_has_no_archive(client, spotkanie):
    make_material(spotkanie=spotkanie)
    assert client.get("/spotkania/warsztat/materialy.zip").status_code == 404
    assert "materialy.zip" not in client.get(spotkanie.get_absolute_url()).content.decode()


def test_a_lost_file_is_named_in_the_note_and_the_rest_arrives(client, spotkanie):
    lost = make_material(spotkanie=spotkanie, content=b"x", filename="zgubiony.pdf")
    make_material(spotkanie=spotkanie, content=b"jest", filename="jest.pdf")
    default_storage.delete(lost.wersje.get().plik.name)
    _response, data = download(client)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == ["jest.pdf", "README.txt"]
    assert "serwer nie odnalazł tego pliku" in readme_of(data)


def test_no_more_than_a_piece_of_a_file_is_held():
    class Endless(BytesIO):
        sent = 0

        def read(self, size):
            self.sent += size
            return b"x" * size if self.sent < 200 * 1024 * 1024 else b""

    pieces = stream_zip([Member("duzy.bin", timezone.now(), Endless)])
    assert max(map(len, pieces)) <= 2 * CHUNK


def test_head_opens_no_file(client, spotkanie):
    make_material(spotkanie=spotkanie, content=b"x")
    response = client.head("/spotkania/warsztat/materialy.zip")
    assert (response.status_code, response.content) == (200, b"")
