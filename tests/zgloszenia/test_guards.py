"""What keeps machines out, and that a person who is stopped by mistake gets through."""

from datetime import timedelta

import pytest
from django.http.multipartparser import MultiPartParser
from django.test import Client
from django.utils import timezone

from platforma import middleware
from platforma.lib import public_forms
from platforma.lib.limits import Kubelek, allow, forget_past
from platforma.models import Zgloszenie
from platforma.zgloszenia import views

from . import forms

pytestmark = pytest.mark.django_db


def test_a_form_sent_at_once_or_long_after_is_kept_and_may_be_sent_again(client, monkeypatch):
    response = forms.begin(client)
    assert (response.status_code, Zgloszenie.objects.count()) == (422, 0)
    assert forms.FIRST["tytul"] in response.content.decode()
    monkeypatch.setattr(public_forms, "SOONEST", -1)
    monkeypatch.setattr(public_forms, "LATEST", 0)
    late = client.post("/zglos/", {**forms.FIRST, "bilet": forms.ticket(response)})
    assert "stracił ważność" in late.content.decode()
    monkeypatch.setattr(public_forms, "LATEST", 60)
    again = client.post("/zglos/", {**forms.FIRST, "bilet": forms.ticket(late)})
    assert (again.status_code, Zgloszenie.objects.count()) == (302, 1)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "wrong", [{"strona_www": "https://spam.example"}, {"bilet": "zmyślony"}, {"bilet": ""}]
)
def test_a_trap_that_sprang_saves_nothing(client, wrong):
    assert forms.begin(client, **wrong).status_code == 422
    assert Zgloszenie.objects.count() == 0


@pytest.mark.usefixtures("patient")
def test_a_ticket_counts_once_and_going_back_changes_what_it_began(client):
    ticket = forms.ticket(client.get("/zglos/"))
    first = client.post("/zglos/", {**forms.FIRST, "bilet": ticket})
    second = client.post("/zglos/", {**forms.FIRST, "bilet": ticket, "tytul": "Poprawiony tytuł"})
    assert first["Location"] == second["Location"]
    assert Zgloszenie.objects.get().tytul == "Poprawiony tytuł"


@pytest.mark.usefixtures("patient")
def test_a_ticket_of_what_was_sent_changes_nothing_any_more(client):
    ticket = forms.ticket(client.get("/zglos/"))
    client.post("/zglos/", {**forms.FIRST, "bilet": ticket})
    zgloszenie = Zgloszenie.objects.get()
    Zgloszenie.objects.filter(pk=zgloszenie.pk).update(state="received", sent_at=zgloszenie.created_at)
    response = client.post("/zglos/", {**forms.FIRST, "bilet": ticket, "tytul": "Druga praktyka"})
    assert Zgloszenie.objects.get().tytul == forms.FIRST["tytul"]
    assert response.status_code == 422
    assert "Druga praktyka" in response.content.decode()
    client.post("/zglos/", {**forms.FIRST, "bilet": forms.ticket(response), "tytul": "Druga praktyka"})
    assert Zgloszenie.objects.filter(tytul="Druga praktyka").exists()


@pytest.mark.usefixtures("patient")
def test_the_token_against_forged_requests_is_asked_for():
    strict = Client(enforce_csrf_checks=True)
    ticket = forms.ticket(strict.get("/zglos/"))
    assert strict.post("/zglos/", {**forms.FIRST, "bilet": ticket}).status_code == 403
    assert Zgloszenie.objects.count() == 0


@pytest.mark.usefixtures("patient")
def test_too_many_submissions_are_refused_by_sender_and_what_was_typed_stays(client, monkeypatch):
    monkeypatch.setattr(views, "BEGUN", 2)
    assert [forms.begin(client).status_code for _time in range(3)] == [302, 302, 429]
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert forms.begin(other).status_code == 302
    monkeypatch.setattr(views, "BEGUN_BY_ALL", 3)
    response = forms.begin(Client(REMOTE_ADDR="203.0.113.10"))
    assert response.status_code == 429
    assert forms.FIRST["tytul"] in response.content.decode()


def test_a_bucket_fills_empties_with_time_and_names_nobody():
    def times(who, now):
        return [allow("begin", who, most=2, seconds=60, now=now) for _time in range(3)]

    now = timezone.now().replace(second=5)
    later = now + timedelta(seconds=60)
    assert times("192.0.2.1", now) == [True, True, False]
    assert times("192.0.2.2", now) == [True, True, False]
    assert times("192.0.2.1", later) == [True, True, False]
    assert "192.0.2" not in "".join(Kubelek.objects.values_list("key", flat=True))
    assert forget_past(later) == 2
    assert times("192.0.2.1", later) == [False, False, False]


@pytest.mark.parametrize(
    ("proxy", "headers", "sender"),
    [
        (None, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, "192.0.2.1"),
        (
            ("X", "https"),
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 192.0.2.7"},
            "192.0.2.7",
        ),
        (("X", "https"), {"REMOTE_ADDR": "127.0.0.1"}, "127.0.0.1"),
        (None, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
        (None, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_who_sends_is_not_what_they_claim(proxy, headers, sender, settings, rf):
    settings.SECURE_PROXY_SSL_HEADER = proxy
    assert public_forms.sender_of(rf.get("/", **headers)) == sender


@pytest.mark.parametrize(
    "address",
    [
        *("/zglos/", "/zglos/blad/", "/zglos/wroc/"),
        *("/admin/login/", "/admin/spotkania/material/wgraj/", "/admin/praktyki/praktyka/1/change/"),
    ],
)
def test_a_body_longer_than_any_file_is_read_past_and_refused_in_words(client, address, monkeypatch):
    def written(self, *args, **kwargs):
        pytest.fail("the body was taken apart")

    monkeypatch.setattr(middleware, "MAX_BODY", 100)
    monkeypatch.setattr(MultiPartParser, "parse", written)
    response = client.post(address, {"tytul": "x" * 200})
    assert response.status_code == 413
    assert "Za dużo danych" in response.content.decode()
    assert not response.wsgi_request.read(1)
