"""Somebody without an account previews a draft in Chromium, on a phone, and writes to the editors."""

import subprocess
import sys

import pytest

from tests.browser.test_accessibility import WIDTHS, violations
from tests.server import ROOT, environment, running_server

ISSUE = """
from platforma.models import LinkPodgladu
from praktyki.models import Praktyka
praktyka = Praktyka.objects.published().first()
praktyka.send_back(reason="Zapytaj gminę.")
print(LinkPodgladu.objects.issue(praktyka, dla_kogo="Urząd")[1])
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """The address of a draft's preview on a server of its own: this test writes."""
    with running_server(tmp_path_factory.mktemp("podglad")) as server:
        shell = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", ISSUE]
        done = subprocess.run(
            shell, cwd=ROOT, env=environment(VAR=server.var), capture_output=True, text=True, check=True
        )
        yield f"{server.url}/podglad/{done.stdout.split()[-1]}/"


@pytest.fixture
def phone(chrome):
    context = chrome.new_context(locale="pl-PL", viewport={"width": 320, "height": 700})
    context.set_default_timeout(10_000)  # milliseconds
    yield context
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_a_preview_and_nothing_scrolls_sideways(phone, preview, width):
    page = phone.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(preview)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_comment_goes_through_from_a_page_that_sends_no_referrer(phone, preview):
    page = phone.new_page()
    page.goto(preview)
    assert page.get_by_text("Podgląd: tego nie widzą czytelnicy.").is_visible()
    page.get_by_role("link", name="Napisz uwagę").click()
    page.get_by_role("button", name="Wyślij uwagę").click()
    assert page.get_by_role("alert").get_by_text("Napisz, co trzeba poprawić").is_visible()
    assert violations(page) == []
    page.wait_for_timeout(3100)  # a form sent sooner is a machine's
    page.get_by_label("Twoja uwaga").fill("Kwota jest inna.")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Wyślij uwagę").click()
    assert sent.value.header_value("origin") == "null"
    assert sent.value.header_value("referer") is None
    assert page.get_by_role("status").get_by_text("uwaga dotarła do redakcji").is_visible()
    assert phone.cookies() == []
