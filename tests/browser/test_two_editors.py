"""Two editors in two browsers, one of them without JavaScript too: nobody's text is lost or overwritten."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import csp_complaint
from tests.browser.test_accessibility import WCAG, violations
from tests.server import ROOT, environment, running_server

PASSWORD = "długie hasło testowe"
MAKE_EDITORS = f"""
from django.contrib.auth.models import Group, User
for name in ("Anna", "Jan"):
    user = User.objects.create_user(name.lower(), password={PASSWORD!r}, first_name=name, is_staff=True)
    user.groups.add(Group.objects.get(name="wydawca"))
"""
ENTRY = "/admin/praktyki/praktyka/1/change/"
SAVE = 'input[name="_continue"]'


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """A server of this file's own, for its rows are changed."""
    with running_server(tmp_path_factory.mktemp("editors")) as server:
        command = [sys.executable, "manage.py", "shell", "-c", MAKE_EDITORS]
        subprocess.run(command, cwd=ROOT, env=environment(VAR=server.var), check=True, capture_output=True)
        yield server


@pytest.fixture
def open_desk(chrome, own_site):
    """Log an editor in, in a browser of their own; what the strict CSP forbids fails the test."""
    contexts, complaints = [], []

    def open_(name, **options):
        context = chrome.new_context(base_url=own_site.url, locale="pl-PL", **options)
        context.on("console", lambda message: complaints.extend(csp_complaint(message)))
        contexts.append(context)
        log_in(page := context.new_page(), name)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def log_in(page, name):
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click('input[type="submit"]')


def collide(anna, jan, number):
    """Both open the entry; Anna saves first, then Jan."""
    for desk in (anna, jan):
        desk.goto(ENTRY)
    anna.fill("#id_problem", f"Problem Anny {number}")
    anna.fill("#id_kontakt", f"Kontakt Anny {number}")
    anna.click(SAVE)
    jan.fill("#id_problem", f"Problem Jana {number}")
    jan.fill("#id_trudnosci", f"Trudność Jana {number}")
    jan.click(SAVE)


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_the_second_editor_sees_both_versions_and_chooses(open_desk, with_script):
    jan = open_desk("jan", java_script_enabled=with_script)
    collide(open_desk("anna"), jan, number := f"ze skryptem: {with_script}")
    expect(jan.get_by_role("heading", name="Dwie wersje wpisu")).to_be_visible()
    problem = jan.get_by_role("group", name="Problem")
    expect(problem).to_contain_text(f"Problem Anny {number}")
    jan.click(SAVE)  # the browser itself asks for the choice
    expect(jan.get_by_role("heading", name="Dwie wersje wpisu")).to_be_visible()
    problem.get_by_label("Zapisz moje").focus()
    jan.keyboard.press("Space")
    problem.get_by_label("Moja wersja").fill(f"Problem Anny i Jana {number}")
    jan.click(SAVE)
    expect(jan.locator("#id_problem")).to_have_value(f"Problem Anny i Jana {number}")
    expect(jan.locator("#id_kontakt")).to_have_value(f"Kontakt Anny {number}")
    expect(jan.locator("#id_trudnosci")).to_have_value(f"Trudność Jana {number}")


def test_axe_finds_nothing_on_the_page_of_two_versions(open_desk):
    jan = open_desk("jan")
    collide(open_desk("anna"), jan, "dla axe")
    for width in (1280, 360, 320):
        jan.set_viewport_size({"width": width, "height": 900})
        assert violations(jan, WCAG) == []
        assert jan.evaluate("document.documentElement.scrollWidth") <= width


def test_going_back_after_a_save_adds_nothing_twice(open_desk):
    jan = open_desk("jan")
    jan.goto("/admin/spotkania/prelegent/add/")
    for _time in range(2):
        jan.fill("#id_imie", "Anna")
        jan.fill("#id_nazwisko", "Czwartkowa")
        jan.click('input[name="_save"]')
        expect(jan.locator("#result_list")).to_be_visible()
        jan.go_back()
    jan.goto("/admin/spotkania/prelegent/?q=czwartkowa")
    expect(jan.locator("#result_list tbody tr")).to_have_count(1)


def test_a_session_that_ended_keeps_what_was_typed(open_desk):
    anna = open_desk("anna")
    anna.goto(ENTRY)
    anna.fill("#id_problem", "Tekst pisany całe popołudnie.")
    anna.context.clear_cookies(name="sesja")
    anna.click(SAVE)
    expect(anna.get_by_role("heading", name="Sesja wygasła")).to_be_visible()
    assert violations(anna, WCAG) == []
    log_in(anna.context.new_page(), "anna")
    for _token_changed_by_the_login in range(2):
        anna.get_by_role("button", name="Wyślij formularz").click()
    expect(anna.locator("#id_problem")).to_have_value("Tekst pisany całe popołudnie.")
