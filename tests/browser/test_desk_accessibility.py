"""The editors' desk in Chromium: axe finds nothing on its pages, and every field has a name."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import WCAG, WIDTHS, violations

PRACTICE, MEETING = "/admin/praktyki/praktyka/", "/admin/spotkania/spotkanie/"
PAGES = {
    "index": "/admin/",
    "list": PRACTICE,
    "new practice": f"{PRACTICE}add/",
    "practice": f"{PRACTICE}1/change/",
    "new meeting": f"{MEETING}add/",
    "meeting": f"{MEETING}1/change/",
    "appearance": "/admin/spotkania/wystapienie/1/change/",
    "material": "/admin/spotkania/material/1/change/",
    "many files": "/admin/spotkania/material/wgraj/",
    "instrument": "/admin/praktyki/instrument/1/change/",
    "legal number": "/admin/praktyki/parametrprawny/7/change/",
    "answer of the chooser": "/admin/praktyki/odpowiedz/1/change/",
    "history": f"{PRACTICE}1/history/",
    "deleting": f"{PRACTICE}1/delete/",
    "table": "/admin/tabele/praktyki/",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk, name, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(PAGES[name])
    assert violations(desk, WCAG) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["new practice", "practice", "new meeting", "meeting", "appearance"])
def test_rows_that_are_added_have_named_fields_too(desk, name):
    desk.goto(PAGES[name])
    desk.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    buttons = desk.locator(".add-row a")
    assert buttons.count()
    for number in range(buttons.count()):
        buttons.nth(number).click()
    assert violations(desk, WCAG) == []


def test_a_field_of_one_suggestion_says_its_label_and_its_value(desk):
    desk.goto("/admin/spotkania/wystapienie/1/change/")
    meeting = desk.locator("#id_spotkanie")
    value = meeting.locator("option:checked").inner_text()
    field = desk.get_by_role("combobox", name="Spotkanie").first
    expect(field).to_have_accessible_name(f"Spotkanie {value}")


def test_a_field_of_many_suggestions_keeps_its_name_when_it_is_filled_and_emptied(desk):
    desk.goto(PAGES["new practice"])
    field = desk.get_by_role("searchbox", name="Tematy", exact=True)
    for number in range(2):
        field.press("Enter")
        desk.get_by_role("listbox", name="Tematy: podpowiedzi").get_by_role("option").nth(number).click()
    assert violations(desk, WCAG) == []
    assert desk.locator("#id_tematy option:checked").count() == 2
    field.press("Backspace")
    field.press("Backspace")
    assert violations(desk, WCAG) == []


def test_the_drop_down_and_its_search_have_names(desk):
    desk.goto(PAGES["new meeting"])
    desk.get_by_role("combobox", name="Cykl").press("Enter")
    expect(desk.get_by_role("searchbox", name="Cykl: szukaj")).to_be_focused()
    expect(desk.get_by_role("listbox", name="Cykl: podpowiedzi").get_by_role("option").first).to_be_visible()
    assert violations(desk, WCAG) == []


def test_the_boxes_of_a_moment_and_of_a_table_are_named_without_a_script(desk):
    """The names stand in the page as it comes, so that a browser without scripts has them."""
    html = desk.request.get(PAGES["meeting"]).text()
    for name in ("Początek: data", "Początek: godzina", "Wydawca", "Usunąć?"):
        assert f'aria-label="{name}"' in html, name
