"""The chooser as a reader uses it: live with htmx, by the keyboard alone, without JavaScript, on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations

CHOOSER = "/instrumenty/kreator/"
ADDRESSES = {
    "start": CHOOSER,
    "result": f"{CHOOSER}?wykonawca=organizacja-uslugowa&cel=zakup&kwota_zl=150000&start=2025-06-01",
    "contradiction": f"{CHOOSER}?wykonawca=grupa-nieformalna&cel=plynnosc",
    "not understood": f"{CHOOSER}?wykonawca=organizacja&kwota_zl=abc&start=kiedys&obce=1",
}


@pytest.fixture
def plain_page(chrome, site):
    """A page of a browser without JavaScript."""
    context = chrome.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def group_of(page, instrument):
    return page.locator(f'[data-instrument="{instrument}"]').get_attribute("data-group")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(ADDRESSES[name])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_in_the_dark(page):
    page.emulate_media(color_scheme="dark")
    for address in ADDRESSES.values():
        page.goto(address)
        assert violations(page) == []


def test_it_narrows_live_and_keeps_the_focus_and_says_the_result(page):
    page.goto(CHOOSER)
    page.get_by_label("Grupa nieformalna").check()
    expect(page.locator('[data-instrument="mikrogrant"]')).to_be_visible()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?wykonawca=grupa-nieformalna")
    assert page.evaluate("document.activeElement.id") == "o-wykonawca-grupa-nieformalna"
    expect(page.locator("#kreator-status")).to_contain_text("Najwięcej przemawia za: Mikrogrant")
    page.get_by_label("albo wpisz kwotę").fill("20 000")
    page.keyboard.press("Tab")
    expect(page.locator("#kreator-status")).to_contain_text("Inicjatywa lokalna")
    assert page.url.endswith("?wykonawca=grupa-nieformalna&kwota_zl=20000")
    assert group_of(page, "mikrogrant") == "nie-pasuje"
    assert page.evaluate("document.activeElement.id") == "o-czas-pomin"
    page.go_back()
    expect(page.locator('[data-instrument="mikrogrant"]')).to_have_attribute("data-group", "pasuje")
    expect(page.get_by_label("albo wpisz kwotę")).to_have_value("")


def test_a_wrong_amount_is_told_at_its_field_and_aloud(page):
    page.goto(f"{CHOOSER}?cel=zakup")
    amount = page.get_by_label("albo wpisz kwotę")
    amount.fill("dużo")
    amount.blur()
    expect(page.locator("#blad-kwota_zl")).to_contain_text("Kwota musi być liczbą")
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#kreator-status")).to_contain_text("Kwota musi być liczbą")
    amount.fill("500")
    amount.blur()
    expect(page.locator("#blad-kwota_zl")).to_be_empty()
    expect(amount).not_to_have_attribute("aria-invalid", "true")


def test_a_number_and_a_range_exclude_each_other(page):
    page.goto(f"{CHOOSER}?kwota=do-5000")
    amount = page.get_by_label("albo wpisz kwotę")
    amount.fill("20000")
    amount.blur()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?kwota_zl=20000")
    page.get_by_label("Do 5 000 zł").check()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?kwota=do-5000")
    expect(amount).to_have_value("")


def test_the_keyboard_alone_answers_and_reaches_the_result(page):
    page.goto(CHOOSER)
    page.locator("#pytania").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    page.keyboard.press("Tab")  # to the skip link
    page.keyboard.press("Tab")  # to the first question, where "skip" is chosen
    assert page.evaluate("document.activeElement.id") == "o-wykonawca-pomin"
    page.keyboard.press("ArrowUp")
    expect(page.locator('[data-instrument="budzet-partycypacyjny"]')).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "o-wykonawca-urzad"
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))
    assert {"kwota_zl", "czas_dni", "start", "#wynik-naglowek", "/instrumenty/budzet-partycypacyjny/"} <= seen


def test_without_javascript_the_button_gives_the_same(plain_page):
    plain_page.goto(CHOOSER)
    plain_page.get_by_label("Kupujemy konkretną usługę").check()
    plain_page.get_by_label("albo wpisz kwotę").fill("150 000")
    plain_page.get_by_label("Pierwszy dzień").fill("2025-12-31")
    plain_page.get_by_role("button", name="Pokaż instrumenty").click()
    assert plain_page.url.endswith("?cel=zakup&kwota_zl=150000&start=2025-12-31")
    assert group_of(plain_page, "mikrozakup") == "nie-pasuje"
    plain_page.get_by_label("Pierwszy dzień").fill("2026-01-01")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url("**start=2026-01-01")
    assert group_of(plain_page, "mikrozakup") == "pasuje"


def test_a_way_out_of_contradiction_leads_to_a_result(page):
    page.goto(ADDRESSES["contradiction"])
    page.get_by_role("link", name="Pomiń to pytanie").first.click()
    assert page.url.endswith("?wykonawca=grupa-nieformalna")
    assert group_of(page, "mikrogrant") == "pasuje"


def test_on_paper_there_are_answers_and_verdicts_and_no_form(page):
    page.goto(ADDRESSES["result"])
    page.emulate_media(media="print")
    expect(page.locator("#kreator")).to_be_hidden()
    expect(page.locator(".result-answers")).to_contain_text("150 000 zł")
    expect(page.locator('[data-instrument="mikrozakup"]')).to_contain_text("Pzp z 2019 r.")
    expect(page.locator(".print-address")).to_contain_text("kwota_zl=150000")
