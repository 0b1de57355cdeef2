"""Ten files at once: each a material titled by its name, the refused ones named, order on one page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from platforma.lib.publication import Status
from platforma.roles import REDAKTOR, WYDAWCA
from spotkania.models import Material
from tests import builders, documents
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db

UPLOAD, ORDER = "/admin/spotkania/material/wgraj/", "/admin/spotkania/material/porzadek/"
PDF = documents.pdf()


@pytest.fixture
def redaktor(client):
    client.user = builders.make_user(REDAKTOR)
    client.force_login(client.user)
    return client


@pytest.fixture
def spotkanie():
    return builders.make_spotkanie(status=Status.DRAFT)


def send(client, spotkanie, files, **kw):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    data = {"spotkanie": spotkanie.pk or "", "rodzaj": "prezentacja", "jezyk": "pl", "licencja": "cc-by"} | kw
    return client.post(UPLOAD, data | {"pliki": uploads}, follow=True)


def filled_list(page, **changes):
    """Return what the list of materials would send back as it is shown, with `changes`."""
    formset = page.context["formset"]
    data = {"_seen": page.context["seen_token"]}
    data |= {field.html_name: field.value() for field in formset.management_form}
    for form in formset:
        for field in form:
            if field.name != "nowa_wersja":
                data[field.html_name] = "" if field.value() is None else field.value()
    return data | changes


def order_form(client, spotkanie, **changes):
    page = client.get(ORDER, {"spotkanie": spotkanie.pk})
    return client.post(f"{ORDER}?spotkanie={spotkanie.pk}", filled_list(page, **changes), follow=True)


def test_a_double_click_uploads_once_and_files_all_refused_may_come_again(redaktor, spotkanie):
    nonce = redaktor.get(UPLOAD).context["nonce"]
    send(redaktor, spotkanie, [("program.exe", b"MZ")], _nonce=nonce)
    answers = [send(redaktor, spotkanie, [("slajdy.pdf", PDF)], _nonce=nonce) for _click in range(2)]
    assert {page.redirect_chain[0][0] for page in answers} == {f"{ORDER}?spotkanie={spotkanie.pk}"}
    assert spotkanie.materialy.count() == 1


def test_ten_files_become_ten_materials_ready_to_be_edited_in_a_list(redaktor, spotkanie):
    files = [(f"Slajdy_część-{number}.pdf", PDF) for number in range(1, 11)]
    response = send(redaktor, spotkanie, files, autor="OPUS")
    assert response.request["PATH_INFO"] == ORDER
    rows = list(spotkanie.materialy.order_by("position"))
    assert [(row.position, row.tytul) for row in rows] == [(n, f"Slajdy część {n}") for n in range(1, 11)]
    assert {(row.rodzaj, row.licencja, row.autor, row.postac) for row in rows} == {
        ("prezentacja", "cc-by", "OPUS", "plik")
    }
    wersja = rows[0].wersje.get()
    assert (wersja.nazwa_pliku, wersja.pages, wersja.uploaded_by) == ("Slajdy_część-1.pdf", 1, redaktor.user)
    assert "Dodano 10 plików." in response.content.decode()
    assert "brak znaczników dostępności" in response.content.decode()


def test_a_refused_file_is_named_and_the_others_stay(redaktor, spotkanie):
    response = send(redaktor, spotkanie, [("dobry.pdf", PDF), ("zly.pdf", b"<html>"), ("a.exe", b"MZ")])
    text = response.content.decode()
    assert "Plik „zly.pdf” nie jest plikiem PDF, choć tak się nazywa." in text
    assert "Plik „a.exe” ma niedozwolony rodzaj." in text
    assert [row.tytul for row in spotkanie.materialy.all()] == ["Dobry"]


def test_when_all_are_refused_the_form_comes_back_with_the_reasons(redaktor, spotkanie):
    response = send(redaktor, spotkanie, [("zly.pdf", b"<html>")], autor="OPUS")
    assert response.status_code == 200
    assert "Plik „zly.pdf” nie jest plikiem PDF" in response.content.decode()
    assert 'value="OPUS"' in response.content.decode()
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("files", "owner", "complaint"),
    [
        ([("dobry.pdf", PDF)], False, "Wskaż spotkanie, praktykę albo instrument."),
        ([], True, "To pole jest wymagane."),
    ],
)
def test_what_is_missing_is_said(files, owner, complaint, redaktor, spotkanie):
    response = send(redaktor, spotkanie if owner else Material(), files)
    assert complaint in response.content.decode()
    assert not Material.objects.exists()


def test_too_many_files_at_once_are_refused(redaktor, spotkanie):
    response = send(redaktor, spotkanie, [(f"{n}.pdf", PDF) for n in range(21)])
    assert "Wybierz najwyżej 20 plików naraz." in response.content.decode()


def test_a_redaktor_uploads_nothing_to_a_public_meeting(redaktor):
    public = builders.make_spotkanie()
    response = send(redaktor, public, [("dobry.pdf", PDF)])
    assert "Tego wpisu nie możesz zmieniać." in response.content.decode()
    assert not Material.objects.exists()
    assert redaktor.get(ORDER, {"spotkanie": public.pk}).status_code == 403


@pytest.mark.parametrize("key", ["9" * 30, "²", "-1", "abc", "", "987654321"])
def test_a_wrong_address_is_no_error_of_ours(key, redaktor):
    assert redaktor.get(UPLOAD, {"spotkanie": key}).status_code == 200
    assert redaktor.get(ORDER, {"spotkanie": key}).status_code in (403, 404)


def test_strangers_are_sent_away(client, spotkanie):
    client.force_login(builders.make_user())
    assert client.get(UPLOAD).status_code == 403
    assert client.get(ORDER, {"spotkanie": spotkanie.pk}).status_code == 403
    client.logout()
    assert client.get(UPLOAD).status_code == 302


def test_a_list_of_materials_that_was_overtaken_shows_both_versions_before_it_saves(redaktor, spotkanie):
    material = builders.make_material(spotkanie=spotkanie, tytul="Stary tytuł", position=1)
    address = f"{ORDER}?spotkanie={spotkanie.pk}"
    page = redaktor.get(address)
    data = filled_list(page, **{"form-0-tytul": "Mój tytuł"})
    Material.objects.filter(pk=material.pk).update(tytul="Cudzy tytuł", position=7)
    answer = redaktor.post(address, data)
    assert answer.status_code == 409
    for text in ("Cudzy tytuł", "Mój tytuł", "Kolejność"):
        assert text in answer.content.decode()
    material.refresh_from_db()
    assert material.tytul == "Cudzy tytuł"
    assert redaktor.post(address, filled_list(answer)).status_code == 302
    material.refresh_from_db()
    assert (material.tytul, material.position) == ("Mój tytuł", 7)


def test_titles_order_and_new_versions_are_saved_on_one_page(redaktor, spotkanie):
    first = builders.make_material(spotkanie=spotkanie, content=PDF, filename="a.pdf", position=1)
    second = builders.make_material(spotkanie=spotkanie, position=2)
    newer = SimpleUploadedFile("a2.pdf", documents.pdf("Nowa"))
    changes = {"form-0-position": 5, "form-0-nowa_wersja": newer, "form-1-tytul": "Film z warsztatu"}
    assert "Zapisano kolejność i zmiany." in order_form(redaktor, spotkanie, **changes).content.decode()
    assert list(spotkanie.materialy.all()) == [second, first]
    assert spotkanie.materialy.first().tytul == "Film z warsztatu"
    assert [(w.nazwa_pliku, w.uploaded_by) for w in first.wersje.all()] == [
        ("a2.pdf", redaktor.user),
        ("a.pdf", None),
    ]


def test_a_refused_new_version_changes_nothing(redaktor, spotkanie):
    builders.make_material(spotkanie=spotkanie, content=PDF, tytul="Stary")
    changes = {"form-0-tytul": "Nowy", "form-0-nowa_wersja": SimpleUploadedFile("zly.pdf", b"<html>")}
    assert "nie jest plikiem PDF" in order_form(redaktor, spotkanie, **changes).content.decode()
    material = Material.objects.get()
    assert (material.tytul, material.wersje.count()) == ("Stary", 1)


def test_a_material_that_also_belongs_to_a_public_practice_is_not_on_the_list(redaktor, spotkanie):
    builders.make_material(spotkanie=spotkanie, praktyka=builders.make_praktyka(), tytul="Wspólny")
    assert "Wspólny" not in redaktor.get(ORDER, {"spotkanie": spotkanie.pk}).content.decode()


def test_an_editor_sees_how_far_the_text_has_come(redaktor, spotkanie):
    material = builders.make_material(spotkanie=spotkanie, content=PDF)
    material.wersje.update(text_state="failed", text_note="Plik jest uszkodzony.")
    page = redaktor.get(f"/admin/spotkania/material/{material.pk}/change/").content.decode()
    assert "nieodczytany. Plik jest uszkodzony." in page
    listed = redaktor.get("/admin/spotkania/material/", {"brak": "tekst"}).content.decode()
    assert "nieodczytany" in listed


def test_a_withdrawn_version_is_marked_in_the_form_of_its_material(client):
    client.force_login(builders.make_user(WYDAWCA))
    material = builders.make_material(content=PDF)
    page = f"/admin/spotkania/material/{material.pk}/change/"
    form = filled(client.get(page), **{"wersje-2-0-wycofana": "on"})
    assert client.post(page, form).status_code == 302
    assert material.wersje.get().wycofana
