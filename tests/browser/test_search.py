"""The search as a reader uses it in Chromium: suggestions by keyboard and pointer, typos, other names."""

import pytest

FIELD = "#szukaj-q"


@pytest.fixture
def field(page):
    page.goto("/szukaj/")
    field = page.locator(FIELD)
    field.click()
    return field


def type_slowly(field, text):
    field.press_sequentially(text, delay=20)


def test_a_suggestion_is_chosen_by_keyboard(page, field):
    type_slowly(field, "mikrogr")
    page.locator(".suggestion").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    field.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert "Mikrogrant" in active.inner_text()
    field.press("ArrowDown")
    field.press("ArrowUp")
    assert page.locator('[aria-selected="true"]').count() == 1
    field.press("Enter")
    page.wait_for_url("**/praktyki/?instrument=mikrogrant")


def test_the_arrows_go_round_through_the_field_itself(page, field):
    type_slowly(field, "regrant")
    options = page.locator(".suggestion")
    options.first.wait_for()
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")


def test_enter_without_a_choice_searches_for_the_words(page, field):
    type_slowly(field, "hospicjum")
    page.locator(".suggestion").first.wait_for()
    field.press("Enter")
    page.wait_for_url("**/szukaj/?q=hospicjum")
    assert page.locator("h1").inner_text() == "Wyniki dla „hospicjum”"


def test_escape_closes_the_list_and_keeps_the_words(page, field):
    type_slowly(field, "hospicj")
    page.locator(".suggestion").first.wait_for()
    field.press("Escape")
    assert not page.locator(".suggestions").is_visible()
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "hospicj"


def test_a_suggestion_is_chosen_by_pointer(page, field):
    type_slowly(field, "dąbrowa")
    page.locator(".suggestion", has_text="Dąbrowa Górnicza").first.click()
    page.wait_for_url("**/praktyki/?jst=dabrowa-gornicza")


def test_nothing_is_asked_of_the_server_for_a_letter_or_between_quick_keys(page, field):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "podpowiedzi" in request.url else None)
    type_slowly(field, "m")
    page.wait_for_timeout(400)
    assert asked == []
    type_slowly(field, "ikrogr")
    page.locator(".suggestion").first.wait_for()
    assert len(asked) == 1


def test_leaving_the_field_closes_the_list(page, field):
    type_slowly(field, "mikro")
    page.locator(".suggestion").first.wait_for()
    field.press("Tab")
    assert not page.locator(".suggestions").is_visible()


def test_a_typo_shows_results_and_the_way_to_the_words_as_typed(page):
    page.goto("/szukaj/?q=regrantng")
    notice = page.locator(".did-you-mean")
    assert "Czy chodziło o „regranting”" in notice.inner_text()
    assert page.locator('[data-group="instrumenty"] h3').first.inner_text() == "Regranting"
    notice.get_by_role("link", name="Szukaj dokładnie").click()
    page.wait_for_url("**/szukaj/?q=%22regrantng%22")
    assert page.locator("[data-total]").get_attribute("data-total") == "0"


def test_another_name_lands_on_the_instrument(page):
    page.goto("/szukaj/?q=19a")
    assert page.locator('[data-group="instrumenty"] h3').first.inner_text() == "Tryb małych zleceń"


def test_a_search_without_results_shows_a_way_on(page):
    page.goto("/szukaj/?q=rozliczanie+rezultatu+zamiast+wydatków")
    page.get_by_role("link", name="bez: zamiast").click()
    assert int(page.locator("[data-total]").get_attribute("data-total")) > 0


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_and_the_list_fit_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/szukaj/?q=mikrogranty")
    field = page.locator(FIELD)
    field.fill("")
    type_slowly(field, "mikro")
    page.locator(".suggestion").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_field_is_a_plain_search_field(chrome, site):
    context = chrome.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/szukaj/")
    field = page.locator(FIELD)
    assert field.get_attribute("role") is None
    field.fill("hospicjum")
    field.press("Enter")
    page.wait_for_url("**/szukaj/?q=hospicjum")
    assert page.locator("mark").count() > 0
    context.close()
