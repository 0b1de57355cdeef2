"""Files sent along: looked into, the editors' only, and with the practice when it is published."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from platforma.models import Zalacznik, Zgloszenie
from platforma.zgloszenia import views
from tests import documents
from tests.platforma.hostile import FILES
from tests.reading import Page

from . import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def upload(client, zgloszenie, name="regulamin.pdf", data=None):
    plik = SimpleUploadedFile(name, documents.pdf() if data is None else data)
    return client.post(f"{zgloszenie.get_absolute_url()}pliki/", {"plik": plik})


def test_a_file_comes_in_goes_and_is_the_editors_only(client, admin_client):
    zgloszenie = forms.fill_in(client)
    data = documents.pdf()
    assert upload(client, zgloszenie, data=data).status_code == 302
    assert upload(client, zgloszenie, "umowa.docx", b"PK\x03\x04 nie").status_code == 422
    assert upload(client, zgloszenie, "strona.html", b"<b>x</b>").status_code == 422
    kept = Zalacznik.objects.get()
    upload(client, zgloszenie, "drugi.pdf")
    gone = Zalacznik.objects.latest("pk")
    client.post(f"{zgloszenie.get_absolute_url()}pliki/", {"usun": gone.pk})
    assert list(Zalacznik.objects.all()) == [kept]
    client.post(f"{zgloszenie.get_absolute_url()}sprawdz/")
    client.post(f"{zgloszenie.get_absolute_url()}pliki/", {"usun": kept.pk})  # too late
    address = f"/admin/platforma/zgloszenie/{zgloszenie.pk}/pliki/{kept.pk}/"
    response = admin_client.get(address)
    assert (response.status_code, response["Content-Disposition"][:10]) == (200, "attachment")
    assert b"".join(response.streaming_content) == data
    assert client.get(address).status_code == 302  # to the login
    assert admin_client.get(address.replace(f"/{kept.pk}/", "/999/")).status_code == 404


def test_a_chosen_file_is_not_lost_by_going_on(client):
    zgloszenie = forms.fill_in(client)
    address = f"{zgloszenie.get_absolute_url()}pliki/"
    assert client.post(address, {"dalej": "1"})["Location"] == address.replace("pliki", "kontakt")
    refused = {"dalej": "1", "plik": SimpleUploadedFile("strona.html", b"<b>x</b>")}
    assert client.post(address, refused).status_code == 422
    chosen = {"dalej": "1", "plik": SimpleUploadedFile("regulamin.pdf", documents.pdf())}
    assert client.post(address, chosen)["Location"] == address.replace("pliki", "kontakt")
    assert Zalacznik.objects.get().nazwa_pliku == "regulamin.pdf"


def test_no_hostile_file_comes_in_by_this_way_either(client, monkeypatch):
    monkeypatch.setattr(views, "FILES", len(FILES))
    zgloszenie = forms.fill_in(client)
    for name, data, reason in FILES:
        response = upload(client, zgloszenie, name, data() if callable(data) else data)
        assert (response.status_code, reason in Page(response.content.decode()).text) == (422, True), name
    assert Zalacznik.objects.count() == 0


def test_files_become_materials_of_the_draft_once_and_are_hidden_with_it(client, admin_client):
    zgloszenie = forms.fill_in(client)
    upload(client, zgloszenie, "wzór_umowy.pdf")
    client.post(f"{zgloszenie.get_absolute_url()}sprawdz/")
    decide = f"/admin/platforma/zgloszenie/{zgloszenie.pk}/decyzja/"
    assert admin_client.post(decide, {"krok": "pliki"}).status_code == 403  # there is no draft yet
    for step in ("szkic", "pliki", "pliki"):
        admin_client.post(decide, {"krok": step})
    (material,) = Zgloszenie.objects.get().praktyka.materialy.all()
    assert (material.tytul, material.wersje.get().nazwa_pliku) == ("Wzór umowy", "wzór_umowy.pdf")
    assert client.get(material.get_absolute_url()).status_code == 404


def test_there_is_an_end_to_files(client, monkeypatch):
    zgloszenie = forms.fill_in(client)
    codes = [upload(client, zgloszenie).status_code for _time in range(6)]
    assert (codes, Zalacznik.objects.count()) == ([302] * 5 + [422], 5)
    monkeypatch.setattr(views, "FILES", 6)
    assert upload(client, zgloszenie).status_code == 429
