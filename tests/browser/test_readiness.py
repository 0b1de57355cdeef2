"""An editor writes: what the entry lacks stands above its form and keeps up with what is typed."""

import pytest


@pytest.fixture
def desk(desk):
    """The form of a real practice; nothing is saved."""
    desk.goto("/admin/praktyki/praktyka/?brak=rezultaty")
    desk.locator("#result_list .field-tytul a").first.click()
    desk.wait_for_url("**/change/**")
    return desk


def item(desk, label):
    return desk.locator(".needs li").filter(has=desk.get_by_role("link", name=label, exact=True))


def test_what_is_typed_is_told_from_what_is_missing_and_from_what_is_saved(desk):
    result = item(desk, "Rezultaty")
    assert "wpisano, zapisz" not in result.inner_text()
    desk.fill("#id_rezultaty", "Sto wspartych projektów.")
    assert "wpisano, zapisz" in result.inner_text()
    desk.fill("#id_rezultaty", "  ")
    assert "wpisano, zapisz" not in result.inner_text()


def test_a_link_leads_to_its_field(desk):
    item(desk, "Rezultaty").get_by_role("link").click()
    assert desk.url.endswith("#id_rezultaty")
    desk.wait_for_function(
        """() => {
            const box = document.querySelector("#id_rezultaty").getBoundingClientRect();
            return box.top >= 0 && box.top < innerHeight;
        }"""
    )


@pytest.mark.parametrize("width", [320, 768])
def test_the_form_is_no_wider_than_the_window(desk, width):
    desk.set_viewport_size({"width": width, "height": 800})
    for part in (".readiness", ".publication-steps"):
        box = desk.locator(part).first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
