"""Meetings in time: what comes first on the list, and years and months as pages."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from platforma.lib.publication import Status
from tests.builders import make_instrument, make_spotkanie
from tests.reading import count_queries, read

pytestmark = pytest.mark.django_db

POLAND = ZoneInfo("Europe/Warsaw")


def day(*args):
    return datetime(*args, tzinfo=POLAND)


def listed(client, address):
    return re.findall(r'data-slug="([^"]+)"', read(client, address).html)


def test_upcoming_meetings_come_first_soonest_first_then_the_past_latest_first(client):
    now = timezone.now()
    for title, days in {"za tydzień": 7, "jutro": 1, "wczoraj": -1, "dawno": -900, "za rok": 365}.items():
        make_spotkanie(tytul=title, poczatek=now + timedelta(days=days))
    make_spotkanie(tytul="tylko rok", rok=now.year - 1)
    make_spotkanie(tytul="nieznane")
    assert listed(client, "/spotkania/") == [
        *("jutro", "za-tydzien", "za-rok", "wczoraj", "tylko-rok", "dawno", "nieznane")
    ]
    assert listed(client, "/spotkania/?sort=najnowsze")[0] == "za-rok"
    assert listed(client, "/spotkania/?sort=najdawniejsze")[0] == "dawno"
    assert listed(client, "/spotkania/?termin=minione") == ["wczoraj", "tylko-rok", "dawno"]


def test_the_border_between_upcoming_and_past_may_fall_on_any_page(client):
    now = timezone.now()
    for number in range(23):
        make_spotkanie(tytul=f"przyszłe {number:02}", poczatek=now + timedelta(days=number + 1))
        make_spotkanie(tytul=f"minione {number:02}", poczatek=now - timedelta(days=number + 1))
    pages = [listed(client, f"/spotkania/?strona={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 6]
    expected = [f"przyszle-{n:02}" for n in range(23)] + [f"minione-{n:02}" for n in range(23)]
    assert [slug for page in pages for slug in page] == expected


def test_a_month_is_a_table_and_a_list_and_leads_to_its_neighbours(client):
    make_spotkanie(tytul="Warsztat", poczatek=day(2021, 9, 23, 10))
    make_spotkanie(
        tytul="Dwudniowe", poczatek=day(2021, 9, 29), koniec=day(2021, 10, 1, 23, 59), bez_godziny=True
    )
    make_spotkanie(tytul="Wcześniej", poczatek=day(2019, 4, 3))
    make_spotkanie(tytul="Później", poczatek=day(2022, 2, 1))
    make_spotkanie(tytul="Północ", poczatek=day(2021, 8, 31, 23, 59))
    page = read(client, "/spotkania/kalendarz/2021/09/")
    assert "<caption>Wrzesień 2021: 2\u00a0spotkania</caption>" in page.html
    assert page.html.count('scope="col"') == 7
    assert len(re.findall(r'<td[^>]*><time datetime="2021-09-\d\d">', page.html)) == 30
    cells = page.html.split("<td")
    with_meeting = [cell for cell in cells if "/spotkania/dwudniowe/" in cell.split("</td>")[0]]
    assert len(with_meeting) == 2
    assert listed(client, "/spotkania/kalendarz/2021/09/") == ["warsztat", "dwudniowe"]
    assert {"/spotkania/kalendarz/2021/08/", "/spotkania/kalendarz/2022/02/"} <= page.links
    assert "dwudniowe" in listed(client, "/spotkania/kalendarz/2021/10/")
    first = read(client, "/spotkania/kalendarz/2019/04/")
    assert 'rel="prev"' not in first.html
    assert 'rel="next"' in first.html


def test_a_month_without_meetings_says_so(client):
    make_spotkanie(poczatek=day(2021, 9, 23))
    page = read(client, "/spotkania/kalendarz/2021/02/")
    assert "W tym miesiącu nie ma spotkań o znanym dniu." in page.text
    assert "/spotkania/kalendarz/2021/09/" in page.links


def test_a_year_lists_its_months_and_what_is_known_only_by_the_year(client):
    make_spotkanie(tytul="Wrześniowe", poczatek=day(2021, 9, 23))
    make_spotkanie(tytul="Styczniowe", poczatek=day(2021, 1, 5))
    make_spotkanie(tytul="Bez dnia", rok=2021)
    make_spotkanie(tytul="Inny rok", rok=2017)
    page = read(client, "/spotkania/kalendarz/2021/")
    assert listed(client, "/spotkania/kalendarz/2021/") == ["styczniowe", "wrzesniowe", "bez-dnia"]
    assert {"/spotkania/kalendarz/2021/01/", "/spotkania/kalendarz/2017/"} <= page.links
    assert "/spotkania/kalendarz/2021/02/" not in page.links
    assert "W tym roku, dzień nieznany" in page.text
    years = read(client, "/spotkania/kalendarz/")
    assert "2021 3\u00a0spotkania".replace("\u00a0", " ") in years.text
    assert {"/spotkania/kalendarz/2021/", "/spotkania/kalendarz/2017/"} <= years.links


@pytest.mark.parametrize(
    "path",
    [
        *(
            "1899/",
            "2101/",
            "21/",
            "20211/",
            "abcd/",
            "2021/13/",
            "2021/00/",
            "2021/9/",
            "2021/009/",
            "0000/",
        ),
        *("2010/", "2010/05/", "2099/", "2099/01/", "2021/09/23/", "٢٠٢١/", "2021/09", "-2021/"),
    ],
)
def test_a_year_or_month_that_cannot_be_is_missing(client, path):
    make_spotkanie(poczatek=day(2021, 9, 23))
    assert client.get(f"/spotkania/kalendarz/{path}", follow=True).status_code == (
        404 if path != "2021/09" else 200
    )


def test_pages_of_time_know_nothing_of_drafts(client):
    make_spotkanie(tytul="Jawne", poczatek=day(2021, 9, 23))
    make_spotkanie(tytul="Szkic", poczatek=day(2021, 9, 24), status=Status.DRAFT)
    make_spotkanie(tytul="Szkic sprzed lat", poczatek=day(2015, 5, 5), status=Status.DRAFT)
    for path in ("", "2021/", "2021/09/"):
        assert "Szkic" not in read(client, f"/spotkania/kalendarz/{path}").text
        assert "2015" not in read(client, f"/spotkania/kalendarz/{path}").text
    assert client.get("/spotkania/kalendarz/2015/").status_code == 404


def test_without_meetings_the_calendar_is_empty_and_every_year_missing(client):
    assert "Tu jeszcze nic nie ma" in read(client, "/spotkania/kalendarz/").text
    assert client.get(f"/spotkania/kalendarz/{timezone.localdate().year}/").status_code == 404


def test_pages_of_time_cost_the_same_for_any_number_of_meetings(client):
    targets = [f"/spotkania/kalendarz/{path}" for path in ("", "2021/", "2021/09/")]
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            make_spotkanie(
                poczatek=day(2021, 9, 10 + number), instrumenty=[make_instrument(), make_instrument()]
            )
            make_spotkanie(rok=2021, instrumenty=[make_instrument()])
        counts.append([count_queries(client, target) for target in targets])
    assert counts[0] == counts[1]
