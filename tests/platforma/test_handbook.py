"""The editors' handbook: for staff only, whole, and every link from a field arrives."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps

from platforma.lib import handbook
from platforma.roles import REDAKTOR, WYDAWCA
from tests import builders

pytestmark = pytest.mark.django_db

FORMS = [
    *("praktyki/praktyka", "praktyki/instrument", "praktyki/parametrprawny"),
    *("spotkania/spotkanie", "spotkania/material", "spotkania/prelegent"),
]
HREF = re.compile(r'href="(/admin/pomoc/[^"]*)"')


@pytest.fixture
def redaktor(client):
    client.force_login(builders.make_user(REDAKTOR))
    return client


class Anchors(HTMLParser):
    """Collects the ids of a page and whatever lies outside of the elements that were opened."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("page", handbook.PAGES)
def test_a_page_is_whole_and_its_links_arrive(redaktor, page):
    response = redaktor.get(f"/admin/pomoc/{page}/")
    assert response.status_code == 200
    html = response.content.decode()
    body = handbook.Page(page, "").body
    ids = Anchors(body).ids
    assert len(ids) == len(set(ids)) >= 4
    assert len(handbook.Page(page, "").sections) == len(ids) == body.count("<h2")
    for anchor in ids:
        assert f'href="#{anchor}"' in html
    for address in set(HREF.findall(html)):
        path, _, anchor = address.partition("#")
        target = redaktor.get(path)
        assert target.status_code == 200, address
        assert not anchor or f'id="{anchor}"' in target.content.decode(), address


def test_the_table_of_contents_names_every_section_of_every_page(redaktor):
    html = redaktor.get("/admin/pomoc/").content.decode()
    for page in handbook.pages():
        for anchor, heading in page.sections:
            assert f'<a href="/admin/pomoc/{page.slug}/#{anchor}">{heading}</a>' in html


@pytest.mark.parametrize(("name", "place"), handbook.SECTIONS.items())
def test_every_field_leads_to_a_section_that_is_there(name, place):
    page, anchor = place.split("#")
    assert anchor in Anchors(handbook.Page(page, "").body).ids
    model, _, field = name.rpartition(".")
    models = [row for app in ("praktyki", "spotkania") for row in apps.get_app_config(app).get_models()]
    owners = [row for row in models if not model or row._meta.model_name == model]
    assert any(field in {own.name for own in row._meta.get_fields()} for row in owners)


def test_fields_of_the_desk_carry_the_links(client):
    public, shown = builders.make_praktyka(), set()
    archiving = f"praktyki/praktyka/{public.pk}/change"
    client.force_login(builders.make_user(WYDAWCA))
    for page in [*(f"{form}/add" for form in FORMS), archiving]:
        html = client.get(f"/admin/{page}/").content.decode()
        shown |= {address.removeprefix("/admin/pomoc/").replace("/#", "#") for address in HREF.findall(html)}
    assert set(handbook.SECTIONS.values()) <= shown


def test_a_link_beside_a_field_says_where_it_leads_and_keeps_the_hint(redaktor):
    html = redaktor.get("/admin/praktyki/praktyka/add/").content.decode()
    link = (
        'Jedno–dwa zdania, które widać na karcie. <a class="help-link" '
        'href="/admin/pomoc/dobra-praktyka/#streszczenie" target="_blank" rel="noopener">Jak to wypełnić'
        '<span class="visually-hidden">: streszczenie (nowa karta)</span></a>'
    )
    assert link in html


def test_every_invented_example_says_that_it_is_invented():
    body = handbook.Page("przyklady", "").body
    assert body.count('<div class="help-example') == body.count("<strong>Przykład wymyślony, ") >= 10
    others = [handbook.Page(page, "").body for page in handbook.PAGES if page != "przyklady"]
    assert not any("Lipow" in other or "help-example" in other for other in others)


@pytest.mark.parametrize("address", ["/admin/pomoc/", "/admin/pomoc/publikacja/"])
def test_the_handbook_is_for_signed_in_staff(client, address):
    assert client.get(address).status_code == 302
    client.force_login(builders.make_user(is_staff=False))
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("slug", ["nie-ma", "_strona", "_spis"])
def test_an_unknown_page_is_missing(redaktor, slug):
    assert redaktor.get(f"/admin/pomoc/{slug}/").status_code == 404
