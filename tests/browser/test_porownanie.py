"""Comparing, the map and one's own gmina in a real browser: by keyboard, with htmx, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.browser.test_catalogue import plain_page  # noqa: F401  (a fixture)

LIST = "/praktyki/"
COMPARED = "/praktyki/porownaj/?p=gdanski-fundusz-sasiedzki&p=budzet-obywatelski-sosnowca&p=nie-ma"


def boxes(page):
    return page.get_by_role("checkbox", name="Porównaj")


def tick(page, *numbers):
    for number in numbers:
        boxes(page).nth(number).check()


def columns(page):
    return page.locator("thead th a:not(.comparison-remove)").all_inner_texts()


def test_what_is_ticked_is_compared_without_javascript(plain_page):  # noqa: F811
    plain_page.goto(LIST)
    titles = plain_page.locator(".card-title").all_inner_texts()
    tick(plain_page, 0, 2)
    plain_page.get_by_role("button", name="Porównaj zaznaczone").click()
    assert columns(plain_page) == [titles[0], titles[2]]
    plain_page.get_by_role("link", name="Pokaż tylko różnice").click()
    assert "roznice=1" in plain_page.url
    plain_page.get_by_role("link", name=re.compile("usuń wpis")).first.click()
    expect(plain_page.get_by_role("heading", level=2).first).to_have_text(
        "Do porównania potrzeba co najmniej dwóch wpisów"
    )
    plain_page.get_by_role("link", name="Wybierz kolejne praktyki").click()
    assert boxes(plain_page).nth(2).is_checked()


def test_ticks_follow_the_reader_through_pages_and_filters(page):
    page.goto(LIST)
    tick(page, 0, 1)
    expect(page.locator("[data-picked]")).to_have_text("Zaznaczono 2 z 4.")
    page.get_by_role("link", name="Następna").click()
    expect(page).to_have_url(re.compile("strona=2.*p=.*p="))
    expect(page.locator("[data-picked]")).to_have_text("Zaznaczono 2 z 4.")
    tick(page, 0, 1, 2)
    expect(page.locator("[data-picked]")).to_have_text("Zaznaczono 5; porównamy pierwsze 4.")
    boxes(page).nth(0).uncheck()
    page.locator('[data-facet="instrument"][data-value="mikrogrant"]').click()
    expect(page.locator('[data-chip="instrument:mikrogrant"]')).to_be_visible()
    expect(page.locator("[data-picked]")).to_have_text("Zaznaczono 4 z 4.")
    page.get_by_role("button", name="Porównaj zaznaczone").click()
    assert len(columns(page)) == 4


def test_the_keyboard_ticks_and_compares(page):
    page.goto("/instrumenty/")
    boxes(page).nth(0).focus()
    page.keyboard.press("Space")
    boxes(page).nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Porównanie instrumentów")
    assert len(columns(page)) == 2


def test_a_narrow_screen_scrolls_the_table_alone_and_by_keyboard(page):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(COMPARED)
    region = page.get_by_role("region", name="Tabela porównania")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.comparison-wrap').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    first = page.locator("tbody th").first.bounding_box()
    assert first["x"] >= 0


def test_the_comparison_prints_on_landscape_and_fits(page):
    page.goto(COMPARED)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 700})  # A4 on its side without margins, in CSS pixels
    assert page.evaluate("document.querySelector('.comparison').offsetWidth") <= 1032
    assert b"/MediaBox [0 0 841" in page.pdf(prefer_css_page_size=True)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_unit_is_chosen_by_name_and_remembered_only_on_request(chrome, site, scripts):
    context = chrome.new_context(base_url=site.url, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{LIST}?instrument=mikrogrant")
    page.get_by_role("link", name="Wybierz swoją gminę").click()
    page.get_by_label("Nazwa gminy").fill("gliwice")
    page.get_by_role("button", name="Wybierz").click()
    expect(page.locator(".own-unit")).to_contain_text("Twój samorząd: Gliwice")
    assert "instrument=mikrogrant" in page.url
    assert context.cookies() == []
    page.get_by_role("link", name="Zmień").click()
    page.get_by_label("Nazwa gminy").fill("zabrze")
    page.get_by_label("Zapamiętaj").check()
    page.get_by_role("button", name="Wybierz").click()
    assert [cookie["value"] for cookie in context.cookies()] == ["zabrze"]
    page.goto(LIST)
    expect(page.locator(".alike").first).to_contain_text("Podobieństwo do: Zabrze")
    page.get_by_role("link", name="Zapomnij").click()
    assert context.cookies() == []
    expect(page.locator(".alike")).to_have_count(0)
    context.close()


def test_dots_take_the_focus_visibly_and_lead_to_lists(page):
    page.goto("/praktyki/mapa/")
    dot = page.get_by_role("link", name="śląskie: 20")
    before = dot.locator("circle").evaluate("circle => getComputedStyle(circle).strokeWidth")
    page.get_by_role("link", name="Lista tych praktyk i filtry").focus()
    page.keyboard.press("Tab")
    focused = page.locator("svg a:focus circle")
    expect(focused).to_have_count(1)
    assert focused.evaluate("circle => getComputedStyle(circle).strokeWidth") != before
    dot.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "20")


@pytest.mark.parametrize(
    "address", [COMPARED, "/praktyki/mapa/", "/praktyki/?moja=gliwice&p=gdanski-fundusz-sasiedzki"]
)
def test_axe_finds_nothing_with_more_contrast(page, address):
    page.emulate_media(color_scheme="dark", contrast="more")
    page.goto(address)
    assert violations(page) == []
