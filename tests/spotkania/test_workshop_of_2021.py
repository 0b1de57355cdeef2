"""The workshop of 23 September 2021 as the project's own content has it, against what its report says."""

import io
import json
import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import call_command

from spotkania.models import Spotkanie
from tests.ics import read_calendar
from tests.reading import read

SLUG = "jak-nie-dotacje-to-co-jak-budowac-efektywna-wspolprace"
PEOPLE = {
    "Danuta Kamińska": (
        "wiceprzewodnicząca zarządu GZM, otwarcie spotkania",
        "Górnośląsko-Zagłębiowska Metropolia",
    ),
    "Łukasz Waszak": ("prowadzący, ekspert", "Centrum OPUS"),
    "Jakub Wygnański": ("ekspert", "Fundacja Stocznia"),
    "Marta Szmejda": ("ekspertka", "Fundacja CISE"),
}


@pytest.fixture
def spotkanie(db):
    call_command("load_content", stdout=io.StringIO())
    return Spotkanie.objects.get(slug=SLUG)


def outline(html):
    """Return `(level, text)` of the headings in the order they are read aloud."""
    headings = re.findall(
        r"<h([1-6])[^>]*>(.*?)</h\1>", html.split("<main")[1].split("</main>")[0], re.DOTALL
    )
    return [(int(level), " ".join(re.sub(r"<[^>]+>", " ", text).split())) for level, text in headings]


def test_the_page_says_what_the_report_says(client, spotkanie):
    page = read(client, spotkanie)
    for text in (
        "23 września 2021",
        "Warsztat, hybrydowo",
        "siedziba Górnośląsko-Zagłębiowskiej Metropolii",
        "Centrum OPUS Uniwersytet Łódzki projekt Centrum Analiz i Modeli Społecznych",
        "Problemy zlecania zadań w formie dotacji oraz mikrozakupy usług społecznych na miejscu",
        "lokalny program mikrowsparcia dla inicjatyw mieszkańców online",
        "do 130 tys. zł netto",
        "godzina: brak danych",
    ):
        assert text in page.text, text
    for person, (role, organisation) in PEOPLE.items():
        assert f"{person} , {role} – {organisation}" in page.text
    assert "Uczestnicy z samorządów brak danych" in page.text


def test_headings_are_read_in_order_and_skip_no_level(client, spotkanie):
    headings = outline(read(client, spotkanie).html)
    levels = [level for level, _text in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [text for level, text in headings if level == 2] == [
        *("Metryczka", "Wnioski", "Przebieg", "Program", "Materiały", "Co dalej", "Źródła", "Jak cytować"),
        *("Instrumenty, o których mówiono", "Praktyki, o których mówiono"),
    ]
    assert levels[0] == 1


def test_conclusions_stand_with_their_instruments(client, spotkanie):
    rows = spotkanie.wypowiedzi.all()
    by_instrument = {}
    for row in rows:
        by_instrument.setdefault(row.instrument and row.instrument.slug, []).append(row)
    assert {slug: len(said) for slug, said in by_instrument.items()} == {
        "mikrozakup": 3,
        "dotacja": 1,
        "mikrogrant": 2,
        "fundusz-sasiedzki": 1,
        None: 3,
    }
    for slug in ("mikrozakup", "dotacja", "mikrogrant", "fundusz-sasiedzki"):
        page = read(client, f"/instrumenty/{slug}/")
        assert page.leads_to(*by_instrument[slug])
    signed = {row.prelegent.imie_nazwisko for row in rows if row.prelegent}
    assert signed == {"Danuta Kamińska", "Łukasz Waszak"}  # the report gives the second part to both experts


def test_machines_are_told_the_same(client, spotkanie):
    html = read(client, spotkanie).html
    (data,) = (json.loads(text) for text in re.findall(r'ld\+json">(.*?)</script>', html))
    assert data["@type"] == "Event"
    assert data["startDate"] == "2021-09-23"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert [person["name"] for person in data["performer"]] == list(PEOPLE)
    assert [host["name"] for host in data["organizer"]] == ["Górnośląsko-Zagłębiowska Metropolia"]
    assert data["superEvent"]["name"] == "Platforma Dobrych Praktyk"
    ((event,),) = (read_calendar(client.get(f"/spotkania/{SLUG}.ics").content)[1].values(),)
    assert f"{event.dtstart.value} {event.dtend.value}" == "2021-09-23 2021-09-24"


def test_a_cancelled_meeting_is_cancelled_for_machines(client, spotkanie):
    spotkanie.odwolano = spotkanie.local_start.date()
    spotkanie.save()
    assert '"eventStatus": "https://schema.org/EventCancelled"' in read(client, spotkanie).html


def test_who_was_on_site_is_said_only_where_it_is_known():
    committed = json.loads((settings.BASE_DIR / "fixtures" / "spotkania.json").read_text())
    (row,) = [row for row in committed if row["slug"] == SLUG]
    assert [point.get("online") for point in row["wystapienia"]] == [None, False, True]
