"""Exactly the current result of a catalogue as CSV, XLSX or JSON, read and sent in parts.

CSV is for Excel as Poles have it: UTF-8 with BOM, semicolons, CRLF. A text that a spreadsheet would take for
a formula gets an apostrophe (OWASP "CSV Injection", and what libraries leave out: blanks, quotes, full-width
signs). In XLSX every text is stored as text, so nothing needs marking.
"""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from platforma.lib.catalogue import Catalogue
from platforma.lib.pages import absolute
from platforma.lib.text import printable

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/deed.pl"
SOURCE = "Platforma Dobrych Praktyk"
BOM = "\ufeff"
BETWEEN = " | "  # between the values of one cell
MAX_CELL = 32_767  # characters in a cell of a workbook
FORMULA = re.compile(r"[\s\"'„”]*[=+\-@|＝＋－＠]|[ \xa0\"'„”]*[\t\r\n]")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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


def export_response(katalog: Catalogue, ending: str, *, name: str, columns: list[Column], fetch):
    """Answer with the file `name`.`ending`; `fetch` prefetches what the columns read."""
    rows = katalog.every_row(fetch)
    if ending == "xlsx":
        response = FileResponse(_workbook(columns, rows, katalog), content_type=CONTENT_TYPES[ending])
    else:
        lines = csv_lines(columns, rows) if ending == "csv" else json_parts(columns, rows, katalog)
        response = StreamingHttpResponse(lines, content_type=CONTENT_TYPES[ending])
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{ending}"'
    )
    response["X-Robots-Tag"] = "noindex"
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def csv_lines(columns: list[Column], rows: Iterable) -> Iterator[str]:
    """Yield the lines of the table."""
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow
    yield BOM + write([column.name for column in columns])
    for row in rows:
        yield write([guarded(cell(column, row)) for column in columns])


def guarded(value):
    """Return `value` so that no spreadsheet runs it; numbers stay numbers, with the comma that Poles use."""
    if isinstance(value, float):
        return f"{value}".replace(".", ",")
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


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


def json_parts(columns: list[Column], rows: Iterable, katalog: Catalogue) -> Iterator[str]:
    """Yield the document; `count` comes after the rows, so that it counts those that were really written."""
    about = {"licencja": LICENCE, "zrodlo": f"{SOURCE}, {absolute(katalog.form_url + katalog.query)}"}
    count = 0
    yield '{"results": ['
    for row in rows:
        item = {column.name: plain(column.value(row)) for column in columns}
        yield (",\n" if count else "\n") + json.dumps(item, ensure_ascii=False)
        count += 1
    rest = {"count": count, **about, "pobrano": timezone.localtime().isoformat(timespec="seconds")}
    yield f"\n], {json.dumps(rest, ensure_ascii=False)[1:]}\n"


def _workbook(columns, rows, katalog):
    """Return the finished workbook as an open temporary file, gone once it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options | {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("dane")
        sheet.freeze_panes(1, 0)
        write_row(sheet, 0, [column.name for column in columns], book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            write_row(sheet, number, [cell(column, row) for column in columns])
        _write_about(book.add_worksheet("opis"), columns, katalog)
    file.seek(0)
    return file


def write_row(sheet, number, values, *style):
    for place, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(number, place, value[:MAX_CELL], *style)
        else:
            sheet.write_number(number, place, value, *style)


def _write_about(sheet, columns, katalog):
    about = [
        ("źródło", SOURCE),
        ("adres wyniku", absolute(katalog.form_url + katalog.query)),
        ("licencja", LICENCE),
        ("pobrano", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("", ""),
        *((column.name, column.about) for column in columns),
    ]
    for number, pair in enumerate(about):
        write_row(sheet, number, pair)
