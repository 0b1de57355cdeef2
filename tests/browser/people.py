"""People with a browser each, on a server where the rule of two people holds."""

import subprocess
import sys

from playwright.sync_api import Page, expect

from platforma.lib.public_forms import SOONEST
from tests.browser.conftest import csp_complaint
from tests.server import ROOT, Server, environment

PASSWORD = "długie hasło testowe"
EDITORS = {"renata": "redaktor", "wanda": "wydawca", "wiktor": "wydawca"}
MAKE_EDITORS = f"""
from django.contrib.auth.models import Group, User
for name, role in {EDITORS!r}.items():
    user = User.objects.create_user(name, password={PASSWORD!r}, first_name=name.title(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""


class People:
    """Opens a browser profile for each person; an editor's is logged in."""

    def __init__(self, chrome, server: Server):
        self.chrome, self.server, self.complaints, self.contexts = chrome, server, [], []
        command = [sys.executable, "manage.py", "shell", "-c", MAKE_EDITORS]
        subprocess.run(command, cwd=ROOT, env=environment(VAR=server.var), check=True, capture_output=True)

    def somebody(self) -> Page:
        """Return a page of a person without an account, whose browser keeps nothing from others."""
        context = self.chrome.new_context(
            base_url=self.server.url, locale="pl-PL", timezone_id="Europe/Warsaw"
        )
        context.set_default_timeout(15_000)  # milliseconds
        context.on("console", lambda message: self.complaints.extend(csp_complaint(message)))
        self.contexts.append(context)
        return context.new_page()

    def editor(self, name: str) -> Page:
        page = self.somebody()
        page.goto("/admin/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click('input[type="submit"]')
        expect(page.get_by_role("heading", name="Co czeka")).to_be_visible()
        return page

    def close(self):
        for context in self.contexts:
            context.close()
        assert self.complaints == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send_as_a_person(page: Page, button: str) -> None:
    """Press the button once the page is as old as a form must be that a person filled in."""
    page.wait_for_function(f"() => performance.now() > {SOONEST * 1000 + 500}")
    press(page, button)


def told(page: Page, text: str) -> None:
    """Check that the desk's message says `text`."""
    expect(page.locator(".messagelist, .errornote, .errorlist").filter(has_text=text).first).to_be_visible()


def open_waiting(page: Page, task: str, count: int) -> None:
    """Follow a task of the desk, whose count is `count`, to its list of as many rows."""
    page.goto("/admin/")
    row = page.locator(".waiting li").filter(has=page.get_by_role("link", name=task, exact=True))
    expect(row.locator("strong")).to_have_text(str(count))
    row.get_by_role("link").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(count)


def choose(page: Page, field: str, text: str) -> None:
    """Choose the row that a search for `text` finds, in a field with suggestions."""
    page.locator(f"#{field} + .select2 .select2-selection").click()
    page.keyboard.type(text)
    page.get_by_role("option", name=text, exact=True).click()
