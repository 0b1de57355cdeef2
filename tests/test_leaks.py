"""One door to the public: what is not published shows in no output, whatever it is linked to.

Every model that is Publishable is put into every state that must stay hidden, with a canary word in every
text and links to everything a public page may follow. A public twin proves that each canary would be seen.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.utils import timezone

from platforma.lib.preview.models import LinkPodgladu
from platforma.lib.publication import Publishable, Status
from praktyki.models.cytat import quoting_fields
from tests import builders

pytestmark = pytest.mark.django_db

HIDDEN = ("draft", "scheduled", "archived", "sent_back")
CANARY = re.compile(r"kanarek\w")  # the word alone is only what was searched for
FILES = ("eksport.csv", "eksport.xlsx", "eksport.json", "kanal.atom")
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
        "adopter": builders.make_jst(nazwa=f"Gmina druga {state}"),
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
    builders.make_glos(praktyka, tresc=f"Głos {word}", rola=f"rola {word}", osoba=f"Osoba {word}")
    builders.make_liczba(praktyka, rok=2025, opis=f"edycja {word}")
    builders.make_wdrozenie(praktyka, jst=shared["adopter"], co_zmieniono=f"Zmiana {word}")
    builders.make_rozstrzygniecie(praktyka, sygnatura=f"NK {word}", dotyczy=f"uchwała {word}")
    spotkanie = builders.make_spotkanie(
        **text_fields(apps.get_model("spotkania.Spotkanie"), word),
        **state_fields(state),
        slug=f"spotkanie-{word}",
        poczatek=timezone.now() + timedelta(days=3),
        odwolano=timezone.localdate(),
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
        tytul=f"Wzór {word}", rodzaj="wzor", praktyka=praktyka, content=b"%PDF-1.7", filename=f"{word}.pdf"
    )
    return {"praktyka": praktyka, "spotkanie": spotkanie, "prelegent": prelegent, **shared}


def outputs(world):
    """Return every public address: those without arguments, those of public reference rows, and searches."""
    addresses = [
        f"/{pattern.pattern}"
        for pattern in walk(get_resolver().url_patterns)
        if "<" not in str(pattern.pattern)
    ]
    addresses += [world[name].get_absolute_url() for name in ("instrument", "jst", "adopter")]
    addresses.append(f"{world['instrument'].get_absolute_url()}kalendarz/?start=2027-03-01")
    derived = [f"/{app}/{name}" for app in ("praktyki", "spotkania", "materialy") for name in FILES]
    for path in (
        *("/praktyki/", "/praktyki/mapa/", "/spotkania/", "/materialy/", "/szukaj/"),
        *("/praktyki/podpowiedzi/", *derived, "/spotkania/kalendarz.ics"),
    ):
        addresses += [
            f"{path}?q=kanarek",
            f"{path}?q=tekst",
            f"{path}?instrument={world['instrument'].slug}",
            f"{path}?temat={world['temat'].slug}",
            f"{path}?liczby=tak&wdrozenie=niepotwierdzone",
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
    addresses += derived_addresses(world)
    addresses.append(world["praktyka"].materialy.get().get_absolute_url())
    addresses += [
        material.wersje.get().get_absolute_url() for material in world["spotkanie"].materialy.files()
    ]
    addresses.append(f"{world['spotkanie'].get_absolute_url()}materialy.zip")
    return addresses


def derived_addresses(world):
    """Return the pictures, calendars and pages of time that are made of the practice and the meeting."""
    spotkanie, prelegent = world["spotkanie"], world["prelegent"]
    own = [world["praktyka"].picture_url, spotkanie.picture_url]
    own += [f"{row.get_absolute_url()[:-1]}.ics" for row in (spotkanie, prelegent, spotkanie.cykl)]
    return [
        *own,
        f"/spotkania/kalendarz/{spotkanie.rok}/",
        f"/spotkania/kalendarz/{spotkanie.local_start:%Y/%m}/",
    ]


def read(client, address):
    """Return the status and the text of an answer, a file's too; of a workbook, what is inside."""
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response["Content-Type"].endswith("spreadsheetml.sheet"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(map(book.read, book.namelist()))
    return response.status_code, content.decode(errors="replace")


def test_every_publishable_model_is_in_this_test():
    publishable = {model.__name__ for model in apps.get_models() if issubclass(model, Publishable)}
    assert publishable == {"Praktyka", "Spotkanie"}


def test_a_public_row_shows_where_the_hidden_ones_are_looked_for(client):
    world = make_world("public")
    pages = {address: read(client, address)[1] for address in outputs(world)}
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
        world["adopter"].get_absolute_url(),
        "/praktyki/?q=kanarek",
        "/spotkania/?q=kanarek",
        *(f"/{app}/{name}" for app in ("praktyki", "spotkania", "materialy") for name in FILES),
        *("/spotkania/kalendarz.ics", "/materialy/?q=kanarek"),
    ):
        assert address in shown, address
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


@pytest.mark.parametrize("state", HIDDEN)
def test_the_note_names_it_exactly_like_an_unknown_one(client, state):
    slug = make_world(state)["praktyka"].slug
    shown = builders.make_praktyka()
    for address in ("/praktyki/notatka/?p={}", f"/praktyki/notatka/?p={shown.slug}&p={{}}"):
        hidden, unknown = (client.get(address.format(name)).content.decode() for name in (slug, UNKNOWN))
        assert hidden.replace(slug, UNKNOWN) == unknown
        assert not CANARY.search(hidden.replace(slug, ""))


def test_a_quoted_legal_number_is_never_shown_as_its_key(client):
    world = make_world("public")
    rows = [world["praktyka"], world["spotkanie"], world["spotkanie"].wypowiedzi.get(), world["instrument"]]
    rows.append(world["instrument"].kroki.create(tresc="Krok"))
    for row in rows:
        fields = quoting_fields(type(row))
        assert fields
        row = type(row).objects.get(pk=row.pk)
        for name in fields:
            setattr(row, name, "Do {prog} netto kanarek.")
        row.save()
    pair = f"?p={world['praktyka'].slug}&p={builders.make_praktyka().slug}"
    together = [f"/praktyki/{page}/{pair}" for page in ("notatka", "porownaj")]
    together.append(
        f"/instrumenty/porownaj/?i={world['instrument'].slug}&i={builders.make_instrument().slug}"
    )
    for address in [*outputs(world), *own_addresses(world), *together]:
        assert "{prog}" not in read(client, address)[1], address


@pytest.mark.parametrize("state", ["draft", "scheduled", "sent_back"])
@pytest.mark.parametrize("name", ["praktyka", "spotkanie"])
def test_a_preview_link_opens_its_own_entry_and_nothing_else(client, name, state):
    world = make_world(state)
    text = rf"Tekst kanarek{state.replace('_', '')}"
    _link, code = LinkPodgladu.objects.issue(world[name])
    page = client.get(f"/podglad/{code}/").content.decode()
    assert text in page
    other = world["spotkanie" if name == "praktyka" else "praktyka"]
    for hidden in (other.get_absolute_url(), "Slajdy kanarek", "Wzór kanarek", "Nagranie kanarek"):
        assert hidden not in page
    for address in [*outputs(world), *own_addresses(world)]:
        assert not CANARY.search(read(client, address)[1]), address


def test_internal_notes_and_reasons_are_in_no_preview(client):
    praktyka = make_world("sent_back")["praktyka"]
    type(praktyka).objects.filter(pk=praktyka.pk).update(uwagi_redakcji="kanarekwewnetrzny")
    _link, code = LinkPodgladu.objects.issue(praktyka)
    page = client.get(f"/podglad/{code}/").content.decode()
    assert "Tekst kanareksentback" in page
    assert "kanarekwewnetrzny" not in page
    assert "kanarekpowod" not in page


def test_an_archived_entry_stays_at_its_address_with_a_notice_but_its_files_are_gone(client):
    world = make_world("archived")
    for name in ("praktyka", "spotkanie"):
        response = client.get(world[name].get_absolute_url())
        assert response.status_code == 200
        assert "archiwum" in response.content.decode()
    gone = [world["praktyka"].materialy.get().get_absolute_url(), *derived_addresses(world)]
    gone.append(f"{world['spotkanie'].get_absolute_url()}materialy.zip")
    for address in gone:
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("state", HIDDEN)
def test_its_numbers_count_nowhere(client, state):
    world = make_world(state)
    page = client.get(world["instrument"].get_absolute_url()).content.decode()
    assert "żadna opisana praktyka nie podaje takich liczb" in page
    assert "<svg viewBox" not in page
    html = client.get("/praktyki/").content.decode()
    for facet, value in (("liczby", "tak"), ("wdrozenie", "niepotwierdzone")):
        assert f'data-facet="{facet}" data-value="{value}" data-count="0"' in html


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


@pytest.mark.parametrize("state", HIDDEN)
def test_the_map_counts_no_hidden_entry_and_a_similar_one_names_none(client, state):
    world = make_world(state)
    twin = builders.make_praktyka(
        instrumenty=[world["instrument"]], jst=[world["jst"]], tematy=[world["temat"]]
    )
    world["jst"].wojewodztwo = builders.make_wojewodztwo(nazwa="śląskie", lat=50.3, lon=19.0)
    world["jst"].save()
    assert "śląskie: 1\u00a0praktyka" in read(client, "/praktyki/mapa/")[1]
    for address in (twin.get_absolute_url(), "/praktyki/?sort=podobienstwo&moja=" + world["jst"].slug):
        assert not CANARY.search(read(client, address)[1]), address


@pytest.mark.parametrize("state", HIDDEN)
def test_a_comparison_answers_a_hidden_entry_exactly_like_an_unknown_one(client, state):
    world, public = make_world(state), builders.make_praktyka()
    slug = world["praktyka"].slug
    for address in ("/praktyki/porownaj/?p={}", f"/praktyki/porownaj/?p={public.slug}&p={{}}"):
        hidden = client.get(address.format(slug)).content.decode()
        unknown = client.get(address.format(UNKNOWN)).content.decode()
        assert "Tekst kanarek" not in hidden
        assert hidden.replace(slug, UNKNOWN) == unknown


def test_a_material_of_the_future_and_a_link_without_its_day_are_not_listed(client):
    spotkanie = builders.make_spotkanie()
    tomorrow = timezone.localdate() + timedelta(days=1)
    material = builders.make_material(
        tytul="kanarekmaterial", spotkanie=spotkanie, publiczny_od=tomorrow, content=b"%PDF-1.7"
    )
    for address in ("/materialy/", spotkanie.get_absolute_url()):
        assert "kanarekmaterial" not in client.get(address).content.decode()
    assert client.get(material.get_absolute_url()).status_code == 404
