"""Meetings and materials at the editors' desk: programme and speakers, files, and whose entry it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platforma.lib.publication import Status
from platforma.roles import REDAKTOR, WYDAWCA
from spotkania.models import Material, WersjaMaterialu, Wystapienie
from tests import builders, documents
from tests.admin_forms import delete, filled

pytestmark = pytest.mark.django_db

PDF = documents.pdf()


def page_of(row):
    return f"/admin/spotkania/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture
def redaktor(client):
    client.user = builders.make_user(REDAKTOR)
    client.force_login(client.user)
    return client


@pytest.fixture
def wydawca(client):
    client.force_login(builders.make_user(WYDAWCA))
    return client


def test_a_programme_grows_on_the_page_and_leads_to_its_speakers(redaktor):
    spotkanie = builders.make_spotkanie(status=Status.DRAFT)
    added = {"wystapienia-TOTAL_FORMS": 1, "wystapienia-0-tytul": "Mikrogranty", "wystapienia-0-position": ""}
    redaktor.post(page_of(spotkanie), filled(redaktor.get(page_of(spotkanie)), **added))
    wystapienie = Wystapienie.objects.get()
    assert (
        f'<a href="{page_of(wystapienie)}">dodaj prelegentów</a>'
        in redaktor.get(page_of(spotkanie)).content.decode()
    )
    speaker = {
        "udzialy-TOTAL_FORMS": 1,
        "udzialy-0-prelegent": builders.make_prelegent().pk,
        "udzialy-0-rola": "wójt",
    }
    form = filled(redaktor.get(page_of(wystapienie)), **speaker)
    assert redaktor.post(page_of(wystapienie), form).url == page_of(spotkanie)
    assert wystapienie.udzialy.get().rola == "wójt"


@pytest.mark.parametrize(
    "build", [builders.make_wystapienie, lambda row: builders.make_material(spotkanie=row)]
)
def test_a_redaktor_reaches_a_public_meeting_by_no_side_door(build, redaktor):
    row = build(builders.make_spotkanie())
    assert redaktor.get(page_of(row)).status_code == 200
    assert redaktor.post(page_of(row), {"tytul": "Podmieniony"}).status_code == 403
    assert redaktor.post(page_of(row).replace("change", "delete"), {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert redaktor.post(f"/admin/spotkania/{row._meta.model_name}/", selected).status_code == 403
    assert type(row).objects.get(pk=row.pk).tytul == row.tytul


def test_a_redaktor_moves_no_material_to_a_public_entry(redaktor):
    material = builders.make_material(spotkanie=builders.make_spotkanie(status=Status.DRAFT))
    for owner in (
        {"spotkanie": builders.make_spotkanie().pk},
        {"praktyka": builders.make_praktyka().pk},
    ):
        response = redaktor.post(page_of(material), filled(redaktor.get(page_of(material)), **owner))
        assert "Tego wpisu nie możesz zmieniać." in response.content.decode()


def test_a_wydawca_changes_what_belongs_to_a_public_meeting(wydawca):
    material = builders.make_material(spotkanie=builders.make_spotkanie())
    assert (
        wydawca.post(page_of(material), filled(wydawca.get(page_of(material)), tytul="Nowy")).status_code
        == 302
    )
    assert Material.objects.get().tytul == "Nowy"


def upload(client, material, name="plan.pdf", **kw):
    form = filled(client.get(page_of(material)), **kw)
    return client.post(page_of(material), form | {"wersje-0-plik": SimpleUploadedFile(name, PDF)})


def test_a_new_version_keeps_the_old_one_and_names_who_uploaded_it(redaktor):
    material = builders.make_material(
        content=b"stary", spotkanie=builders.make_spotkanie(status=Status.DRAFT)
    )
    assert upload(redaktor, material).status_code == 302
    newest, oldest = material.wersje.all()
    assert (newest.nazwa_pliku, newest.uploaded_by, oldest.nazwa_pliku) == (
        "plan.pdf",
        redaktor.user,
        "material.pdf",
    )
    address = f"/admin/spotkania/material/{material.pk}/wersje/{newest.pk}/"
    assert address in redaktor.get(page_of(material)).content.decode()
    answer = redaktor.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'


def test_a_version_is_only_for_those_who_may_see_the_material(client):
    wersja = builders.make_material(content=b"x").wersje.get()
    address = f"/admin/spotkania/material/{wersja.material_id}/wersje/{wersja.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(builders.make_user())
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("change", "name", "complaint"),
    [
        ({"postac": "link", "url": "https://przyklad.pl/"}, "plan.pdf", "Ten materiał jest linkiem"),
        ({}, "plan.svg", "Dozwolone rodzaje plików"),
        ({"url": "https://przyklad.pl/"}, "plan.pdf", "Link musi mieć adres, a plik nie może go mieć."),
    ],
)
def test_a_wrong_upload_is_refused_in_polish(change, name, complaint, redaktor):
    spotkanie = builders.make_spotkanie(status=Status.DRAFT)
    material = Material.objects.create(tytul="Plan", postac=Material.Postac.PLIK, spotkanie=spotkanie)
    assert complaint in upload(redaktor, material, name, **change).content.decode()
    assert not WersjaMaterialu.objects.exists()


@pytest.mark.parametrize("missing", ["streszczenie", "wnioski", "materialy", "program", "data", "zrodla"])
def test_the_list_finds_what_a_meeting_lacks(missing, wydawca):
    lacking = builders.make_spotkanie()
    builders.make_wypowiedz(lacking, typ="pytanie")
    complete = builders.make_spotkanie(streszczenie="Jest.", poczatek=timezone.now())
    builders.make_wypowiedz(complete)
    builders.make_material(spotkanie=complete)
    builders.make_wystapienie(complete)
    complete.zrodla.create(tytul="Relacja")
    found = wydawca.get("/admin/spotkania/spotkanie/", {"brak": missing}).context["cl"].result_list
    assert list(found) == [lacking]


def grow():
    instrument, cykl = builders.make_instrument(), builders.make_cykl()
    spotkanie = builders.make_spotkanie(instrumenty=[instrument], cykl=cykl, rok=2024)
    builders.make_wystapienie(spotkanie, [(builders.make_prelegent(), "wójt", None)])
    builders.make_material(spotkanie=spotkanie, praktyka=builders.make_praktyka(), instrument=instrument)


@pytest.mark.parametrize("name", ["spotkanie", "wystapienie", "material", "prelegent", "cykl"])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(name, wydawca):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            grow()
        with CaptureQueriesContext(connection) as queries:
            wydawca.get(f"/admin/spotkania/{name}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_person_who_spoke_is_not_deleted(wydawca):
    prelegent = builders.make_prelegent()
    builders.make_wystapienie(builders.make_spotkanie(), [(prelegent, "", None)])
    response = delete(wydawca, page_of(prelegent).replace("change", "delete"))
    assert "korzystają z tego inne wpisy" in response.content.decode()


def test_search_finds_a_meeting_by_its_speaker(wydawca):
    spotkanie = builders.make_spotkanie()
    builders.make_wystapienie(
        spotkanie, [(builders.make_prelegent(imie="Łucja", nazwisko="Wójcik"), "", None)]
    )
    builders.make_spotkanie()
    found = wydawca.get("/admin/spotkania/spotkanie/", {"q": "lucja wojcik"}).context["cl"].result_list
    assert list(found) == [spotkanie]
