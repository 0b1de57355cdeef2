"""The note stays on one sheet of A4 with the longest texts there may be, whatever their letters."""

import re
import subprocess
import sys

import pytest

from tests.server import ROOT, environment, running_server

A4_MM = (210, 297)
PRINTED = {"width": 718, "height": 1047}  # A4 without its margins of 10 mm, in CSS pixels
SLUGS = ["a" * 120, "b" * 120, "c" * 120]
FILL = """
from datetime import date
from praktyki.models import Instrument, Jst, LiczbaWysilku, Praktyka, Rozstrzygniecie
text = {text!r} * 99
for letter, row in zip("abc", Praktyka.objects.order_by("pk")[:3]):
    row.slug = letter * 120
    row.tytul, row.kwota_opis, row.obszar = text[:200], text[:300], text[:160]
    for name in "streszczenie rozwiazanie trudnosci podstawa_prawna kontakt".split():
        setattr(row, name, text)
    row.stan_prawny = date(2010, 1, 1)
    row.save()
    row.instrumenty.set(Instrument.objects.all())
    row.jst.set(Jst.objects.all()[:30])
    for rodzaj in LiczbaWysilku.Rodzaj:
        values = dict(wartosc=99, zrodlo_liczby="deklaracja", opis=text[:200])
        row.liczby_wysilku.update_or_create(rodzaj=rodzaj, rok=2024, defaults=values)
    for organ in Rozstrzygniecie.Organ:
        values = dict(data=date(2024, 4, 22), wynik="niewaznosc-czesci")
        row.rozstrzygniecia.update_or_create(organ=organ, sygnatura="NK-N.4131.1", defaults=values)
"""
ORDINARY = "Gmina ogłosiła nabór, a potem podpisała umowy z organizacjami pozarządowymi. "
WIDEST = "WWWWWWWWWWWW MMMMMM "
UNBROKEN = "W" * 40


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """A server of this module alone, whose content the tests may change."""
    with running_server(tmp_path_factory.mktemp("notatka")) as server:
        yield server


@pytest.fixture
def note(chrome, own_site):
    """Return a function that opens the note of the first `count` practices, of A4's width."""
    context = chrome.new_context(base_url=own_site.url, viewport=PRINTED)

    def open_note(count):
        page = context.new_page()
        page.goto("/praktyki/notatka/?" + "&".join(f"p={slug}" for slug in SLUGS[:count]))
        assert page.locator(".sheet-part").count() == count
        return page

    yield open_note
    context.close()


@pytest.fixture
def ordinary(own_site):
    fill(own_site, ORDINARY)


def fill(server, text):
    """Make every text of the three practices as long as it may be, out of `text`."""
    script = [sys.executable, "manage.py", "shell", "-v0", "-c", FILL.format(text=text)]
    subprocess.run(script, cwd=ROOT, env=environment(VAR=server.var), check=True)


def pages_of(pdf: bytes) -> int:
    """Count the page objects of a PDF as Chromium writes it: outside compressed streams."""
    return len(re.findall(rb"/Type\s*/Page(?![A-Za-z])", pdf))


def hidden(page, selector) -> list[str]:
    """Return the texts of `selector` that are higher than the room they have, in print."""
    page.emulate_media(media="print")
    return page.locator(selector).evaluate_all(
        "all => all.filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.className + e.textContent)"
    )


@pytest.mark.parametrize("text", [ORDINARY, WIDEST, UNBROKEN], ids=["ordinary", "widest", "unbroken"])
def test_the_longest_texts_stay_on_one_page(note, own_site, text):
    fill(own_site, text)
    for count in (1, 2, 3):
        page = note(count)
        pdf = page.pdf(prefer_css_page_size=True)
        assert pages_of(pdf) == 1, count
        size = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups()  # in points
        assert tuple(round(float(points) / 72 * 25.4) for points in size) == A4_MM
        assert hidden(page, ".sheet, .sheet-part") == [], count  # nor is anything cut off by its edge


def test_ordinary_texts_are_cut_by_the_rule_and_never_by_the_paper(note, ordinary):
    for count in (1, 2, 3):
        page = note(count)
        assert hidden(page, ".sheet dd, .note-title, .note-who, .note-struck") == [], count
        assert page.get_by_text("są skrócone").count() == count
        for slug in SLUGS[:count]:
            assert f"/praktyki/{slug}/" in page.locator(f'[data-slug="{slug}"] .note-address').inner_text()


def test_the_counter_of_pages_can_count_to_two(note, ordinary):
    page = note(1)
    page.goto("/instrumenty/dotacja/")
    assert pages_of(page.pdf(prefer_css_page_size=True)) > 1


def test_the_sheet_is_readable_on_a_screen_and_prints_by_a_button(note, ordinary):
    page = note(3)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Drukuj notatkę").click()
    assert page.evaluate("window.printed")
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_javascript_the_page_says_how_to_print(chrome, site):
    context = chrome.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/praktyki/notatka/?p=miejski-program-mikrograntow-w-lodzi")
    assert page.get_by_text("Wydrukuj ją skrótem").is_visible()
    assert not page.get_by_role("button", name="Drukuj notatkę").is_visible()
    context.close()
