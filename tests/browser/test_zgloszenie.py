"""A practice is sent in by somebody without JavaScript, on a phone, who loses the connection on the way."""

import re

import pytest

from tests.server import running_server


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """A server of its own: this test writes."""
    with running_server(tmp_path_factory.mktemp("zgloszenia")) as server:
        yield server


@pytest.fixture
def phone(chrome, own_site):
    context = chrome.new_context(
        base_url=own_site.url,
        locale="pl-PL",
        java_script_enabled=False,
        viewport={"width": 320, "height": 700},
    )
    context.set_default_timeout(10_000)  # milliseconds
    yield context
    context.close()


def test_from_the_first_step_to_the_status_page(phone):
    page = phone.new_page()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Zgłoś praktykę").click()
    page.wait_for_timeout(3500)  # a person takes longer
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    assert "To pole jest potrzebne." in page.get_by_role("alert").inner_text()
    page.get_by_label("Co to za praktyka?").fill("Mikrogranty dla sołectw")
    page.get_by_label("Opisz ją w dwóch zdaniach").fill("Gmina daje sołectwom po 2000 zł.")
    page.get_by_label("Gdzie ją prowadzono?").fill("Kolbudy")
    page.get_by_label("Mikrogrant", exact=True).check()
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    code = page.locator("code").inner_text()
    page.go_back()
    page.get_by_label("Co to za praktyka?").fill("Mikrogranty dla sołectw w Kolbudach")
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    assert page.locator("code").inner_text() == code
    page.close()

    page = phone.new_page()  # the connection is back
    page.goto("/zglos/wroc/")
    page.get_by_label("Kod zgłoszenia").fill(code.upper())
    page.get_by_role("button", name="Otwórz zgłoszenie").click()
    page.get_by_label("Co zrobiono, krok po kroku?").fill("Nabór raz w roku.")
    phone.set_offline(True)  # and gone again, just when the step is sent
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    page.wait_for_url("chrome-error://**")
    phone.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Przejdź dalej", exact=True).click()
    page.get_by_label("Imię i nazwisko").fill("Jan Testowy")
    page.locator("#id_email").fill("jan@example.org")
    page.get_by_label("Znam informację o danych").check()
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Wyślij do redakcji").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mikrogranty dla sołectw w Kolbudach"
    assert "Czeka, aż redakcja je otworzy." in page.inner_text("main")


def test_what_was_typed_and_not_saved_is_there_after_going_back(phone):
    page = phone.new_page()
    page.goto("/zglos/")
    page.wait_for_timeout(3500)
    page.get_by_label("Co to za praktyka?").fill("Fundusz sołecki")
    page.get_by_label("Opisz ją w dwóch zdaniach").fill("Sołectwa dzielą pieniądze same.")
    page.get_by_label("Gdzie ją prowadzono?").fill("Kolbudy")
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()
    page.get_by_label("Co było trudne?").fill("Mało czasu.")
    page.get_by_role("link", name="Praktyka", exact=True).click()
    page.go_back()
    assert page.get_by_label("Co było trudne?").input_value() == "Mało czasu."


def test_the_keyboard_is_enough_to_report_an_error(phone):
    page = phone.new_page()
    page.goto("/instrumenty/mikrozakup/")
    page.get_by_role("link", name="Zgłoś błąd na tej stronie").press("Enter")
    page.wait_for_timeout(3500)
    page.get_by_label("Co jest nie tak?").focus()
    page.keyboard.type("Próg jest inny.")
    page.keyboard.press("Tab")
    page.keyboard.type("jan@example.org")
    page.keyboard.press("Tab")  # the privacy page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/zglos/[a-z2-7]{26}/$"))
    assert page.get_by_role("heading", level=1).inner_text() == "Mikrozakup"
    assert "Próg jest inny." in page.inner_text("main")
