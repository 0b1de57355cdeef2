"""The pages of the desk on which tables are exported and imported, and the command for thousands of rows."""

import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from platforma.lib.spreadsheets import FORMULA
from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA
from praktyki.models import Praktyka
from tests import builders, sheets
from tests.platforma.test_tables import HEADINGS, practice, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

PAGE = "/admin/tabele/praktyki/"
EVIL = ["=HYPERLINK(A1)", "+1", "-2", "@SUM(A1)", "\t=1", "|calc", "＝1"]


@pytest.fixture
def desk(client):
    client.force_login(builders.make_user(REDAKTOR, username="ania"))
    return client


def upload(rows, name="tabela.xlsx"):
    return SimpleUploadedFile(name, sheets.workbook(HEADINGS, rows))


def content(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_a_file_is_checked_then_stored(desk, world):  # noqa: F811
    page = desk.post(PAGE, {"plik": upload([practice(1)]), "check": "1"})
    assert "jeszcze niczego nie zapisano" in page.content.decode() and Praktyka.objects.count() == 0
    page = desk.post(PAGE, {"plik": upload([practice(1)]), "save": "1"})
    assert "Zapisano" in page.content.decode() and Praktyka.objects.get().slug == "praktyka-1"


def test_mistakes_are_told_by_row_and_column(desk, world):  # noqa: F811
    rows = [practice(1), practice(2, rok_od="kiedyś <b>dawno</b>")]
    page = desk.post(PAGE, {"plik": upload(rows), "save": "1"}).content.decode()
    assert "Błędy: 1. Niczego nie zapisano." in page
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert cells[:3] == ["3", "<code>rok_od</code>", "kiedyś &lt;b&gt;dawno&lt;/b&gt;"]
    assert Praktyka.objects.count() == 0


@pytest.mark.parametrize("name", ["zly.txt", "zly.xlsx", "zly.csv"])
def test_a_file_that_is_no_table_gets_a_sentence(desk, name):
    page = desk.post(PAGE, {"plik": SimpleUploadedFile(name, b"\x00zly"), "save": "1"})
    assert page.status_code == 200 and "errorlist" in page.content.decode()


def test_no_file_gets_a_sentence(desk):
    assert "To pole jest wymagane" in desk.post(PAGE, {"save": "1"}).content.decode()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["praktyki", "jst"])
def test_an_export_comes_back_unchanged(client, world, name, ending):  # noqa: F811
    client.force_login(builders.make_user(WYDAWCA))
    jst = builders.make_jst(lat=50.25, lon=19.01, wojewodztwo=builders.make_wojewodztwo(), w_gzm=True)
    for number, text in enumerate(EVIL):
        praktyka = builders.make_praktyka(
            tytul=f"{text} {number}", slug=f"p-{number}", problem=text, jst=[jst]
        )
        praktyka.instrumenty.add(builders.make_instrument())
        praktyka.tagi.add("jeden tag", "drugi")
    builders.make_praktyka(kwota_zl="1250.50", stan_prawny="2026-03-31", pewnosc="niska").instrumenty.add(
        builders.make_instrument()
    )
    exported = client.get(f"/admin/tabele/{name}/eksport.{ending}")
    assert f'filename="{name}-eksport-' in exported["Content-Disposition"]
    file = SimpleUploadedFile(f"tabela.{ending}", content(exported))
    page = client.post(f"/admin/tabele/{name}/", {"plik": file, "check": "1"})
    outcome = page.context["outcome"]
    assert (outcome.mistakes, outcome.added, outcome.changed) == ([], [], [])
    assert outcome.unchanged > 2


def test_exports_hold_no_formulas(desk):
    for number, text in enumerate(EVIL):
        builders.make_praktyka(tytul=text, slug=f"p-{number}", uwagi_redakcji=text)
    book = openpyxl.load_workbook(BytesIO(content(desk.get(f"{PAGE}eksport.xlsx"))))
    cells = [cell for row in book["dane"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    lines = content(desk.get(f"{PAGE}eksport.csv")).decode("utf-8-sig").splitlines()
    assert [
        cell for line in lines for cell in line.split(";") if FORMULA.match(cell) and cell[0] != "'"
    ] == []


def test_the_template_explains_its_columns(desk, world):  # noqa: F811
    book = openpyxl.load_workbook(BytesIO(content(desk.get(f"{PAGE}wzor.xlsx"))))
    assert [cell.value for cell in book["dane"][1]][:2] == ["slug", "tytul"] and book["dane"].max_row == 1
    about = dict(book["opis kolumn"].iter_rows(values_only=True))
    assert "wymagane" in about["tytul"] and "rozdzielone znakiem |" in about["instrumenty"]
    allowed = {row[0]: [one for one in row[1:] if one] for row in book["dozwolone wartości"].values}
    assert allowed["instrumenty"] == ["mikrogrant", "regranting"] and "średnia" in allowed["pewnosc"]


@pytest.mark.parametrize(
    ("role", "status"), [(None, 403), (REDAKTOR, 200), (WYDAWCA, 200), (ADMINISTRATOR, 200)]
)
@pytest.mark.parametrize("address", ["", "eksport.csv", "eksport.xlsx", "wzor.csv", "wzor.xlsx"])
def test_a_role_opens_the_pages(client, role, status, address):
    client.force_login(builders.make_user(role))
    response = client.get(f"{PAGE}{address}")
    assert response.status_code == status
    assert status == 403 or "no-store" in response["Cache-Control"]
    assert content(response)


def test_a_stranger_is_asked_to_sign_in(client):
    for address in (PAGE, f"{PAGE}eksport.csv"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/admin/tabele/konta/", f"{PAGE}hasla.csv", f"{PAGE}eksport.exe"])
def test_other_tables_do_not_exist(desk, address):
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("model", ["praktyka", "jst"])
def test_the_lists_lead_to_the_tables(desk, model):
    assert "Import i eksport" in desk.get(f"/admin/praktyki/{model}/").content.decode()


def test_an_export_asks_the_same_for_more_rows(desk, django_assert_max_num_queries):
    for _number in range(6):
        row = builders.make_praktyka(jst=[builders.make_jst()], tagi=["tag"])
        row.instrumenty.add(builders.make_instrument())
    with django_assert_max_num_queries(14):
        content(desk.get(f"{PAGE}eksport.csv"))


class Terminal(StringIO):
    def isatty(self):
        return True


def run(path, *options, out=None):
    out = out or StringIO()
    call_command("import_table", "praktyki", path, *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_imports_with_a_persons_rights(tmp_path, world):  # noqa: F811
    builders.make_user(REDAKTOR, username="ania")
    path = tmp_path / "tabela.xlsx"
    path.write_bytes(sheets.workbook(HEADINGS, [practice(1), practice(2)]))
    assert "Do zapisania: nowe 2" in run(path, "--user", "ania") and Praktyka.objects.count() == 0
    assert "Zapisano: nowe 2" in run(path, "--user", "ania", "--save") and Praktyka.objects.count() == 2
    with pytest.raises(CommandError, match="Nie ma czynnego konta"):
        run(path, "--user", "nikt")
    path.write_bytes(sheets.workbook(HEADINGS, [practice(1, rok_od="x")]))
    with pytest.raises(CommandError, match="Niczego nie zapisano"):
        run(path, "--user", "ania", "--save")


def test_the_command_shows_on_a_terminal_how_far_it_is(tmp_path, world):  # noqa: F811
    builders.make_user(REDAKTOR, username="ania")
    path = tmp_path / "tabela.xlsx"
    path.write_bytes(sheets.workbook(HEADINGS, [practice(number) for number in range(60)]))
    shown = run(path, "--user", "ania", "--save", out=Terminal())
    steps = re.findall(r"(Sprawdzono|Zapisano): (\d+) z 60", shown)
    assert steps == [(verb, number) for verb in ("Sprawdzono", "Zapisano") for number in ("50", "60")]
    assert " z 60" not in run(path, "--user", "ania", "--save")
