"""What is let in and what is not: by name, by first bytes, and by looking inside, away from the server."""

import subprocess
import sys
import time
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from platforma.lib.files import checks, sandbox
from platforma.lib.files.checks import inspect
from platforma.lib.files.formats import FORMATS
from platforma.lib.files.refusal import Refusal
from spotkania.models import WersjaMaterialu
from tests import documents
from tests.platforma.hostile import FILES

SECONDS = 6  # a starting process included, on a busy machine
MAX_MEMORY_KB = 150_000  # of the worker, its libraries included; the server itself only holds the file


GREEDY = ("powodz.png", "bomba.docx", "ciasny.docx", "tlum.docx", "smiech.docx", "gniazdo.pdf")
MEASURE = f"""
import resource
from platforma.lib.files import sandbox
from platforma.lib.files.refusal import Refusal
from tests.platforma.hostile import FILES
for name, data, _reason in FILES:
    if name in {GREEDY}:
        try:
            sandbox.run("check", name.rpartition(".")[2], data() if callable(data) else data)
        except Refusal:
            pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def made(data):
    return data() if callable(data) else data


def new_version(name, data):
    return WersjaMaterialu(material_id=1, plik=ContentFile(data, name=name))


@pytest.mark.parametrize(("name", "data", "reason"), FILES, ids=[name for name, _data, _reason in FILES])
def test_a_hostile_file_is_refused_with_its_reason(name, data, reason):
    data = made(data)
    started = time.monotonic()
    with pytest.raises(ValidationError) as refused:
        new_version(name, data).clean_fields(exclude=["material"])
    assert time.monotonic() - started < SECONDS
    (message,) = refused.value.message_dict["plik"]
    assert message.startswith(f"Plik „{name}” ")
    assert reason in message


def test_no_hostile_file_takes_much_memory():
    done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < MAX_MEMORY_KB


def test_honest_files_of_every_format_come_in():
    honest = {
        "pdf": documents.pdf(pages=3),
        "docx": documents.docx_file(),
        "pptx": documents.pptx_file(slides=2),
        "odt": documents.open_document(),
        "odp": documents.open_document("presentation"),
        "xlsx": documents.spreadsheet(),
        "ods": documents.open_document("spreadsheet"),
        "png": documents.picture(),
        "jpg": documents.picture("JPEG"),
        "jpeg": documents.picture("JPEG"),
    }
    assert honest.keys() == {format_.extension for format_ in FORMATS}
    pages = {}
    for extension, data in honest.items():
        wersja = new_version(f"Plik – ł.{extension.upper()}", data)
        wersja.clean_fields(exclude=["material"])
        pages[extension] = wersja.plik.inspection.pages
    assert (pages["pdf"], pages["pptx"]) == (3, 2)


def test_a_picture_keeps_its_points_and_loses_its_notes():
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Dane osoby", 6  # description; turned on its side
    data = documents.picture("JPEG", (40, 30), exif=exif, comment=b"Dane osoby")
    assert b"Dane osoby" in data
    wersja = new_version("zdjecie.jpg", data)
    wersja.clean_fields(exclude=["material"])
    kept = wersja.plik.file.read()
    assert b"Dane osoby" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.size == (30, 40)
        assert not image.getexif()


def test_an_untagged_pdf_is_let_in_with_a_warning():
    inspection, _content = inspect("plan.pdf", documents.pdf())
    assert inspection.warnings == ("brak znaczników dostępności",)


def test_the_last_room_of_the_disk_is_left_to_the_database(monkeypatch):
    monkeypatch.setattr(checks, "MIN_FREE", 10**18)
    with pytest.raises(ValidationError) as refused:
        new_version("plan.pdf", documents.pdf()).clean_fields(exclude=["material"])
    assert "na serwerze kończy się miejsce" in refused.value.message_dict["plik"][0]


def test_the_worker_knows_no_secret():
    assert not {"SECRET_KEY", "DATABASE_URL", "VAR"} & sandbox._ENVIRONMENT.keys()


def test_a_worker_that_dies_or_hangs_is_a_refusal(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 0.01)
    with pytest.raises(Refusal, match="trwało za długo"):
        inspect("plan.pdf", documents.pdf())
    monkeypatch.setattr(sandbox, "SECONDS", 25)
    with pytest.raises(Refusal, match="się nie udało"):
        sandbox.run("nieznane", "pdf", documents.pdf())
