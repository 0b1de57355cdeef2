"""Lists of the desk by their links: broken, or never checked, wherever on an entry's page they stand."""

import pytest

from platforma import links
from platforma.lib.links.check import Outcome
from platforma.lib.links.filters import broken_q, unchecked_q
from platforma.lib.links.models import Wynik
from praktyki.models import Instrument, Praktyka
from spotkania.models import Spotkanie
from tests import builders

pytestmark = pytest.mark.django_db

BROKEN, SOUND, REFUSED, NEW = (f"https://przyklad.pl/{name}" for name in ("zly", "dobry", "odmowa", "nowy"))


@pytest.fixture
def checked():
    found = {BROKEN: (Wynik.BRAK, 404), SOUND: (Wynik.DZIALA, 200), REFUSED: (Wynik.ODMOWA, 403)}
    links.keep([(url, Outcome(*outcome)) for url, outcome in found.items()])


def source(url):
    builders.make_praktyka().zrodla.create(tytul="Uchwała", url=url)
    return Praktyka


def voice(url):
    builders.make_glos(builders.make_praktyka(), url=url)
    return Praktyka


def ruling(url):
    builders.make_praktyka().rozstrzygniecia.create(organ="rio", data="2024-01-02", wynik="niewazna", url=url)
    return Praktyka


def legal_basis(url):
    builders.make_instrument().podstawy_prawne.create(akt="Ustawa", url=url)
    return Instrument


def meeting(url):
    builders.make_spotkanie(link_online=url)
    return Spotkanie


@pytest.mark.parametrize("make", [source, voice, ruling, legal_basis, meeting])
@pytest.mark.parametrize(
    ("url", "is_broken", "is_unchecked"),
    [(BROKEN, True, False), (SOUND, False, False), (REFUSED, False, False), (NEW, False, True)],
)
def test_an_entry_is_found_by_a_link_anywhere_on_its_page(checked, make, url, is_broken, is_unchecked):
    model = make(url)
    assert model.objects.filter(broken_q(model)).exists() is is_broken
    assert model.objects.filter(unchecked_q(model)).exists() is is_unchecked


def test_a_source_without_an_address_waits_for_no_check():
    builders.make_praktyka().zrodla.create(tytul="Rozmowa telefoniczna")
    assert not Praktyka.objects.filter(unchecked_q(Praktyka)).exists()


def test_an_entry_with_several_broken_links_is_listed_once(checked, admin_client):
    praktyka, other = builders.make_praktyka(tytul="Zepsuta"), builders.make_praktyka(tytul="Zdrowa")
    for url in (BROKEN, SOUND):
        praktyka.zrodla.create(tytul="Uchwała", url=url)
    builders.make_glos(praktyka, url=BROKEN)
    other.zrodla.create(tytul="Uchwała", url=NEW)
    for value, title in (("zepsute", "Zepsuta"), ("niesprawdzone", "Zdrowa")):
        page = admin_client.get(f"/admin/praktyki/praktyka/?linki={value}")
        assert [row.tytul for row in page.context["cl"].result_list] == [title]


@pytest.mark.parametrize(
    "model",
    [
        *("praktyki/praktyka", "praktyki/instrument", "praktyki/parametrprawny", "praktyki/terminroczny"),
        *("praktyki/jst", "praktyki/organizacja"),
        *("spotkania/spotkanie", "spotkania/material", "spotkania/prelegent"),
    ],
)
@pytest.mark.parametrize(("value", "status"), [("zepsute", 200), ("niesprawdzone", 200), ("zmyślone", 200)])
def test_every_list_of_entries_with_links_has_the_filter(admin_client, model, value, status):
    page = admin_client.get(f"/admin/{model}/", {"linki": value})
    assert page.status_code == status
    assert "?linki=zepsute" in page.content.decode()


def test_the_form_says_of_each_source_what_was_found_and_when(checked, admin_client):
    praktyka = builders.make_praktyka()
    for url in (BROKEN, NEW):
        praktyka.zrodla.create(tytul="Uchwała", url=url)
    page = admin_client.get(f"/admin/praktyki/praktyka/{praktyka.pk}/change/").content.decode()
    assert f"nie ma takiej strony ({links.timezone.localdate():%d.%m.%Y})" in page
    assert "nie sprawdzono" in page
