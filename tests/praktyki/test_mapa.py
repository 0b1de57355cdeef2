"""The map: every dot is a link to a list of just as many practices, and a list says the same."""

import re

import pytest

from tests.builders import make_instrument, make_jst, make_praktyka, make_wojewodztwo
from tests.reading import read

pytestmark = pytest.mark.django_db
MAP = "/praktyki/mapa/"


@pytest.fixture
def places():
    """Two voivodeships with a position and one without; two gminas of the metropolis; practices of them."""
    slaskie = make_wojewodztwo(nazwa="śląskie", lat=50.3, lon=19.0)
    pomorskie = make_wojewodztwo(nazwa="pomorskie", lat=54.2, lon=18.0)
    nieznane = make_wojewodztwo(nazwa="nieznane")
    katowice = make_jst(nazwa="Katowice", wojewodztwo=slaskie, w_gzm=True, lat=50.25, lon=19.0)
    zabrze = make_jst(nazwa="Zabrze", wojewodztwo=slaskie, w_gzm=True, lat=50.3, lon=18.8)
    gdansk, osada = make_jst(nazwa="Gdańsk", wojewodztwo=pomorskie), make_jst(wojewodztwo=nieznane)
    instrument = make_instrument(nazwa="Mikrogrant")
    make_praktyka(jst=[katowice], instrumenty=[instrument], rok_od=2020)
    make_praktyka(jst=[katowice, gdansk], rok_od=2010)
    make_praktyka(jst=[osada])
    make_praktyka()
    return {"katowice": katowice, "zabrze": zabrze}


def dots(page):
    """Return `{name: (number, address)}` of the dots drawn."""
    found = re.findall(r'<a href="([^"]*)" rel="nofollow" aria-label="([^:]+): (\d+)', page.html)
    return {name: (int(count), address.replace("&amp;", "&")) for address, name, count in found}


def test_places_with_practices_are_dots_with_names_numbers_and_addresses(client, places):
    assert dots(read(client, MAP)) == {
        "śląskie": (2, "/praktyki/?wojewodztwo=slaskie"),
        "pomorskie": (1, "/praktyki/?wojewodztwo=pomorskie"),
        "Katowice": (2, "/praktyki/?jst=katowice"),
    }


def test_the_same_stands_in_a_list_and_places_without_a_position_apart(client, places):
    text = read(client, MAP).text
    assert "pomorskie 1 praktyka śląskie 2 praktyki" in text
    assert "Bez położenia bez województwa 1 praktyka nieznane 1 praktyka" in text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?instrument=mikrogrant",
        "?wojewodztwo=slaskie",
        "?wojewodztwo=slaskie&wojewodztwo=pomorskie&rok_od=2015",
        "?jst=gdansk",
        "?jst=katowice&q=praktyka",
    ],
)
def test_every_number_is_that_of_the_list_it_leads_to(client, places, query):
    page = read(client, MAP + query)
    assert dots(page)
    listed = re.findall(
        r'<li><a href="([^"]*)" rel="nofollow">[^<]*</a> <span class="count">(\d+)', page.html
    )
    for address, count in [*listed, *((url, count) for count, url in dots(page).values())]:
        assert f'data-total="{count}"' in read(client, address.replace("&amp;", "&")).html, (query, address)


def test_other_filters_hold_and_can_be_taken_away(client, places):
    page = read(client, f"{MAP}?instrument=mikrogrant&jst=katowice")
    assert dots(page)["Katowice"] == (1, "/praktyki/?instrument=mikrogrant&jst=katowice")
    assert f"{MAP}?jst=katowice" in page.links
    assert "/praktyki/?instrument=mikrogrant&jst=katowice" in page.links
    assert "Zabrze" not in page.text


def test_the_list_leads_to_the_map_of_the_same_filter(client, places):
    assert f"{MAP}?instrument=mikrogrant" in read(client, "/praktyki/?instrument=mikrogrant").links


def test_a_place_farther_north_is_higher_and_farther_east_more_to_the_right(client, places):
    poland = client.get(MAP).context["mapa"].poland
    pomorskie, slaskie = poland.dots
    assert (pomorskie.name, slaskie.name) == ("pomorskie", "śląskie")
    assert pomorskie.y < slaskie.y
    assert pomorskie.x < slaskie.x
    assert pomorskie.r < slaskie.r
    for dot in poland.dots:
        assert dot.r <= dot.x <= poland.width - dot.r
        assert dot.r <= dot.y <= poland.height - dot.r


def test_nothing_found_and_nothing_placed_have_their_sentences(client, places):
    assert (
        "Żadna praktyka nie spełnia tych warunków"
        in read(client, f"{MAP}?instrument=mikrogrant&rok_do=2000").text
    )
    assert "Żadna z tych praktyk nie leży na tej mapie." in read(client, f"{MAP}?jst=gdansk").text


def test_a_map_without_any_position_is_a_list(client):
    make_praktyka(jst=[make_jst(wojewodztwo=make_wojewodztwo(nazwa="bez pozycji"))])
    page = read(client, MAP)
    assert '<svg class="map"' not in page.html
    assert "bez pozycji 1 praktyka" in page.text
