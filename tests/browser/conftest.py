"""A page in headless Chromium, opened on the real server; what the strict CSP forbids fails the test."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium


def pytest_collection_modifyitems(items):
    """Mark every test of this folder, so that none is run without a browser by mistake."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chrome():
    """One Chromium for the whole run."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its sandbox to root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(chrome, site):
    """A fresh browser profile at the site's address; scripts that fail and foreign requests fail the test."""
    complaints = []
    context = chrome.new_context(base_url=site.url, locale="pl-PL", timezone_id="Europe/Warsaw")
    context.set_default_timeout(10_000)  # milliseconds
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("console", lambda message: complaints.extend(csp_complaint(message)))
    context.on("request", lambda request: complaints.extend(foreign_request(request, site.url)))
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def desk(page, site):
    """The editors' desk, opened by the administrator of the first start; nothing is saved there."""
    page.goto("/admin/login/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", re.search(r"hasło: (\S+)", site.log)[1])
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def csp_complaint(message):
    if "Content Security Policy" in message.text:
        yield f"CSP: {message.text}"


def foreign_request(request, origin):
    if not request.url.startswith((f"{origin}/", "data:", "blob:", "about:")):
        yield f"foreign request: {request.url}"
