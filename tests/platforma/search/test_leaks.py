"""One door to the public: hidden rows show in no group, count, suggestion, correction or snippet.

A public twin has the same words, so that each would be found if the door stood open.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from platforma.lib.publication import Status
from tests import builders

pytestmark = pytest.mark.django_db

HIDDEN = ("draft", "scheduled", "archived", "sent_back")
QUERIES = (
    "kanarek",
    "kanarka tekst",
    "kanar",
    "kanarke",
    '"tekst kanarek"',
    "kanar*",
    "-nieobecne",
    "tekst -nieobecne",
)


def make_world(state):
    """Return a practice and a meeting in `state`, with the canary in all that they alone make public."""
    now = timezone.now()
    fields = {
        "public": {"status": Status.PUBLISHED, "published_at": now - timedelta(days=1)},
        "draft": {"status": Status.DRAFT},
        "scheduled": {"status": Status.PUBLISHED, "published_at": now + timedelta(hours=1)},
        "archived": {"status": Status.ARCHIVED, "published_at": now - timedelta(days=1)},
        "sent_back": {"status": Status.DRAFT, "status_reason": "kanarek"},
    }[state]
    organizacja = builders.make_organizacja(nazwa="Fundacja Kanarek")
    praktyka = builders.make_praktyka(
        tytul="Tekst kanarek",
        streszczenie="Tekst kanarek",
        problem="Tekst kanarek",
        tagi=["tekst kanarek"],
        organizacje=[organizacja],
        slug="kanarek",
        **fields,
    )
    spotkanie = builders.make_spotkanie(
        tytul="Tekst kanarek", opis="Tekst kanarek", praktyki=[praktyka], tagi=["tekst kanarek"], **fields
    )
    prelegent = builders.make_prelegent(nazwisko="Kanarek", notka="Tekst kanarek")
    builders.make_wystapienie(
        spotkanie, prelegenci=[(prelegent, "kanarek", organizacja)], tytul="Tekst kanarek"
    )
    builders.make_wypowiedz(spotkanie, tresc="Tekst kanarek")
    builders.make_material(tytul="Tekst kanarek", praktyka=praktyka)
    builders.make_material(tytul="Tekst kanarek", spotkanie=spotkanie)
    return organizacja


def test_a_public_twin_is_found(client):
    make_world("public")
    page = client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"]
    assert {group.source.name: group.total for group in page.groups} == {
        "praktyki": 1,
        "spotkania": 1,
        "materialy": 2,
        "prelegenci": 1,
    }
    assert {
        s["kind"] for s in client.get("/praktyki/podpowiedzi/", {"q": "kanar"}).json()["suggestions"]
    } == {
        "tag",
        "praktyka",
    }


@pytest.mark.parametrize("state", HIDDEN)
def test_no_output_of_the_search_shows_a_hidden_row(client, state):
    make_world(state)
    for query in QUERIES:
        page = client.get("/szukaj/", {"q": query}).context["szukaj"]
        assert (page.total, page.groups) == (0, []), query
        assert page.did_you_mean is None, query
        assert page.relax == [], query
    for typed in ("ka", "kanar", "tekst k", "kanarka", "kanarek"):
        assert client.get("/praktyki/podpowiedzi/", {"q": typed}).json()["suggestions"] == []
        html = client.get("/praktyki/podpowiedzi/", {"q": typed}, headers={"Accept": "text/html"}).content
        assert not html.strip()


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_rows_change_no_count_beside_public_ones(client, state):
    builders.make_praktyka(tytul="Publiczny kanarek", tagi=["kanarek"])
    make_world(state)
    page = client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"]
    assert {group.source.name: group.total for group in page.groups} == {"praktyki": 1}
    html = client.get("/szukaj/", {"q": "kanarek"}).content.decode().lower()
    assert "tekst" not in html.split("<main")[1].split("</main")[0]
    suggestions = client.get("/praktyki/podpowiedzi/", {"q": "kanar"}).json()["suggestions"]
    assert [(s["label"], s["count"]) for s in suggestions] == [("kanarek", 1), ("Publiczny kanarek", 1)]


def test_a_scheduled_row_is_found_when_its_time_comes(client, monkeypatch):
    soon = timezone.now() + timedelta(minutes=5)
    builders.make_praktyka(tytul="Kanarek", published_at=soon)
    assert client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"].total == 0
    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(seconds=1))
    assert client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"].total == 1
    assert client.get("/praktyki/podpowiedzi/", {"q": "kanar"}).json()["suggestions"][0]["label"] == "Kanarek"


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_a_public_speaker_is_not_found_by_what_only_a_hidden_meeting_says(client, state):
    organizacja = make_world(state)
    spotkanie = builders.make_spotkanie(tytul="Jawne")
    prelegent = builders.make_prelegent(nazwisko="Jawna")
    builders.make_wystapienie(spotkanie, prelegenci=[(prelegent, "", None)])
    fields = (
        {"status": Status.DRAFT} if state == "draft" else {"published_at": timezone.now() + timedelta(days=1)}
    )
    hidden = builders.make_spotkanie(**fields)
    builders.make_wystapienie(hidden, prelegenci=[(prelegent, "", organizacja)])
    assert client.get("/szukaj/", {"q": "jawna"}).context["szukaj"].total == 2
    assert client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"].total == 0


def test_a_note_about_a_person_without_consent_finds_nothing(client):
    spotkanie = builders.make_spotkanie()
    prelegent = builders.make_prelegent(nazwisko="Jawna", notka="Hoduje kanarki.")
    builders.make_wystapienie(spotkanie, prelegenci=[(prelegent, "", None)])
    assert client.get("/szukaj/", {"q": "kanarki"}).context["szukaj"].total == 0
    prelegent.zgoda = timezone.localdate()
    prelegent.save()
    assert "Hoduje <mark>kanarki</mark>" in client.get("/szukaj/", {"q": "kanarki"}).content.decode()


def test_a_material_before_its_day_is_not_found(client):
    spotkanie = builders.make_spotkanie()
    tomorrow = timezone.localdate() + timedelta(days=1)
    builders.make_material(tytul="Kanarek", spotkanie=spotkanie, publiczny_od=tomorrow)
    assert client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"].total == 0


def test_internal_notes_find_nothing(client):
    builders.make_praktyka(uwagi_redakcji="kanarek")
    builders.make_spotkanie(uwagi_redakcji="kanarek")
    assert client.get("/szukaj/", {"q": "kanarek"}).context["szukaj"].total == 0
