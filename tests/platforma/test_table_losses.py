"""What spreadsheets lose on the way is told to the editor; it never empties or shortens a field unseen."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from platforma import tables
from platforma.lib.spreadsheets import MAX_CELL, lines_of, workbook
from platforma.lib.tables.reading import Row, read_table
from platforma.roles import WYDAWCA
from praktyki.models import Jst, Praktyka
from praktyki.tables import PraktykaTable
from tests import builders, sheets

pytestmark = pytest.mark.django_db


def bring(data, name="praktyki"):
    """Import a workbook; return what the editor is told, by column."""
    headings, rows = read_table("tabela.xlsx", data)
    outcome = tables.import_rows(name, headings, rows, builders.make_user(WYDAWCA), save=True)
    return {mistake.column: mistake.about for mistake in outcome.mistakes}


def written_by_a_program(*lines) -> bytes:
    """Return a workbook whose formulas nothing has reckoned yet."""
    book, file = openpyxl.Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(file)
    return file.getvalue()


def test_a_formula_without_a_result_does_not_empty_its_field():
    builders.make_praktyka(slug="praktyka-1", rok_od=2020)
    told = bring(written_by_a_program(["slug", "rok_od"], ["praktyka-1", "=2000+21"]))
    assert "formuła bez wyniku" in told["rok_od"]
    assert Praktyka.objects.get().rok_od == 2020


def test_the_result_of_a_formula_is_stored():
    builders.make_praktyka(slug="praktyka-1", rok_od=2020).instrumenty.add(builders.make_instrument())
    data = sheets.workbook(["slug", "rok_od"], [{"slug": "praktyka-1", "rok_od": ("=2000+21", 2021)}])
    assert bring(data) == {} and Praktyka.objects.get().rok_od == 2021


def test_a_sum_is_stored_as_the_spreadsheet_shows_it():
    builders.make_praktyka(slug="praktyka-1").instrumenty.add(builders.make_instrument())
    rows = [Row(2, {"slug": "praktyka-1", "kwota_zl": 0.1 + 0.2})]
    outcome = tables.import_rows(
        "praktyki", ["slug", "kwota_zl"], rows, builders.make_user(WYDAWCA), save=True
    )
    assert outcome.mistakes == [] and Praktyka.objects.get().kwota_zl == Decimal("0.3")


def test_a_place_on_the_map_keeps_every_digit():
    held = 50.123456789012344
    builders.make_jst(slug="zielona", lat=held, lon=19.0)
    rows = [Row(2, {"slug": "zielona", "lat": held})]
    outcome = tables.import_rows("jst", ["slug", "lat"], rows, builders.make_user(WYDAWCA))
    assert (outcome.mistakes, outcome.unchanged) == ([], 1)


def test_a_row_of_blanks_is_no_row():
    data = sheets.workbook(["slug", "rok_od"], [{"slug": "a"}, {"slug": "  ", "rok_od": "\xa0"}])
    _headings, rows = read_table("tabela.xlsx", data)
    assert [row.number for row in rows] == [2]


def test_a_text_longer_than_a_cell_survives_an_export_and_an_import():
    praktyka = builders.make_praktyka(slug="praktyka-1", problem="a" * (MAX_CELL + 9), rok_od=2020)
    praktyka.instrumenty.add(builders.make_instrument())
    table = PraktykaTable()
    with workbook(lines_of(table.columns(), table.entries()), {}) as file:
        data = file.read()
    assert bring(data) == {}
    assert len(Praktyka.objects.get().problem) == MAX_CELL + 9


def test_a_text_that_its_cell_cut_is_not_stored():
    builders.make_praktyka(slug="praktyka-1", problem="Krótki opis.")
    data = sheets.workbook(["slug", "problem"], [{"slug": "praktyka-1", "problem": "b" * MAX_CELL}])
    assert "ucięła" in bring(data)["problem"]
    assert Praktyka.objects.get().problem == "Krótki opis."


@pytest.mark.parametrize("teryt", [201011, 201, 2, "02010111", "02-01"])
def test_a_code_that_lost_its_zero_or_is_none_is_refused(teryt):
    row = {"nazwa": "Bolesławiec", "typ": "gmina miejska", "teryt": teryt}
    told = bring(sheets.workbook(["nazwa", "typ", "teryt"], [row]), "jst")
    assert set(told) == {"teryt"} and not Jst.objects.exists()


def test_a_whole_code_is_stored():
    row = {"nazwa": "Bolesławiec", "typ": "gmina miejska", "teryt": "0201011"}
    assert bring(sheets.workbook(["nazwa", "typ", "teryt"], [row]), "jst") == {}
    assert Jst.objects.get().teryt == "0201011"
