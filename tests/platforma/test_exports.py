"""Exports of exactly the current result, read back as Excel, a script and a program would."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date, time

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from platforma.lib import catalogue
from platforma.lib.publication import Status
from platforma.lib.spreadsheets import guarded
from praktyki.kinds import PRAKTYKA
from tests import builders, documents

pytestmark = pytest.mark.django_db

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAKE = {"praktyki": builders.make_praktyka, "spotkania": builders.make_spotkanie}


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def read_csv(client, address):
    text = body(client, address).decode("utf-8")
    assert text.startswith("\ufeff")
    assert not re.search(r"(?<!\r)\n", re.sub(r'"[^"]*"', "", text))
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def read_json(client, address):
    return json.loads(body(client, address))


def read_xlsx(client, address):
    """Return the rows of the first sheet as lists of texts, after checking that nothing is a formula."""
    with zipfile.ZipFile(io.BytesIO(body(client, address))) as book:
        assert book.testzip() is None
        assert not [name for name in book.namelist() if "externalLink" in name or "vba" in name.lower()]
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = (
            ET.fromstring(book.read("xl/sharedStrings.xml"))
            if "xl/sharedStrings.xml" in book.namelist()
            else []
        )
    assert not list(sheet.iter(f"{SHEET}f"))
    assert not list(sheet.iter(f"{SHEET}hyperlink"))
    texts = ["".join(item.itertext()) for item in shared]
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = []
        for cell in row.iter(f"{SHEET}c"):
            value = "".join(cell.itertext())
            cells.append(texts[int(value)] if cell.get("t") == "s" else value)
        rows.append(cells)
    return rows


@pytest.mark.parametrize("app", MAKE)
def test_every_file_holds_exactly_the_result_in_its_order(client, app):
    mikrogrant, regranting = (builders.make_instrument(nazwa=name) for name in ("Mikrogrant", "Regranting"))
    for number in range(27):
        MAKE[app](tytul=f"Wpis {number:02}", instrumenty=[regranting if number % 3 else mikrogrant])
    MAKE[app](tytul="Szkic", instrumenty=[mikrogrant], status=Status.DRAFT)
    for query, count in (("", 27), ("?instrument=mikrogrant&sort=tytul", 9), ("?q=wpis", 27), ("?q=nic", 0)):
        data = read_json(client, f"/{app}/eksport.json{query}")
        slugs = [row["slug"] for row in data["results"]]
        assert (data["count"], len(slugs)) == (count, count)
        page = client.get(f"/{app}/{query}")
        assert slugs[:20] == [row.slug for row in page.context["katalog"].rows]
        assert [row["slug"] for row in read_csv(client, f"/{app}/eksport.csv{query}")] == slugs
        header, *rows = read_xlsx(client, f"/{app}/eksport.xlsx{query}")
        assert [row[header.index("slug")] for row in rows] == slugs
        for ending in ("csv", "xlsx", "json") if count else ():
            assert f'href="/{app}/eksport.{ending}{query}"' in page.content.decode().replace("&amp;", "&")


def test_the_json_says_everything_that_the_page_says(client, settings):
    settings.SITE_URL = "https://praktyki.example"
    praktyka = builders.make_praktyka(
        tytul="Zielone podwórka",
        instrumenty=[builders.make_instrument(nazwa="Mikrogrant")],
        jst=[builders.make_jst(nazwa="Łódź", wojewodztwo=builders.make_wojewodztwo(nazwa="łódzkie"))],
        kwota_zl="10000.50",
        rok_od=2019,
        stan_prawny=date(2026, 1, 2),
        tagi=["zieleń"],
        rezultaty="Sto podwórek.",
    )
    praktyka.zrodla.create(tytul="Uchwała", url="https://bip.pl/u", rok=2019)
    data = read_json(client, "/praktyki/eksport.json")
    assert {"count", "results", "licencja", "zrodlo"} <= data.keys()
    assert "https://praktyki.example/praktyki/" in data["zrodlo"]
    (row,) = data["results"]
    for name, value in {
        "slug": "zielone-podworka",
        "tytul": "Zielone podwórka",
        "adres": "https://praktyki.example/praktyki/zielone-podworka/",
        "instrumenty": ["mikrogrant"],
        "jst": ["Łódź"],
        "wojewodztwa": ["łódzkie"],
        "kwota_zl": 10000.5,
        "rok_od": 2019,
        "rok_do": None,
        "stan_prawny": "2026-01-02",
        "tagi": ["zieleń"],
        "rezultaty": "Sto podwórek.",
        "problem": None,
        "zrodla": [{"tytul": "Uchwała", "url": "https://bip.pl/u", "wydawca": None, "rok": 2019}],
    }.items():
        assert row[name] == value, name
    (line,) = read_csv(client, "/praktyki/eksport.csv")
    assert (line["kwota_zl"], line["rok_od"], line["problem"]) == ("10000,5", "2019", "")
    assert line["zrodla"] == "Uchwała (https://bip.pl/u)"


def test_every_field_that_an_editor_fills_and_a_reader_sees_is_exported(client):
    """A field added to a model must be exported, or named here as one that readers do not see."""
    internal = {"uwagi_redakcji", "successor", "sequence", "bez_godziny", "data_opis", "poczatek"}
    internal |= {
        "link_online",
        "liczba_uczestnikow_jst",
        "liczba_uczestnikow_ngo",
    }  # under other names, or live
    for app, make in MAKE.items():
        fields = type(make())._meta.get_fields()
        editable = {field.name for field in fields if getattr(field, "editable", False)} - {"id"}
        (row,) = read_json(client, f"/{app}/eksport.json")["results"]
        assert editable - internal - row.keys() == set()
        assert "uwagi_redakcji" not in row


@pytest.mark.parametrize("app", MAKE)
def test_an_export_names_the_public_materials_its_page_shows(client, app):
    row = MAKE[app]()
    owner = {"praktyka" if app == "praktyki" else "spotkanie": row}
    builders.make_material(
        tytul="Umowa", content=documents.pdf(), filename="umowa.pdf", licencja="cc0", **owner
    )
    builders.make_material(tytul="Nagranie", url="https://wideo.pl/1", **owner)
    builders.make_material(tytul="Później", publiczny_od=date(2999, 1, 1), **owner)
    address = row.materialy.get(tytul="Umowa").get_absolute_url()
    (exported,) = read_json(client, f"/{app}/eksport.json")["results"]
    assert [(one["tytul"], one["adres"], one["licencja"]) for one in exported["materialy"]] == [
        ("Umowa", f"http://127.0.0.1:8000{address}", "CC0 (bez ograniczeń)"),
        ("Nagranie", "https://wideo.pl/1", None),
    ]
    (line,) = read_csv(client, f"/{app}/eksport.csv")
    assert line["materialy"].endswith("| Nagranie (https://wideo.pl/1)")


def test_an_export_of_meetings_holds_the_programme_and_one_of_practices_their_public_meetings(client):
    praktyka = builders.make_praktyka()
    spotkanie = builders.make_spotkanie(praktyki=[praktyka])
    builders.make_spotkanie(praktyki=[praktyka], status=Status.DRAFT)
    builders.make_wystapienie(spotkanie, tytul="Otwarcie", od=time(9), do=time(9, 30), online=False)
    builders.make_wystapienie(spotkanie, tytul="")
    (row,) = read_json(client, "/spotkania/eksport.json")["results"]
    assert row["program"] == [
        {"od": "09:00", "do": "09:30", "temat": "Otwarcie", "online": False, "opis": None},
        {"od": None, "do": None, "temat": None, "online": None, "opis": None},
    ]
    (line,) = read_csv(client, "/spotkania/eksport.csv")
    assert line["program"] == "09:00–09:30 Otwarcie | temat: brak danych"
    (row,) = read_json(client, "/praktyki/eksport.json")["results"]
    assert row["spotkania"] == [spotkanie.slug]


DANGEROUS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|cmd", "＝1", "＋1", "－1", "＠x"),
    *(
        " =1",
        "\xa0=1",
        '"=1',
        "'=1",
        "„=1",
        "  \t@x",
        " \r\n=1",
        "\t1",
        "\n1",
        ' "\t=HYPERLINK("http://zly.pl")',
    ),
    *("=cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+48 32 000 00 00", "\u2003=1", "\u3000=1", "”=1"),
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula(client, text):
    assert guarded(text) == f"'{text}"
    builders.make_praktyka(slug="grozna", tytul=text, streszczenie=text, kwota_zl=5)
    (line,) = read_csv(client, "/praktyki/eksport.csv")
    for name in ("tytul", "streszczenie"):
        written = line[name]
        assert written[0] == "'"
        assert written[1:].replace("\n", "") == text.replace("\r", "").replace("\n", "")
    assert line["kwota_zl"] == "5"
    header, row = read_xlsx(client, "/praktyki/eksport.xlsx")
    assert row[header.index("tytul")].strip() == text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize(
    "text", ["Zwykły tekst", "5-10 osób", "a=b", "(=1)", "10 000 zł", "„tak”", "1|2", ""]
)
def test_an_ordinary_text_stays_as_it_is(text):
    assert guarded(text) == text


def test_a_text_longer_than_a_cell_is_cut_and_the_rest_of_the_book_is_whole(client):
    builders.make_praktyka(tytul="Długa", problem="ż" * 40_000)
    builders.make_praktyka(tytul="Druga")
    header, *rows = read_xlsx(client, "/praktyki/eksport.xlsx")
    problems = [row[header.index("problem")] for row in rows]
    assert sorted(map(len, problems)) == [0, 32_767]


def test_control_characters_go_and_polish_letters_stay(client):
    builders.make_praktyka(slug="x", tytul="Zażółć \x01\x0b gęślą")
    assert read_csv(client, "/praktyki/eksport.csv")[0]["tytul"] == "Zażółć  gęślą"
    assert read_xlsx(client, "/praktyki/eksport.xlsx")[1][2] == "Zażółć  gęślą"


@pytest.mark.parametrize("app", MAKE)
def test_rows_are_read_in_parts_with_as_many_queries_a_part_whatever_their_number(client, app, monkeypatch):
    counts = []
    for rows in (1, 4):
        for _ in range(rows):
            MAKE[app](instrumenty=[builders.make_instrument(), builders.make_instrument()])
        client.get(f"/{app}/")  # the index is up to date
        with CaptureQueriesContext(connection) as queries:
            body(client, f"/{app}/eksport.json")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    monkeypatch.setattr(catalogue, "PART", 2)
    assert read_json(client, f"/{app}/eksport.json")["count"] == 5


def test_a_row_withdrawn_while_the_file_is_sent_is_neither_written_nor_counted(client):
    first, second = builders.make_praktyka(tytul="A"), builders.make_praktyka(tytul="B")
    response = client.get("/praktyki/eksport.json?sort=tytul")
    type(second).objects.filter(pk=second.pk).update(status=Status.DRAFT, published_at=None)
    data = json.loads(b"".join(response.streaming_content))
    assert ([row["slug"] for row in data["results"]], data["count"]) == ([first.slug], 1)


def test_a_file_says_its_name_and_is_kept_by_nobody(client):
    for ending, kind in (("csv", "text/csv"), ("json", "application/json"), ("xlsx", "application/vnd")):
        response = client.get(f"/praktyki/eksport.{ending}")
        assert response["Content-Type"].startswith(kind)
        assert re.fullmatch(
            rf'attachment; filename="praktyki-\d{{4}}-\d\d-\d\d\.{ending}"', response["Content-Disposition"]
        )
        assert response["Cache-Control"] == "private, no-cache"
        assert response["X-Robots-Tag"] == "noindex"
        assert b"".join(response.streaming_content)


def test_all_keys_of_a_result_come_in_the_order_of_its_pages():
    for number in range(45):
        builders.make_praktyka(tytul=f"Wpis {number:02}")
    for query in ("", "sort=tytul", "q=wpis"):
        one = catalogue.Catalogue(PRAKTYKA, QueryDict(query), "/praktyki/")
        pages = [
            catalogue.Catalogue(PRAKTYKA, QueryDict(f"{query}&strona={n}"), "/praktyki/").rows
            for n in (1, 2, 3)
        ]
        assert one.keys() == [row.pk for rows in pages for row in rows]
