"""Reporting an error from a page: the same queue, the same status page, nothing hidden given away."""

import pytest

from platforma.lib.desk_address import desk_address
from platforma.models import Zgloszenie
from tests import builders
from tests.reading import read

from . import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]
State = Zgloszenie.State


def report(client, address, **data):
    page = client.get("/zglos/blad/", {"strona": address})
    data = {"bilet": forms.ticket(page), "strona": address, "opis_bledu": "Zły rok: ma być 2019.", **data}
    return client.post("/zglos/blad/", data)


@pytest.mark.parametrize("make", [builders.make_praktyka, builders.make_instrument, builders.make_spotkanie])
def test_every_page_leads_to_the_form_and_the_report_to_its_end(client, admin_client, make):
    row = make()
    (link,) = [link for link in read(client, row).links if link.startswith("/zglos/blad/")]
    assert f"„{row}”" in read(client, link).text
    response = report(client, row.get_absolute_url())
    zgloszenie = Zgloszenie.objects.get()
    assert response["Location"] == zgloszenie.get_absolute_url()
    assert (zgloszenie.state, zgloszenie.strona, zgloszenie.email) == (
        State.RECEIVED,
        row.get_absolute_url(),
        "",
    )
    assert read(client, zgloszenie).leads_to(row)
    page = admin_client.get(f"/admin/platforma/zgloszenie/{zgloszenie.pk}/change/").content.decode()
    assert "Zły rok: ma być 2019." in page
    assert f'href="{desk_address(row)}"' in page
    assert "Utwórz szkic" not in page
    decide = f"/admin/platforma/zgloszenie/{zgloszenie.pk}/decyzja/"
    assert admin_client.post(decide, {"krok": "szkic"}).status_code == 403
    admin_client.post(decide, {"krok": "poprawione", "odpowiedz": "Dziękujemy, poprawione."})
    assert "Dziękujemy, poprawione." in read(client, zgloszenie).text


def test_a_report_counts_once_however_often_it_is_sent(client):
    address, page = builders.make_praktyka().get_absolute_url(), client.get("/zglos/blad/")
    data = {"bilet": forms.ticket(page), "strona": address, "opis_bledu": "Literówka."}
    assert len({client.post("/zglos/blad/", data)["Location"] for _time in range(2)}) == 1
    assert Zgloszenie.objects.count() == 1


def test_another_error_from_the_same_form_after_going_back_is_not_lost(client):
    address = builders.make_praktyka().get_absolute_url()
    data = {"bilet": forms.ticket(client.get("/zglos/blad/")), "strona": address, "opis_bledu": "Literówka."}
    client.post("/zglos/blad/", data)
    again = client.post("/zglos/blad/", {**data, "opis_bledu": "Zła kwota."})
    assert again.status_code == 422
    assert "Zła kwota." in again.content.decode()
    client.post("/zglos/blad/", {**data, "opis_bledu": "Zła kwota.", "bilet": forms.ticket(again)})
    assert set(Zgloszenie.objects.values_list("opis_bledu", flat=True)) == {"Literówka.", "Zła kwota."}


def test_a_full_address_of_ours_is_understood(client, settings):
    praktyka = builders.make_praktyka()
    report(client, f"{settings.SITE_URL}{praktyka.get_absolute_url()}?p=1#opis")
    assert Zgloszenie.objects.get().strona == praktyka.get_absolute_url()


@pytest.mark.parametrize(
    "address",
    ["", "/praktyki/", "/praktyki/nie-ma/", "https://obca.example/", "//obca.example", "\x00", "a" * 500],
)
def test_a_page_we_do_not_know_is_asked_for(client, address):
    assert client.get("/zglos/blad/", {"strona": address.replace("\x00", "")}).status_code == 200
    assert report(client, address.replace("\x00", "") or "x").status_code == 422
    assert Zgloszenie.objects.count() == 0


def test_a_hidden_entry_is_not_given_away(client):
    hidden = builders.make_praktyka(tytul="Kanarek w szkicu", status="draft", published_at=None)
    html = client.get("/zglos/blad/", {"strona": hidden.get_absolute_url()}).content.decode()
    assert "Kanarek w szkicu" not in html
    assert report(client, hidden.get_absolute_url()).status_code == 422
