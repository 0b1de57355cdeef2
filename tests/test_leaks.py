"""One door to the public: what is not published shows in no output, whatever it is linked to.

Every model that is Publishable is put into every state that must stay hidden, with a canary word in every
text and links to everything a public page may follow. A public twin proves that each canary would be seen.
"""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.utils import timezone

from platforma.lib.publication import Publishable, Status
from tests import builders

pytestmark = pytest.mark.django_db

HIDDEN = ("draft", "scheduled", "archived", "sent_back")
CANARY = re.compile(r"kanarek\w")  # the word alone is only what was searched for
UNKNOWN = "adres-ktorego-nie-ma"


def state_fields(state):
    now = timezone.now()
    return {
        "public": {"status": Status.PUBLISHED, "published_at": now - timedelta(days=1)},
        "draft": {"status": Status.DRAFT},
        "scheduled": {"status": Status.PUBLISHED, "published_at": now + timedelta(hours=1)},
        "archived": {"status": Status.ARCHIVED, "published_at": now - timedelta(days=1)},
        "sent_back": {"status": Status.DRAFT, "status_reason": "kanarekpowod"},
    }[state]


def text_fields(model, word):
    """Put `word` into every text an editor fills."""
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.choices]
    texts = [field for field in fields if field.get_internal_type() in ("CharField", "TextField")]
    return {field.name: f"Tekst {word}" for field in texts}


def make_world(state):
    """Return a practice and a meeting in `state`, linked to public reference rows and to each other."""
    word = f"kanarek{state.replace('_', '')}"
    shared = {
        "instrument": builders.make_instrument(nazwa=f"Instrument {state}"),
        "jst": builders.make_jst(nazwa=f"Gmina {state}"),
        "temat": builders.make_temat(nazwa=f"Temat {state}"),
        "organizacja": builders.make_organizacja(nazwa=f"Fundacja {word}"),
    }
    praktyka = builders.make_praktyka(
        **text_fields(apps.get_model("praktyki.Praktyka"), word),
        **state_fields(state),
        slug=f"praktyka-{word}",
        instrumenty=[shared["instrument"]],
        jst=[shared["jst"]],
        tematy=[shared["temat"]],
        organizacje=[shared["organizacja"]],
        tagi=[f"tag {word}"],
    )
    spotkanie = builders.make_spotkanie(
        **text_fields(apps.get_model("spotkania.Spotkanie"), word),
        **state_fields(state),
        slug=f"spotkanie-{word}",
        poczatek=timezone.now() + timedelta(days=3),
        cykl=builders.make_cykl(nazwa=f"Cykl {word}"),
        organizatorzy=[shared["organizacja"]],
        instrumenty=[shared["instrument"]],
        tematy=[shared["temat"]],
        praktyki=[praktyka],
        tagi=[f"tag {word}"],
    )
    prelegent = builders.make_prelegent(nazwisko=f"Nazwisko{word}")
    builders.make_wystapienie(
        spotkanie, prelegenci=[(prelegent, f"rola {word}", shared["organizacja"])], tytul=f"Temat {word}"
    )
    builders.make_wypowiedz(
        spotkanie, tresc=f"Wniosek {word}", instrument=shared["instrument"], praktyka=praktyka
    )
    builders.make_material(tytul=f"Slajdy {word}", spotkanie=spotkanie)
    builders.make_material(
        tytul=f"Nagranie {word}", spotkanie=spotkanie, content=word.encode(), filename=f"{word}.pdf"
    )
    builders.make_material(
        tytul=f"Wzór {word}", praktyka=praktyka, content=b"%PDF-1.7", filename=f"{word}.pdf"
    )
    return {"praktyka": praktyka, "spotkanie": spotkanie, "prelegent": prelegent, **shared}


def outputs(world):
    """Return every public address: those without arguments, those of public reference rows, and searches."""
    addresses = [
        f"/{pattern.pattern}"
        for pattern in walk(get_resolver().url_patterns)
        if "<" not in str(pattern.pattern)
    ]
    addresses += [world["instrument"].get_absolute_url(), world["jst"].get_absolute_url()]
    for path in ("/praktyki/", "/spotkania/", "/materialy/", "/szukaj/", "/praktyki/podpowiedzi/"):
        addresses += [
            f"{path}?q=kanarek",
            f"{path}?q=tekst",
            f"{path}?instrument={world['instrument'].slug}",
            f"{path}?temat={world['temat'].slug}",
        ]
    return addresses


def walk(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            if str(pattern.pattern) != "admin/":
                yield from walk(pattern.url_patterns)
        else:
            yield pattern


def own_addresses(world):
    """Return the addresses that exist only because of the practice and the meeting themselves."""
    addresses = [
        world[name].get_absolute_url() for name in ("praktyka", "spotkanie", "prelegent", "organizacja")
    ]
    addresses.append(world["spotkanie"].cykl.get_absolute_url())
    addresses.append(world["praktyka"].materialy.get().get_absolute_url())
    addresses += [
        material.wersje.get().get_absolute_url() for material in world["spotkanie"].materialy.files()
    ]
    addresses.append(f"{world['spotkanie'].get_absolute_url()}materialy.zip")
    return addresses


def read(client, address):
    """Return the status and the text of an answer, a file's too."""
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, content.decode(errors="replace")


def test_every_publishable_model_is_in_this_test():
    publishable = {model.__name__ for model in apps.get_models() if issubclass(model, Publishable)}
    assert publishable == {"Praktyka", "Spotkanie"}


def test_a_public_row_shows_where_the_hidden_ones_are_looked_for(client):
    world = make_world("public")
    pages = {address: client.get(address).content.decode() for address in outputs(world)}
    shown = {address for address, html in pages.items() if "kanarekpublic" in html}
    for address in (
        "/",
        "/praktyki/",
        "/spotkania/",
        "/materialy/",
        "/sitemap.xml",
        "/mapa-strony/",
        "/spotkania/prelegenci/",
        world["instrument"].get_absolute_url(),
        world["jst"].get_absolute_url(),
        "/praktyki/?q=kanarek",
        "/spotkania/?q=kanarek",
        "/materialy/?q=kanarek",
    ):
        assert address in shown
    for address in own_addresses(world):
        assert read(client, address)[0] == 200, address


@pytest.mark.parametrize("state", HIDDEN)
def test_no_output_shows_it(client, state):
    world = make_world(state)
    for address in outputs(world):
        status, text = read(client, address)
        assert not CANARY.search(text), address
        assert status == 200, address


@pytest.mark.parametrize("state", ["draft", "scheduled", "sent_back"])
def test_its_addresses_answer_exactly_like_unknown_ones(client, state):
    for address in own_addresses(make_world(state)):
        hidden = client.get(address)
        unknown = client.get(address.replace("kanarek", UNKNOWN))
        assert (hidden.status_code, hidden.content) == (404, unknown.content), address
        assert hidden.headers == unknown.headers


def test_an_archived_entry_stays_at_its_address_with_a_notice_but_its_files_are_gone(client):
    world = make_world("archived")
    for name in ("praktyka", "spotkanie"):
        response = client.get(world[name].get_absolute_url())
        assert response.status_code == 200
        assert "archiwum" in response.content.decode()
    assert client.get(world["praktyka"].materialy.get().get_absolute_url()).status_code == 404
    assert client.get(f"{world['spotkanie'].get_absolute_url()}materialy.zip").status_code == 404


def test_internal_notes_are_public_nowhere(client):
    world = make_world("public")
    for name in ("praktyka", "spotkanie"):
        type(world[name]).objects.filter(pk=world[name].pk).update(uwagi_redakcji="kanarekwewnetrzny")
    for address in [*outputs(world), *own_addresses(world)]:
        assert "kanarekwewnetrzny" not in read(client, address)[1], address


def test_a_public_meeting_does_not_name_a_hidden_practice(client):
    hidden = builders.make_praktyka(status=Status.DRAFT, tytul="kanarekszkic")
    spotkanie = builders.make_spotkanie(praktyki=[hidden])
    builders.make_wypowiedz(spotkanie, praktyka=hidden)
    assert "kanarekszkic" not in client.get(spotkanie.get_absolute_url()).content.decode()


def test_an_archived_entry_does_not_name_a_hidden_successor(client):
    hidden = builders.make_praktyka(status=Status.DRAFT, tytul="kanareknastepca")
    archived = builders.make_praktyka(status=Status.ARCHIVED, successor=hidden)
    assert "kanareknastepca" not in client.get(archived.get_absolute_url()).content.decode()


def test_a_material_of_the_future_and_a_link_without_its_day_are_not_listed(client):
    spotkanie = builders.make_spotkanie()
    tomorrow = timezone.localdate() + timedelta(days=1)
    material = builders.make_material(
        tytul="kanarekmaterial", spotkanie=spotkanie, publiczny_od=tomorrow, content=b"%PDF-1.7"
    )
    for address in ("/materialy/", spotkanie.get_absolute_url()):
        assert "kanarekmaterial" not in client.get(address).content.decode()
    assert client.get(material.get_absolute_url()).status_code == 404
