"""Writing a table for editors: a workbook with a sheet of explanations, or CSV; never a formula."""

import tempfile
from collections.abc import Iterable

import xlsxwriter

from platforma.lib.exports import Column, cell, csv_lines, write_row

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def csv_text(columns: list[Column], rows: Iterable) -> str:
    return "".join(csv_lines(columns, rows))


def workbook(columns: list[Column], rows: Iterable, allowed: dict[str, list[str]]):
    """Return a workbook as an open temporary file; `allowed` lists by column what its cells may hold."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    with xlsxwriter.Workbook(file, OPTIONS | {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("dane")
        sheet.freeze_panes(1, 0)
        write_row(sheet, 0, [column.name for column in columns], bold)
        for number, row in enumerate(rows, 1):
            write_row(sheet, number, [cell(column, row) for column in columns])
        _lines(book.add_worksheet("opis kolumn"), [(column.name, column.about) for column in columns])
        _lines(
            book.add_worksheet("dozwolone wartości"), [(name, *values) for name, values in allowed.items()]
        )
    file.seek(0)
    return file


def _lines(sheet, lines):
    sheet.set_column(0, 1, 40)
    for number, values in enumerate(lines):
        write_row(sheet, number, values)
