"""A practice whose resolution was struck down carries a warning wherever it is named."""

import pytest

from platforma.lib.publication import Status
from tests.builders import (
    make_instrument,
    make_jst,
    make_material,
    make_organizacja,
    make_praktyka,
    make_prelegent,
    make_rozstrzygniecie,
    make_spotkanie,
    make_wdrozenie,
    make_wypowiedz,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

IN_A_LINE = "podstawa prawna podważona"
WARNING = f"Uwaga: {IN_A_LINE}"


@pytest.fixture
def world():
    """A practice linked to everything whose page lists or names it."""
    instrument, jst, organizacja = make_instrument(), make_jst(), make_organizacja()
    adopter = make_jst()
    praktyka = make_praktyka(
        tytul="Fundusz podwórkowy", instrumenty=[instrument], jst=[jst], organizacje=[organizacja]
    )
    make_wdrozenie(praktyka, jst=adopter)
    spotkanie, prelegent = make_spotkanie(praktyki=[praktyka]), make_prelegent()
    make_wypowiedz(spotkanie, prelegent=prelegent, praktyka=praktyka)
    make_material(praktyka=praktyka, tytul="Wzór uchwały podwórkowej")
    return {
        "praktyka": praktyka,
        "instrument": instrument,
        "jst": jst,
        "adopter": adopter,
        "organizacja": organizacja,
        "spotkanie": spotkanie,
        "prelegent": prelegent,
    }


CARDS = ("/", "/praktyki/", "/praktyki/?q=fundusz", "/szukaj/?q=fundusz")
LINES = ("/materialy/", "/szukaj/?q=wzór+uchwały")


def places(world):
    """Return `{address: the words of the warning there}`."""
    cards = [
        *CARDS,
        *(world[name].get_absolute_url() for name in ("instrument", "jst", "adopter", "organizacja")),
    ]
    lines = [*LINES, world["prelegent"].get_absolute_url()]
    return (
        dict.fromkeys(cards, WARNING)
        | dict.fromkeys(lines, IN_A_LINE)
        | {
            world["spotkanie"].get_absolute_url(): WARNING,
            world["praktyka"].get_absolute_url(): "Podstawa prawna tej praktyki została podważona.",
        }
    )


@pytest.mark.parametrize("wynik", ["niewaznosc", "niewaznosc-czesci", "uchylona"])
def test_the_warning_stands_wherever_the_practice_is_named(client, world, wynik):
    make_rozstrzygniecie(world["praktyka"], wynik=wynik)
    for address, words in places(world).items():
        assert words in read(client, address).text, address


def test_an_archived_practice_warns_of_its_successor(client, world):
    make_rozstrzygniecie(world["praktyka"])
    archived = make_praktyka(status=Status.ARCHIVED, successor=world["praktyka"])
    assert f"Fundusz podwórkowy uwaga: {IN_A_LINE}" in read(client, archived).text


def test_a_comparison_and_a_similar_practice_warn_too(client, world):
    make_rozstrzygniecie(world["praktyka"])
    twin = make_praktyka(instrumenty=[world["instrument"]])
    assert WARNING in read(client, twin).text
    for others in ("", f"&p={twin.slug}"):
        assert IN_A_LINE in read(client, f"/praktyki/porownaj/?p={world['praktyka'].slug}{others}").text


def test_suggestions_warn_beside_the_title(client, world):
    make_rozstrzygniecie(world["praktyka"])
    (suggestion,) = client.get("/praktyki/podpowiedzi/?q=fundusz").json()["suggestions"]
    assert suggestion["label"] == f"Fundusz podwórkowy (uwaga: {IN_A_LINE})"


@pytest.mark.parametrize("kw", [{"wynik": "bez-uwag"}, {"wynik": "uwagi"}, {"obowiazuje": False}])
def test_a_ruling_that_struck_nothing_down_or_fell_itself_warns_nowhere(client, world, kw):
    make_rozstrzygniecie(world["praktyka"], **kw)
    for address in places(world):
        text = read(client, address).text
        assert "Uwaga:" not in text, address
        assert "podważona" not in text, address


def test_a_ruling_that_fell_is_still_told_on_the_page(client, world):
    make_rozstrzygniecie(world["praktyka"], obowiazuje=False)
    assert "To rozstrzygnięcie już nie obowiązuje: uchylono je." in read(client, world["praktyka"]).text
