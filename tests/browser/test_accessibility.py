"""Every kind of page in Chromium: axe finds nothing, nothing scrolls sideways, the keyboard is enough."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "home": "/",
    "catalogue": "/praktyki/",
    "filtered": "/praktyki/?instrument=mikrogrant&wojewodztwo=slaskie&q=operator",
    "search": "/szukaj/?q=mikrogranty",
    "corrected search": "/szukaj/?q=regrantng",
    "empty search": "/szukaj/",
    "search without results": "/szukaj/?q=xyzzyq",
    "corrected catalogue": "/praktyki/?q=mikrogarnty",
    "facets of evidence": "/praktyki/?liczby=tak&wdrozenie=brak",
    "nothing found": "/praktyki/?instrument=poreczenie&wojewodztwo=slaskie",
    "not understood": "/praktyki/?instrument=nie-ma&rok_od=abc&obce=1",
    "past the end": "/praktyki/?strona=99",
    "practice": "/praktyki/miejski-program-mikrograntow-w-lodzi/",
    "practice without numbers": "/praktyki/inicjatywa-lokalna-w-zawierciu-prowadzona-przez-centrum/",
    "comparison": "/praktyki/porownaj/?p=gdanski-fundusz-sasiedzki&p=budzet-obywatelski-sosnowca&p=x",
    "comparison of one": "/praktyki/porownaj/?p=gdanski-fundusz-sasiedzki",
    "comparison of none": "/praktyki/porownaj/",
    "comparison of instruments": "/instrumenty/porownaj/?i=dotacja&i=mikrogrant&i=regranting&i=mikrozakup",
    "map": "/praktyki/mapa/",
    "map of nothing": "/praktyki/mapa/?instrument=poreczenie&wojewodztwo=slaskie",
    "choosing a unit": "/moja-gmina/?nazwa=tczew",
    "unknown unit": "/moja-gmina/?nazwa=Atlantyda",
    "by likeness": "/praktyki/?moja=gliwice&sort=podobienstwo",
    "ticked": "/praktyki/?p=gdanski-fundusz-sasiedzki",
    "submitting": "/zglos/",
    "coming back": "/zglos/wroc/",
    "reporting an error": "/zglos/blad/?strona=/instrumenty/mikrozakup/",
    "instruments": "/instrumenty/",
    "instrument": "/instrumenty/mikrozakup/",
    "instrument with numbers": "/instrumenty/mikrogrant/",
    "unconfirmed instrument": "/instrumenty/umowa-wieloletnia/",
    "calendar": "/instrumenty/dotacja/kalendarz/",
    "late calendar": "/instrumenty/tryb-malych-zlecen/kalendarz/?start=2020-03-01&krok_1=3",
    "calendar not understood": "/instrumenty/dotacja/kalendarz/?start=abc&krok_2=1",
    "note": "/praktyki/notatka/?p=miejski-program-mikrograntow-w-lodzi&p=nie-ma",
    "empty note": "/praktyki/notatka/",
    "meeting with old law": "/spotkania/jak-nie-dotacje-to-co-jak-budowac-efektywna-wspolprace/",
    "meetings": "/spotkania/",
    "meeting": "/spotkania/jak-nie-dotacje-to-co-jak-budowac-efektywna-wspolprace/",
    "meeting without a day": "/spotkania/spotkanie-platformy-dobrych-praktyk-o-ochronie-srodowiska/",
    "series": "/spotkania/cykle/platforma-dobrych-praktyk/",
    "years": "/spotkania/kalendarz/",
    "year": "/spotkania/kalendarz/2019/",
    "month": "/spotkania/kalendarz/2023/02/",
    "empty month": "/spotkania/kalendarz/2023/01/",
    "speakers": "/spotkania/prelegenci/",
    "speaker": "/spotkania/prelegenci/lukasz-waszak/",
    "materials": "/materialy/",
    "materials found": "/materialy/?q=harmonogram&licencja=cc0&rodzaj=wzor",
    "units": "/jst/",
    "unit": "/jst/katowice/",
    "unit without practices": "/jst/bedzin/",
    "about": "/o-platformie/",
    "accessibility statement": "/dostepnosc/",
    "privacy": "/prywatnosc/",
    "site map": "/mapa-strony/",
    "unknown": "/nie-ma-takiej-strony/",
    "bad request": "/praktyki/?q=%00",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDTHS = [1280, 320]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGES[name])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "name",
    [
        *("home", "filtered", "practice", "instrument", "meetings", "meeting", "month"),
        *("comparison", "map", "ticked", "late calendar", "note"),
    ],
)
def test_axe_finds_nothing_in_the_dark(page, name):
    page.emulate_media(color_scheme="dark")
    page.goto(PAGES[name])
    assert violations(page) == []


@pytest.mark.parametrize("name", ["catalogue", "practice", "instrument", "meeting", "month"])
def test_wider_text_spacing_loses_nothing(page, name):
    """WCAG 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16 of the font size."""
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(PAGES[name])
    page.evaluate(
        """() => { for (const element of document.querySelectorAll("body *")) {
          element.style.lineHeight = "1.5"; element.style.letterSpacing = "0.12em";
          element.style.wordSpacing = "0.16em"; } }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_headings_never_skip_a_level(page):
    for address in PAGES.values():
        page.goto(address)
        levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(h => +h.tagName[1])")
        assert levels.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), address


def test_the_keyboard_alone_reaches_content_filters_and_results(page):
    page.goto("/praktyki/")
    page.keyboard.press("Tab")
    assert focused(page) == "Przejdź do treści"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tresc"
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.dataset.facet || document.activeElement.className"))
    assert {"instrument", "temat", "card-link"} <= seen


def test_the_keyboard_alone_counts_a_calendar_and_prints_a_note(page):
    page.goto("/instrumenty/dotacja/kalendarz/")
    page.locator("#id_start").focus()
    page.locator("#id_start").fill("2090-03-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**start=2090-03-01**")
    assert page.get_by_text("Jeszcze jest czas.").is_visible()
    page.goto(PAGES["note"])
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == "Drukuj notatkę":
            break
    assert focused(page) == "Drukuj notatkę"


def test_the_door_to_the_editors_desk_obeys_wcag(page):
    page.goto("/admin/login/")
    assert violations(page, WCAG) == []


def violations(page, rules=(*WCAG, "best-practice")):
    """Return what axe complains about: rule, and where.

    Without `preload`, which no rule of these needs: it puts in styles of its own, and the strict CSP says no.
    """
    options = {"runOnly": list(rules), "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")
