"""The steps: what is saved when, coming back, secrets, and that reading never writes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platforma.lib.mail import Wiadomosc
from platforma.models import Zgloszenie
from platforma.zgloszenia import views
from tests import builders
from tests.reading import Page

from . import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def test_a_step_put_aside_is_saved_without_what_is_required(client):
    address = forms.begin(client)["Location"]
    assert client.post(address, {"problem": "Mało chętnych."}).status_code == 422
    assert client.post(address, {"problem": "Mało chętnych.", "zapisz": "1"}).status_code == 302
    zgloszenie = Zgloszenie.objects.get()
    assert zgloszenie.problem == "Mało chętnych."
    assert "Mało chętnych." in Client().get(address).content.decode()  # on another device


def test_nothing_incomplete_is_sent_and_the_page_says_what_lacks(client):
    forms.begin(client)
    zgloszenie = Zgloszenie.objects.get()
    address = f"{zgloszenie.get_absolute_url()}sprawdz/"
    response = client.post(address)
    assert response.status_code == 422
    page = Page(response.content.decode())
    assert {"Co zrobiono, krok po kroku?", "Adres e-mail"} <= set(_lines(page))
    zgloszenie.refresh_from_db()
    assert zgloszenie.state == Zgloszenie.State.DRAFT


def _lines(page):
    return [
        line for line in map(str.strip, page.html.replace(">", "\n").replace("<", "\n").splitlines()) if line
    ]


def test_a_link_asked_for_after_sending_leads_to_the_status_page(client):
    zgloszenie = forms.send(client)
    response = client.post(f"{zgloszenie.get_absolute_url()}link/", {"adres": "jan@example.org"})
    assert response["Location"] == zgloszenie.get_absolute_url()


def test_what_turns_the_direction_of_writing_is_taken_out(client):
    forms.begin(client, tytul="Umowa\u202efdp.exe")
    assert Zgloszenie.objects.get().tytul == "Umowafdp.exe"


def test_what_is_no_address_is_told_so_without_jargon(client):
    address = forms.begin(client)["Location"]
    page = client.post(address, {**forms.SECOND, "zrodlo_url": "ngo.pl/a b"}).content.decode()
    assert "To nie jest adres strony" in page
    assert "URL" not in Page(page).text


def test_sending_twice_sends_once(client):
    zgloszenie = forms.send(client)
    client.post(f"{zgloszenie.get_absolute_url()}sprawdz/")
    assert Wiadomosc.objects.count() == 1
    assert client.get(f"{zgloszenie.get_absolute_url()}opis/")["Location"] == zgloszenie.get_absolute_url()


COPIES = {
    "as it is": str,
    "capitals": str.upper,
    "blanks": lambda code: f" {code[:9]} {code[9:]} ",
    "no dashes, noughts and eights": lambda code: code.translate(str.maketrans("ob", "08", "-")),
    "ones for l": lambda code: code.replace("l", "1"),
    "ones for i": lambda code: code.replace("i", "1"),
    "a word before": "Kod: {}".format,
    "the whole link": lambda code: f"https://example.org/zglos/{code.replace('-', '')}/opis/?x=1",
}


@pytest.mark.parametrize("shape", COPIES.values(), ids=COPIES)
def test_a_code_copied_by_hand_leads_back(client, shape):
    forms.begin(client)
    zgloszenie = Zgloszenie.objects.get()
    zgloszenie.code = "l" * ("1" not in shape("i")) + "2ob" * 5 + "i" * ("1" in shape("i")) + "a23456zxyw"
    zgloszenie.save()
    response = client.post("/zglos/wroc/", {"kod": shape(zgloszenie.code_in_groups)}, follow=True)
    assert response.redirect_chain[-1][0] == f"{zgloszenie.get_absolute_url()}opis/"
    assert client.post("/zglos/wroc/", {"kod": "nie-ma"}).status_code == 422


def test_the_link_goes_by_mail_a_few_times_an_hour(client, monkeypatch):
    monkeypatch.setattr(views, "LINKS", 2)
    forms.begin(client)
    address = f"{Zgloszenie.objects.get().get_absolute_url()}link/"
    codes = [client.post(address, {"adres": "jan@example.org"}).status_code for _time in range(3)]
    assert codes == [302, 302, 429]
    assert client.post(address, {"adres": "jan"}).status_code == 422
    assert "Wysyłamy link" in client.get(address, {"wyslano": "1"}).content.decode()
    assert "Wysyłamy link" not in client.get(address).content.decode()
    assert [row.adres for row in Wiadomosc.objects.all()] == ["jan@example.org"] * 2


def test_nobody_fills_many_boxes_with_links_from_one_place(client, monkeypatch):
    monkeypatch.setattr(views, "LINKS_OF_SENDER", 2)
    answers = []
    for number in range(3):
        forms.begin(client)
        address = f"{Zgloszenie.objects.latest('pk').get_absolute_url()}link/"
        answers.append(client.post(address, {"adres": f"jan{number}@example.org"}).status_code)
    assert answers == [302, 302, 429]


def test_pages_with_a_secret_are_nobodys_to_keep_or_to_find(client):
    zgloszenie = forms.send(client)
    for address in (zgloszenie.get_absolute_url(), "/zglos/", "/zglos/wroc/", "/zglos/blad/"):
        response = client.get(address)
        is_secret = zgloszenie.code in address
        assert response["Cache-Control"] == ("private, no-store" if is_secret else "private, no-cache")
        assert ("noindex" in response.content.decode()) == (address != "/zglos/")
        assert "ETag" not in response
    assert client.get("/zglos/aaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404
    assert len({Zgloszenie().code for _time in range(100)}) == 100
    assert len(zgloszenie.code) == 26


def test_only_the_forms_addresses_take_a_post_and_nothing_else_than_post(client):
    forms.begin(client)
    zgloszenie = Zgloszenie.objects.get()
    for address in ("/", "/praktyki/", "/o-platformie/"):
        assert client.post(address).status_code == 405
    for address in ("/zglos/", "/zglos/blad/", f"{zgloszenie.get_absolute_url()}opis/"):
        for method in (client.put, client.patch, client.delete, client.options):
            assert method(address).status_code == 405


def test_reading_never_writes(client):
    sent, praktyka = builders.make_zgloszenie(), builders.make_praktyka()
    forms.begin(client)
    draft = Zgloszenie.objects.get(state="draft")
    addresses = ["/zglos/", "/zglos/wroc/", f"/zglos/blad/?strona={praktyka.get_absolute_url()}"]
    addresses += [row.get_absolute_url() for row in (sent, draft)]
    addresses += [
        f"{draft.get_absolute_url()}{slug}/" for slug in ("praktyka", "opis", "pliki", "kontakt", "sprawdz")
    ]
    with CaptureQueriesContext(connection) as queries:
        for address in addresses:
            assert client.get(address).status_code in (200, 302)
    writes = [
        row["sql"]
        for row in queries
        if not row["sql"].startswith(("SELECT", "DECLARE", "SAVEPOINT", "RELEASE"))
    ]
    assert writes == []


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("opis", {"rok_od": "1066"}),
        ("opis", {"rok_od": "2020", "rok_do": "2019"}),
        ("opis", {"kwota_zl": "-1"}),
        ("opis", {"kwota_zl": "NaN"}),
        ("opis", {"zrodlo_url": "javascript:alert(1)"}),
        ("opis", {"problem": "a\x00b"}),
        ("opis", {"problem": "x" * 7000}),
        ("praktyka", {**forms.FIRST, "instrumenty": ["999999999999999999999"]}),
        ("praktyka", {**forms.FIRST, "instrumenty": ["a\x00b"]}),
        ("praktyka", {**forms.FIRST, "tytul": "\u200b\u202e"}),
        ("kontakt", {**forms.CONTACT, "email": "jan"}),
        ("pliki", {}),
    ],
)
def test_bad_input_is_answered_in_words(client, step, data):
    forms.begin(client)
    address = f"{Zgloszenie.objects.get().get_absolute_url()}{step}/"
    response = client.post(address, {"rozwiazanie": "Tak.", **data})
    assert response.status_code == 422
    assert "Popraw formularz" in response.content.decode()
    assert client.get(address.replace(step, "nie-ma")).status_code == 404
