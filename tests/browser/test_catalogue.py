"""The catalogue as a reader uses it: with htmx in place, without JavaScript by ordinary pages."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import focused

FILTERED = "/praktyki/?instrument=regranting&instrument=mikrogrant&wojewodztwo=slaskie"


@pytest.fixture
def plain_page(chrome, site):
    """A page of a browser without JavaScript."""
    context = chrome.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def total(page):
    return int(page.locator("[data-total]").get_attribute("data-total"))


def test_the_real_content_is_there(page):
    for address, count in {
        "/praktyki/": 88,
        "/praktyki/?instrument=mikrogrant": 28,
        "/spotkania/": 31,
    }.items():
        page.goto(address)
        assert total(page) == count


def test_every_count_is_what_choosing_that_value_gives(page):
    page.goto(FILTERED)
    options = page.locator("[data-facet]").evaluate_all("all => all.map(e => ({...e.dataset}))")
    chosen = [("instrument", "regranting"), ("instrument", "mikrogrant"), ("wojewodztwo", "slaskie")]
    assert len(options) > 50
    for option in options:
        others = [f"{name}={value}" for name, value in chosen if name != option["facet"]]
        query = "&".join([*others, f"{option['facet']}={option['value']}"])
        html = page.request.get(f"/praktyki/?{query}").text()
        assert f'data-total="{option["count"]}"' in html, option


def test_choosing_a_value_updates_results_counts_and_address_in_place(page):
    page.goto("/praktyki/")
    page.evaluate("window.samePage = true")
    page.locator("#f-instrument-mikrogrant").click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "28")
    assert page.url.endswith("/praktyki/?instrument=mikrogrant")
    assert page.evaluate("window.samePage")
    assert page.evaluate("document.activeElement.id") == "f-instrument-mikrogrant"
    expect(page.locator("#katalog-status")).to_have_text(re.compile(r"28\s+praktyk"))
    expect(page).to_have_title(re.compile("Mikrogrant"))


def test_back_returns_to_the_list_before(page):
    page.goto("/praktyki/")
    page.locator("#f-instrument-mikrogrant").click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "28")
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "88")
    page.go_forward()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "28")


def test_a_removed_chip_gives_the_focus_to_the_results(page):
    page.goto(FILTERED)
    page.locator('[data-chip="wojewodztwo:slaskie"]').click()
    expect(page.locator('[data-chip="wojewodztwo:slaskie"]')).to_have_count(0)
    assert "praktyk" in focused(page)


def test_the_drawer_stays_open_while_values_are_chosen_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/praktyki/")
    expect(page.locator("#f-instrument-mikrogrant")).not_to_be_visible()
    page.get_by_text("Filtry", exact=False).first.click()
    page.locator("#f-instrument-mikrogrant").click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "28")
    expect(page.locator("#f-instrument-mikrogrant")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_everything_works_without_javascript(plain_page, width):
    plain_page.set_viewport_size({"width": width, "height": 900})
    plain_page.goto("/praktyki/")
    if width == 360:
        plain_page.get_by_text("Filtry", exact=False).first.click()
    plain_page.locator("#f-instrument-mikrogrant").click()
    assert total(plain_page) == 28
    plain_page.locator('[data-chip="instrument:mikrogrant"]').click()
    assert total(plain_page) == 88
    plain_page.goto("/praktyki/?instrument=mikrogrant")
    plain_page.locator("form[role=search] input[name=q], form input[name=q]").first.fill("Łódź")
    plain_page.keyboard.press("Enter")
    assert 0 < total(plain_page) < 88


def test_a_page_without_results_offers_the_filter_to_drop(page):
    page.goto("/praktyki/?instrument=poreczenie&wojewodztwo=slaskie")
    assert total(page) == 0
    links = page.locator("[data-total] a").all_inner_texts()
    assert any("Poręczenie" in text or "śląskie" in text for text in links)


def test_readers_get_no_cookie(page, context):
    for address in ("/", FILTERED, "/instrumenty/mikrogrant/", "/spotkania/", "/materialy/"):
        page.goto(address)
    assert context.cookies() == []


def test_the_last_of_two_quick_clicks_wins_and_the_address_agrees(page):
    page.goto("/praktyki/")
    page.route("**/praktyki/?*", lambda route: (time.sleep(0.3), route.continue_()))
    page.locator("#f-instrument-mikrogrant").click(no_wait_after=True)
    page.locator("#f-instrument-regranting").click(no_wait_after=True)
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "24")
    assert page.url.endswith("?instrument=regranting")
    expect(page.locator("h1")).to_have_text("Praktyki: Regranting")


@pytest.mark.parametrize("address", ["/praktyki/?q=" + "a" * 150, "/praktyki/?" + "a" * 300 + "=1"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_word_stays_within_the_page(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
