"""One row of everything, entries in every state, and the people who come to the site."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from platforma.lib import history
from platforma.lib.audit import Zdarzenie
from platforma.lib.history.state import Versions
from platforma.lib.links.models import SprawdzonyAdres
from platforma.lib.preview.models import LinkPodgladu, UwagaPodgladu
from platforma.lib.publication import Status
from platforma.lib.search.models import Synonim, Zapytanie
from platforma.models import DeklaracjaDostepnosci, Wiadomosc, Zgloszenie
from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA
from praktyki.models import (
    AliasInstrumentu,
    Odpowiedz,
    ParametrPrawny,
    PrzypadekKreatora,
    Pytanie,
    Regula,
    Tag,
)
from tests import builders
from tests.documents import named, picture

STATES = {
    "draft": {"status": Status.DRAFT},
    "review": {"status": Status.REVIEW},
    "scheduled": {"status": Status.PUBLISHED, "published_at": timezone.now() + timedelta(days=30)},
    "public": {"status": Status.PUBLISHED},
    "archived": {"status": Status.ARCHIVED},
}
HIDDEN = ("draft", "review", "scheduled")  # from everybody without an account or a preview link


def make_world() -> dict:
    """Return the rows that `matrix.csv` names, by those names."""
    world = {"today": timezone.localdate()}
    for state, fields in STATES.items():
        make_entries(world, state, fields)
    make_knowledge(world)
    make_reference_rows(world)
    make_submissions(world)
    world["redaktor"] = builders.make_user(REDAKTOR, username="redaktorka")
    world["administrator"] = builders.make_user(ADMINISTRATOR, username="administratorka")
    world["superuser"] = builders.make_user(username="wlascicielka", is_superuser=True)
    world["group"] = Group.objects.get(name=WYDAWCA)
    for kind in ("konto", "stan"):
        world[f"zdarzenie_{kind}"] = Zdarzenie.objects.filter(rodzaj=kind).latest("pk")
    return world | versions_of(world)


def versions_of(world) -> dict:
    """Return the addresses of the first and of the last version of each row: "dawna_…", "ostatnia_…"."""
    found = {}
    for name, row in world.items():
        if history.tracked(type(row)):
            moments = Versions(type(row), row.pk).moments
            found |= {f"dawna_{name}": moments[0].address, f"ostatnia_{name}": moments[-1].address}
    return found


def make_entries(world, state, fields):
    """Add a practice and a meeting in `state`, with what belongs to them."""
    praktyka = builders.make_praktyka(slug=f"praktyka-{state}", **fields)
    spotkanie = builders.make_spotkanie(
        slug=f"spotkanie-{state}", poczatek=timezone.now(), praktyki=[praktyka], **fields
    )
    world[f"praktyka_{state}"], world[f"spotkanie_{state}"] = praktyka, spotkanie
    for entry in (praktyka, spotkanie):
        link, code = LinkPodgladu.objects.issue(entry, dla_kogo="Urząd")
        name = f"{entry._meta.model_name}_{state}"
        world[f"link_{name}"], world[f"kod_{name}"] = link, code
        world[f"uwaga_{name}"] = UwagaPodgladu.objects.receive(link, "Uwaga.", "bilet")
    world[f"wystapienie_{state}"] = builders.make_wystapienie(spotkanie)
    material = builders.make_material(spotkanie=spotkanie, content=b"%PDF-1.7", filename="material.pdf")
    world[f"material_{state}"], world[f"wersja_{state}"] = material, material.wersje.get()


def make_knowledge(world):
    instrument = world["instrument"] = builders.make_instrument(slug="instrument")
    builders.make_instrument(slug="inny")
    world["alias"] = AliasInstrumentu.objects.create(instrument=instrument, nazwa="inna nazwa")
    world["parametr"] = ParametrPrawny.objects.create(
        instrument=instrument, klucz="prog", nazwa="Próg", wartosc=10_000, obowiazuje_od=world["today"]
    )
    world["termin"] = builders.make_termin()
    world["pytanie"] = Pytanie.objects.create(slug="kto", tresc="Kto?")
    world["odpowiedz"] = Odpowiedz.objects.create(pytanie=world["pytanie"], slug="my", tresc="My")
    world["regula"] = Regula.objects.create(
        odpowiedz=world["odpowiedz"], instrument=instrument, rodzaj=Regula.Rodzaj.PRZECIW, powod="Bo nie."
    )
    world["przypadek"] = PrzypadekKreatora.objects.create(opis="Przypadek", adres="?kto=my")


def make_reference_rows(world):
    world["wojewodztwo"] = builders.make_wojewodztwo()
    world["jst"] = builders.make_jst(slug="gmina", wojewodztwo=world["wojewodztwo"])
    world["organizacja"] = builders.make_organizacja(slug="organizacja")
    world["temat"], world["odbiorca"] = builders.make_temat(), builders.make_odbiorca()
    world["tag"] = Tag.objects.create(name="tag", slug="tag")
    world["cykl"] = builders.make_cykl(slug="cykl")
    world["spotkanie_public"].cykl = world["cykl"]
    world["spotkanie_public"].save()
    photo = named("osoba.png", picture())
    world["prelegent"] = builders.make_prelegent(slug="prelegentka", zgoda=world["today"], zdjecie=photo)
    builders.make_wystapienie(world["spotkanie_public"], prelegenci=[(world["prelegent"], "", None)])
    world["synonim"] = Synonim.objects.create(fraza="gmina", zamienniki="miasto")
    world["zapytanie"] = Zapytanie.objects.create(
        slowa="słowa", strona="szukaj", dzien=world["today"], razy=1, wyniki=0
    )
    world["link"] = SprawdzonyAdres.objects.create(
        url="https://przyklad.pl/uchwala", wynik="brak", sprawdzono=timezone.now()
    )
    world["deklaracja"] = DeklaracjaDostepnosci.objects.create()


def make_submissions(world):
    """Add a submission in every state with a file, the report of an error, and a message."""
    decided = {"decided_at": timezone.now(), "praktyka": world["praktyka_draft"]}
    for state, fields in (
        ("draft", {"sent_at": None}),
        ("received", {}),
        ("missing", {"odpowiedz": "Ilu było chętnych?"}),
        ("accepted", decided),
    ):
        row = world[f"zgloszenie_{state}"] = builders.make_zgloszenie(state=state, **fields)
        world[f"zalacznik_{state}"] = row.zalaczniki.create(plik=ContentFile(b"%PDF-1.7", name="a.pdf"))
    address = world["praktyka_public"].get_absolute_url()
    world["blad"] = builders.make_zgloszenie(rodzaj=Zgloszenie.Rodzaj.BLAD, strona=address, opis_bledu="Rok.")
    world["wiadomosc"] = Wiadomosc.objects.create(
        adres="jan@example.org", temat="Przyjęto", tekst="Tak.", html="<p>Tak.</p>"
    )


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(builders.make_user(role))
    return client


def opener(*addresses) -> Client:
    """Return a visitor without an account who has opened these secret addresses before."""
    client = Client()
    for address in addresses:
        assert client.get(address, follow=True).status_code == 200, address
    return client


def with_preview_links(world) -> Client:
    """Return whoever holds the preview link of an entry in each state that has one."""
    codes = (world[f"kod_{kind}_{state}"] for kind in ("praktyka", "spotkanie") for state in HIDDEN)
    return opener(*(f"/podglad/{code}/" for code in codes))


def with_submissions(world) -> Client:
    """Return whoever holds the secret address of a submission in each state."""
    rows = (world[f"zgloszenie_{state}"] for state in ("draft", "received", "missing", "accepted"))
    return opener(*(row.get_absolute_url() for row in rows), world["blad"].get_absolute_url())


VISITORS = {  # the columns of the matrix: who comes, made for a world
    "anonim": lambda world: Client(),
    "podglad": with_preview_links,
    "zglaszajacy": with_submissions,
    "redaktor": lambda world: signed_in(REDAKTOR),
    "wydawca": lambda world: signed_in(WYDAWCA),
    "administrator": lambda world: signed_in(ADMINISTRATOR),
}
