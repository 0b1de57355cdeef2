"""The library of materials: its facets count what they lead to, and time alone changes it at its moment."""

import json
import re
from datetime import datetime, time, timedelta
from unittest import mock
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from platforma.lib import revision
from platforma.lib.publication import Status
from spotkania.kinds import MATERIAL
from spotkania.models import Material
from tests import documents
from tests.builders import make_instrument, make_material, make_praktyka, make_spotkanie, make_temat
from tests.reading import read

pytestmark = pytest.mark.django_db

OPTION = re.compile(r'data-facet="(\w+)" data-value="([^"]*)" data-count="(\d+)"')
ATOM = "{http://www.w3.org/2005/Atom}"
FACETS = ("rodzaj", "instrument", "temat", "spotkanie", "rok", "jezyk", "licencja")


@pytest.fixture
def shelf():
    """Materials that differ in everything one can ask for, some of them not public."""
    mikrogrant, dotacja = make_instrument(nazwa="Mikrogrant"), make_instrument(nazwa="Dotacja")
    temat = make_temat(nazwa="Kultura")
    warsztat = make_spotkanie(tytul="Warsztat", instrumenty=[mikrogrant], tematy=[temat], rok=2021)
    praktyka = make_praktyka(instrumenty=[dotacja], tematy=[temat])
    szkic = make_spotkanie(tytul="Szkic", status=Status.DRAFT, instrumenty=[dotacja], rok=1999)
    make_material(spotkanie=warsztat, rodzaj="prezentacja", licencja="cc-by", content=documents.pdf())
    make_material(spotkanie=warsztat, rodzaj="nagranie", jezyk="en", rok=2020)
    make_material(praktyka=praktyka, rodzaj="wzor", licencja_opis="za zgodą", rok=2021)
    make_material(instrument=dotacja, rodzaj="wzor", spotkanie=warsztat, praktyka=praktyka)
    make_material(spotkanie=szkic, rodzaj="uchwala", jezyk="de", licencja="cc0")
    make_material(instrument=mikrogrant, publiczny_od=timezone.localdate() + timedelta(days=9), jezyk="cs")


def options(client, query=""):
    html = client.get(f"/materialy/{query}").content.decode()
    return {(facet, value): int(count) for facet, value, count in OPTION.findall(html)}


def test_every_count_is_the_number_of_results_it_leads_to(client, shelf):
    counts = options(client)
    assert {facet for facet, _value in counts} == set(FACETS)
    for (facet, value), count in counts.items():
        html = client.get("/materialy/", {facet: value}).content.decode()
        assert f'data-total="{count}"' in html, (facet, value)
    assert counts["instrument", "mikrogrant"] == 3
    assert counts["instrument", "dotacja"] == 2
    assert counts["rok", "2021"] == 4
    assert counts["rok", "2020"] == 1
    assert counts["licencja", "cc-by"] == 1


def test_no_facet_names_what_only_hidden_materials_have(client, shelf):
    shown = options(client)
    for hidden in (
        ("spotkanie", "szkic"),
        ("jezyk", "de"),
        ("jezyk", "cs"),
        ("licencja", "cc0"),
        ("rok", "1999"),
    ):
        assert hidden not in shown
    assert "Szkic" not in client.get("/materialy/").content.decode()


def test_a_renamed_meeting_has_its_new_name_in_the_facet(client, shelf):
    assert "Warsztat" in client.get("/materialy/").content.decode()
    spotkanie = Material.objects.filter(spotkanie__tytul="Warsztat").first().spotkanie
    spotkanie.tytul = "Pracownia"
    spotkanie.save()
    assert "Pracownia" in client.get("/materialy/").content.decode()


def test_a_card_says_what_one_gets_before_the_click(client):
    material = make_material(content=documents.pptx_file(slides=3), filename="slajdy.pptx")
    material.wersje.update(pages=3, size=2_621_440)
    assert "Plik PPTX, 3 slajdy, 2,5 MB" in read(client, "/materialy/").text


def test_older_versions_are_listed_with_their_days(client):
    material = make_material(content=documents.pdf("a"), filename="plan.pdf")
    old = material.wersje.get()
    type(old).objects.update(created_at=timezone.make_aware(datetime(2024, 3, 5)))
    material.wersje.create(plik=documents.named("plan-2.pdf", documents.pdf("b")))
    for target in ("/materialy/", material.spotkanie):
        page = read(client, target)
        assert "plan.pdf z 5 marca 2024" in page.text
        assert page.leads_to(old)


@pytest.mark.parametrize("what", ["day", "meeting", "practice"])
def test_a_scheduled_material_appears_at_its_moment(what, client):
    now = timezone.now()
    moment = now + timedelta(hours=3)
    owner = {}
    if what == "day":
        day = timezone.localdate() + timedelta(days=2)
        moment = timezone.make_aware(datetime.combine(day, time.min))
        owner = {"instrument": make_instrument(), "publiczny_od": day}
    elif what == "meeting":
        owner = {"spotkanie": make_spotkanie(published_at=moment)}
    else:
        owner = {"spotkanie": make_spotkanie(), "praktyka": make_praktyka(published_at=moment)}
    make_material(tytul="Zapowiedziany", **owner)
    assert "Zapowiedziany" not in client.get("/materialy/").content.decode()
    state = MATERIAL.live.get(revision.current())
    assert [at for at, _key in state.pending] == [moment]
    for later, shown in ((moment - timedelta(seconds=1), False), (moment + timedelta(seconds=1), True)):
        with mock.patch("django.utils.timezone.now", return_value=later):
            assert ("Zapowiedziany" in client.get("/materialy/").content.decode()) is shown


def test_a_material_of_a_draft_is_not_waited_for():
    make_material(spotkanie=make_spotkanie(status=Status.DRAFT), publiczny_od=timezone.localdate())
    assert not Material.objects.scheduled().exists()


@pytest.mark.parametrize("change", ["archive", "delete", "withdraw"])
def test_a_material_leaves_with_what_it_belongs_to(change, client):
    material = make_material(tytul="Znikający", content=documents.pdf())
    assert "Znikający" in client.get("/materialy/").content.decode()
    if change == "archive":
        material.spotkanie.archive(reason="Nieaktualne.")
    elif change == "delete":
        material.spotkanie.delete()
    else:
        wersja = material.wersje.get()
        wersja.wycofana = True
        wersja.save()
    assert "Znikający" not in client.get("/materialy/").content.decode()


def test_topics_of_a_meeting_changed_later_move_its_materials(client):
    temat, spotkanie = make_temat(nazwa="Sport"), make_spotkanie()
    make_material(spotkanie=spotkanie)
    assert ("temat", "sport") not in options(client)
    spotkanie.tematy.add(temat)
    assert options(client)["temat", "sport"] == 1


def test_exports_and_the_feed_hold_exactly_what_the_page_shows(client, shelf):
    for query in ("", "?rodzaj=wzor", "?licencja=cc-by&sort=tytul", "?q=nic"):
        rows = client.get(f"/materialy/{query}").context["katalog"].rows
        data = json.loads(body(client, f"/materialy/eksport.json{query}"))
        assert [row["id"] for row in data["results"]] == [row.pk for row in rows]
        assert body(client, f"/materialy/eksport.csv{query}").count(b"\r\n") == len(rows) + 1
        feed = ElementTree.fromstring(body(client, f"/materialy/kanal.atom{query}"))
        assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
            row.tytul for row in rows
        ]


def test_an_export_leads_to_the_file_or_to_the_other_site(client):
    file = make_material(content=documents.pdf(), filename="łąka.pdf")
    link = make_material(url="https://inny.example/film")
    rows = json.loads(body(client, "/materialy/eksport.json"))["results"]
    assert [(row["adres"], row["plik"]) for row in rows] == [
        (link.url, None),
        (f"http://127.0.0.1:8000{file.get_absolute_url()}", "łąka.pdf"),
    ]


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content
