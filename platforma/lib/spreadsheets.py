"""Tables as files: CSV and XLSX in which nothing is a formula.

CSV is for Excel as Poles have it: UTF-8 with BOM, semicolons, CRLF. A text that a spreadsheet would take for
a formula gets an apostrophe (OWASP "CSV Injection", and what libraries leave out: blanks, quotes, full-width
signs). In XLSX every text is stored as text, so nothing needs marking.
"""

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponseBase
from django.utils import timezone

from platforma.lib.text import printable

BOM = "\ufeff"
BETWEEN = " | "  # between the values of one cell
MAX_CELL = 32_767  # characters in a cell of a workbook
FORMULA = re.compile(r"[\s\"'„”]*[=+\-@|＝＋－＠]|[ \xa0\"'„”]*[\t\r\n]")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, what it means in Polish, and its value in a row.

    A value is text, a number, a date, None, or a list; `cell` says how an item of the list is written in a
    table.
    """

    name: str
    about: str
    value: Callable
    cell: Callable[[object], str] = str


def lines_of(columns: list[Column], rows: Iterable) -> Iterator[list]:
    """Yield the lines of a table as lists of cells, the names of the columns first."""
    yield [column.name for column in columns]
    for row in rows:
        yield [cell(column, row) for column in columns]


def cell(column: Column, row):
    """Return what stands in a table: text, a number or an ISO date; "" where nothing is known."""
    value = column.value(row)
    if value is None:
        return ""
    if isinstance(value, list):
        return printable(BETWEEN.join(column.cell(item) for item in value))
    return printable(value) if isinstance(value, str) else plain(value)


def plain(value):
    """Return a value of JSON: whole amounts as whole numbers, moments in Polish time."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def csv_lines(lines: Iterable[list]) -> Iterator[str]:
    """Yield the text of a CSV file, line by line."""
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow
    for number, line in enumerate(lines):
        yield ("" if number else BOM) + write([guarded(value) for value in line])


def guarded(value):
    """Return `value` so that no spreadsheet runs it; numbers stay numbers, with the comma that Poles use."""
    if isinstance(value, float):
        return f"{value}".replace(".", ",")
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def workbook(lines: Iterable[list], explanations: dict[str, Iterable]):
    """Return a finished workbook as an open temporary file, gone once it is closed.

    `lines` fill its first sheet, their first line as headings; `explanations` are the lines of more sheets.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response that sends it closes it)
    with xlsxwriter.Workbook(file, TEXT_STAYS_TEXT | {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("dane")
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(lines):
            _write_line(sheet, number, line, *(() if number else (bold,)))
        for name, rest in explanations.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 1, 40)  # wide enough to read
            for number, line in enumerate(rest):
                _write_line(sheet, number, line)
    file.seek(0)
    return file


def _write_line(sheet, number, values, *style):
    for place, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(number, place, value[:MAX_CELL], *style)
        else:
            sheet.write_number(number, place, value, *style)


def as_file(response: HttpResponseBase, name: str, ending: str) -> HttpResponseBase:
    """Return `response` as a file to be kept, its name with the day."""
    response["Content-Type"] = CONTENT_TYPES[ending]
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{ending}"'
    )
    return response
