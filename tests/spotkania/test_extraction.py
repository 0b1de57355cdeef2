"""The text inside files: read away from requests, once, and found only when the material is public."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from platforma.lib.files import sandbox
from platforma.lib.files.refusal import Refusal
from platforma.lib.publication import Status
from spotkania import extraction
from spotkania.models import TrescWersji, WersjaMaterialu
from tests import documents
from tests.builders import make_material, ready

pytestmark = pytest.mark.django_db

STATE = WersjaMaterialu.TextState
FOUND_BY = "mikrograntów sąsiedzkich"


def search(client, words, path="/materialy/"):
    return client.get(path, {"q": words}).content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", documents.pdf("Mikrogranty i sasiedzkie podworka")),
        ("a.docx", documents.docx_file()),
        ("a.pptx", documents.pptx_file()),
        ("a.odt", documents.open_document()),
        ("a.odp", documents.open_document("presentation")),
        ("a.xlsx", documents.spreadsheet()),
    ],
)
def test_the_text_of_every_format_is_found(name, data, client):
    material = make_material(tytul="Slajdy", content=data, filename=name)
    words = "podworka" if name == "a.pdf" else FOUND_BY
    for path in ("/materialy/", "/szukaj/"):
        assert material.get_absolute_url() not in search(client, words, path)
    call_command("extract_texts")
    for path in ("/materialy/", "/szukaj/"):
        assert material.get_absolute_url() in search(client, words, path)
        assert "<mark>" in search(client, words, path)
    assert material.wersje.get().text_state == STATE.DONE


def hide_future(material):
    material.publiczny_od = timezone.localdate() + timedelta(days=1)
    material.save()


def hide_draft(material):
    type(material.spotkanie).objects.filter(pk=material.spotkanie_id).update(
        status=Status.DRAFT, published_at=None
    )
    material.spotkanie.refresh_from_db()
    material.spotkanie.save()


def hide_withdrawn(material):
    wersja = material.wersje.get()
    wersja.wycofana = True
    wersja.save()


@pytest.mark.parametrize("hide", [hide_future, hide_draft, hide_withdrawn])
def test_the_text_is_found_after_publication_only(hide, client):
    material = make_material(tytul="Slajdy", content=documents.docx_file("kanarekzplik"), filename="a.docx")
    hide(material)
    call_command("extract_texts")
    for path in ("/materialy/", "/szukaj/", "/spotkania/"):
        assert "kanarekz" not in search(client, "kanarekzpl", path).replace("kanarekzpl", "")
    if hide is hide_draft:
        ready(material.spotkanie).submit()
        material.spotkanie.publish()
        assert material.get_absolute_url() in search(client, "kanarekzplik")


def test_a_new_version_is_found_by_its_own_words_and_not_by_the_old(client):
    material = make_material(content=documents.docx_file("dawna treść"), filename="a.docx")
    call_command("extract_texts")
    material.wersje.create(plik=ContentFile(documents.docx_file("świeżutka treść"), name="a.docx"))
    call_command("extract_texts")
    assert material.get_absolute_url() in search(client, "świeżutka")
    assert material.get_absolute_url() not in search(client, "dawna")
    newest = material.wersje.first()
    newest.wycofana = True
    newest.save()
    assert material.get_absolute_url() in search(client, "dawna")


def test_a_version_is_read_by_one_process_at_a_time():
    wersja = make_material(content=documents.docx_file(), filename="a.docx").wersje.get()
    now = timezone.now()
    stale = now - extraction.GIVEN_UP_AFTER
    assert WersjaMaterialu.objects.claim(wersja.pk, stale, now)
    assert not WersjaMaterialu.objects.claim(wersja.pk, stale, now)
    assert extraction.read_waiting() == 0


def test_what_a_dead_process_left_is_read_again_and_not_for_ever():
    wersja = make_material(content=documents.docx_file(), filename="a.docx").wersje.get()
    left = timezone.now() - timedelta(hours=1)
    rows = WersjaMaterialu.objects.filter(pk=wersja.pk)
    rows.update(text_state=STATE.READING, text_claimed_at=left, text_attempts=1)
    assert extraction.read_waiting() == 1
    assert rows.get().text_state == STATE.DONE
    rows.update(text_state=STATE.READING, text_claimed_at=left, text_attempts=extraction.MAX_ATTEMPTS)
    extraction.read_waiting()
    assert (rows.get().text_state, rows.get().text_note) == (STATE.FAILED, "Odczyt przerwano kilka razy.")


def test_the_outcome_of_a_reader_that_lost_its_claim_is_dropped():
    wersja = make_material(content=documents.docx_file(), filename="a.docx").wersje.get()
    WersjaMaterialu.objects.claim(wersja.pk, timezone.now(), timezone.now())
    mine = WersjaMaterialu.objects.get()
    WersjaMaterialu.objects.update(text_claimed_at=timezone.now() + timedelta(minutes=1))
    extraction.read(mine)
    assert not TrescWersji.objects.exists()


def test_a_failure_says_its_reason():
    make_material(content=b"%PDF-1.7 zepsuty", filename="a.pdf")
    lost = make_material(content=documents.docx_file(), filename="b.docx").wersje.get()
    make_material(content=documents.pdf(""), filename="c.pdf")
    make_material(content=documents.picture(), filename="d.png")
    default_storage.delete(lost.plik.name)
    call_command("extract_texts")
    outcomes = [(wersja.text_state, wersja.text_note) for wersja in WersjaMaterialu.objects.order_by("pk")]
    assert outcomes == [
        (STATE.FAILED, "Plik jest uszkodzony: nie da się go odczytać."),
        (STATE.FAILED, "Pliku nie ma w magazynie."),
        (STATE.NONE, "Plik nie ma warstwy tekstowej, np. jest skanem."),
        (STATE.NONE, ""),
    ]


def test_a_text_without_end_is_cut_and_no_control_character_stays():
    data = documents.repacked(
        documents.docx_file(),
        **{"word__document.xml": f"<d xmlns:w='w'><w:p><w:t>{'słowo ' * 100_000}</w:t></w:p></d>"},
    )
    answer, _content = sandbox.run("text", "docx", data)
    assert answer["is_cut"]
    assert len(answer["text"]) == 200_000
    answer, _content = sandbox.run("text", "pdf", documents.pdf("a\\000b\\007c"))
    assert not any(ord(char) < 32 and char != "\n" for char in answer["text"])


def test_the_longest_text_of_different_words_can_be_indexed(client):
    material = make_material(content=documents.docx_file(), filename="a.docx")
    words = [f"żółć{number}" for number in range(20_000)]
    TrescWersji.objects.create(wersja=material.wersje.get(), tekst=" ".join(words)[:200_000])
    assert material.get_absolute_url() in search(client, words[9_000])


def test_a_page_that_unpacks_to_gigabytes_stops_the_worker_only():
    def swell(pdf):
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 12 Tf (a) Tj ET " * 3_000_000)

    with pytest.raises(Refusal):
        sandbox.run("text", "pdf", documents.pdf(prepare=swell, recompress_flate=True))


def test_the_presenters_notes_are_not_read():
    answer, _content = sandbox.run("text", "pptx", documents.pptx_file())
    assert "Notatka prelegentki" not in answer["text"]


def test_only_formats_with_text_are_read():
    with pytest.raises(Refusal):
        sandbox.run("text", "png", documents.picture())
