"""A gmina like mine: chosen by name, kept in the address or one cookie, compared part by part."""

from types import SimpleNamespace

import pytest

from praktyki.likeness import likeness
from tests.builders import make_instrument, make_jst, make_praktyka, make_wojewodztwo
from tests.reading import count_queries, read

LIST = "/praktyki/"
CHOOSE = "/moja-gmina/"


def unit(slug="x", typ="gmina-wiejska", ludnosc=10_000, lat=50.0, lon=19.0, wojewodztwo_id=1):
    return SimpleNamespace(
        slug=slug, typ=typ, ludnosc=ludnosc, lat=lat, lon=lon, wojewodztwo_id=wojewodztwo_id
    )


MINE = unit("moja")


@pytest.mark.parametrize(
    ("other", "points", "words"),
    [
        (unit(lat=50.1), 6, "ten sam rodzaj (gmina wiejska)"),
        (unit(typ="gmina-miejsko-wiejska", lat=50.1), 5, "pokrewny rodzaj (gmina miejsko-wiejska)"),
        (unit(typ="powiat", lat=50.1), 4, "inny rodzaj (powiat)"),
        (unit(typ="", lat=50.1), 4, "rodzaj: brak danych"),
        (unit(ludnosc=15_000, lat=50.1), 6, "podobna liczba mieszkańców (15\u00a0000)"),
        (unit(ludnosc=15_001, lat=50.1), 5, "zbliżona liczba mieszkańców (15\u00a0001)"),
        (unit(ludnosc=3_333, lat=50.1), 4, "inna liczba mieszkańców (3333)"),
        (unit(ludnosc=None, lat=50.1), 4, "liczba mieszkańców: brak danych"),
        (unit(lat=51.0), 5, "111\u00a0km"),
        (unit(lat=51.0, wojewodztwo_id=2), 4, "inne województwo"),
        (unit(lat=None, lon=None), 5, "odległość: brak danych"),
        (unit(lat=None, lon=None, wojewodztwo_id=None), 4, "województwo: brak danych"),
    ],
)
def test_each_part_is_counted_and_said(other, points, words):
    result = likeness(MINE, other)
    assert result.points == points
    assert words in result.parts(other)


def test_ones_own_comes_first_then_more_points_then_the_nearer_then_the_unplaced():
    far, near, nowhere = unit(lat=50.6), unit(lat=50.4), unit(lat=None, lon=None)
    worse, own = unit(typ="powiat", lat=50.1), unit("moja", ludnosc=None)
    ranked = sorted([nowhere, worse, far, own, near], key=lambda other: likeness(MINE, other).rank)
    assert ranked == [own, near, far, nowhere, worse]


@pytest.fixture
def region(db):
    """One's own gmina, one alike and near, one alike and far, one of another kind; a practice of each."""
    slaskie = make_wojewodztwo(nazwa="śląskie")
    places = {
        "Moja": {"lat": 50.0, "lon": 19.0},
        "Łaziska": {"lat": 50.1, "lon": 19.0},
        "Daleka": {"lat": 54.0, "lon": 18.0},
        "Powiat": {"typ": "powiat", "lat": 54.0, "lon": 18.0},
    }
    units = {
        name: make_jst(nazwa=name, wojewodztwo=slaskie, ludnosc=9000, **place)
        for name, place in places.items()
    }
    for name in reversed(units):
        make_praktyka(tytul=f"Praktyka: {name}", jst=[units[name]])
    return units


def titles(client, address):
    return [row.tytul.removeprefix("Praktyka: ") for row in client.get(address).context["katalog"].rows]


def test_the_list_says_how_alike_each_is_and_is_sorted_by_it(client, region):
    make_praktyka(tytul="Praktyka: niczyja")
    address = f"{LIST}?moja=moja&sort=podobienstwo"
    assert titles(client, address) == ["Moja", "Łaziska", "Daleka", "Powiat", "niczyja"]
    page = read(client, address)
    assert "To Twój samorząd: Moja" in page.text
    assert "Podobieństwo do: Moja – 6 z 6 pkt Łaziska: ten sam rodzaj (gmina wiejska)" in page.text
    assert "brak danych – praktyka nie wskazuje samorządu" in page.text
    assert "noindex" in page.html


def test_of_several_units_the_most_alike_counts_and_is_named(client, region):
    make_praktyka(tytul="Praktyka: wspólna", jst=[region["Powiat"], region["Łaziska"]])
    address = f"{LIST}?moja=moja&sort=podobienstwo"
    assert set(titles(client, address)[1:3]) == {"Łaziska", "wspólna"}
    assert read(client, address).text.count("Łaziska: ten sam rodzaj") == 2


def test_filters_links_and_the_practice_keep_the_unit_of_the_address(client, region):
    instrument = make_instrument()
    praktyka = make_praktyka(instrumenty=[instrument], jst=[region["Łaziska"]])
    page = read(client, f"{LIST}?moja=moja&sort=podobienstwo")
    assert f"{LIST}?instrument={instrument.slug}&moja=moja&sort=podobienstwo" in page.links
    assert f"{praktyka.get_absolute_url()}?moja=moja" in page.links
    assert "Podobieństwo do: Moja" in read(client, f"{praktyka.get_absolute_url()}?moja=moja").text
    assert "Podobieństwo do" not in read(client, praktyka).text


def test_the_order_is_offered_only_with_a_unit_and_an_unknown_one_is_named(client, region):
    assert "podobne do mojej gminy" not in read(client, LIST).text
    page = read(client, f"{LIST}?moja=nie-ma&sort=podobienstwo")
    assert "Nie znamy samorządu „nie-ma”" in page.text
    assert "nieznaną kolejność „podobienstwo”" in page.text
    assert "Podobieństwo do" not in page.text


def test_a_name_without_polish_letters_is_enough(client, region):
    response = client.get(CHOOSE, {"nazwa": " laziska ", "dalej": "/praktyki/?q=praktyka"})
    assert (response.status_code, response["Location"]) == (
        302,
        "/praktyki/?q=praktyka&moja=laziska&sort=podobienstwo",
    )
    assert not response.cookies


def test_several_of_a_name_are_offered_the_very_name_first(client, region):
    make_jst(nazwa="Gmina Łaziska")
    page = read(client, f"{CHOOSE}?nazwa=łaziska&zapamietaj=1")
    assert page.text.index(" Łaziska gmina wiejska") < page.text.index("Gmina Łaziska gmina wiejska")
    assert f"{CHOOSE}?jst=laziska&zapamietaj=1&dalej=%2Fpraktyki%2F" in page.links


@pytest.mark.parametrize("query", [{"nazwa": "Atlantyda"}, {"jst": "Atlantyda"}])
def test_an_unknown_name_is_named(client, region, query):
    response = client.get(CHOOSE, query)
    assert "Nie znamy samorządu „Atlantyda”" in response.content.decode()
    assert not response.cookies


def test_the_cookie_is_set_only_on_request_obeyed_and_forgotten(client, region):
    assert not client.get(f"{LIST}?moja=moja").cookies
    cookie = client.get(CHOOSE, {"jst": "moja", "zapamietaj": "1"}).cookies["moja"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        "moja",
        True,
        "Lax",
        "/",
    )
    assert titles(client, f"{LIST}?sort=podobienstwo")[0] == "Moja"
    assert "Twój samorząd: Daleka" in read(client, f"{LIST}?moja=daleka").text
    response = client.get(CHOOSE, {"zapomnij": "1", "dalej": "/praktyki/?moja=moja&sort=podobienstwo&q=a"})
    assert response["Location"] == "/praktyki/?q=a"
    assert not client.cookies["moja"].value
    assert "Twój samorząd" not in read(client, LIST).text


def test_a_cookie_of_a_unit_that_is_gone_changes_nothing(client, region):
    client.cookies["moja"] = "dawna"
    assert "Nie znamy" not in read(client, LIST).text


@pytest.mark.parametrize(
    "address",
    [
        "https://zly.pl/",
        "//zly.pl",
        "/\\zly.pl",
        "///zly.pl",
        "javascript:alert(1)",
        "zly",
        "/a\r\nX: y",
        "/\t/zly.pl",
    ],
)
def test_the_way_back_never_leaves_the_site(client, region, address):
    for query in ({"jst": "moja"}, {"zapomnij": "1"}):
        location = client.get(CHOOSE, {**query, "dalej": address})["Location"]
        assert location.partition("?")[0] == LIST


def test_the_number_of_queries_does_not_grow(client, region):
    address = f"{LIST}?moja=moja&sort=podobienstwo"
    before = count_queries(client, address)
    for _ in range(3):
        make_praktyka(jst=[make_jst(), make_jst(lat=50, lon=19)])
    assert count_queries(client, address) == before


def test_what_one_reader_chose_is_never_kept_for_another(client, region, settings):
    settings.DEBUG = False
    client.cookies["moja"] = "moja"
    for address in (LIST, f"{LIST}?moja=daleka"):
        mine = client.get(address)
        assert "Twój samorząd" in mine.content.decode()
        assert mine["Cache-Control"] == "private, no-cache"
    client.cookies.clear()
    for _ in range(2):
        everyones = client.get(LIST)
        assert "Twój samorząd" not in everyones.content.decode()
        assert everyones["Cache-Control"].startswith("public")
    assert client.get(f"{LIST}?moja=daleka")["Cache-Control"] == "private, no-cache"
