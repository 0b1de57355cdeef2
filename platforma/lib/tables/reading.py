"""Reading the file an editor chose: XLSX, or CSV in any of the ways that Polish spreadsheets write it."""

import codecs
import csv
import re
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice

import openpyxl

from platforma.lib.files.checks import inspect
from platforma.lib.files.refusal import Refusal
from platforma.lib.spreadsheets import FORMULA

MAX_ROWS = 5_000
MAX_BYTES = 8 * 1024 * 1024
MAX_COLUMNS = 100
ENDINGS = ("xlsx", "csv")
_ENCODINGS = ("utf-8-sig", "cp1250")  # the second is what Excel writes as "CSV" in Poland
_MARKS_OF_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what it writes as "Unicode text"


class UnreadableTable(Exception):
    """The file as a whole is no table; the text is a Polish sentence for the editor."""


@dataclass(frozen=True)
class Row:
    """A row with its number in the file (the heading is 1), its cells by column, and what stood beyond."""

    number: int
    cells: dict
    extra: tuple = ()


class Formula(str):
    """A formula whose result the file does not hold: a program wrote it and no spreadsheet reckoned it."""


def read_table(name: str, data: bytes) -> tuple[list[str], list[Row]]:
    """Return the headings and the rows that hold anything; raise UnreadableTable."""
    if len(data) > MAX_BYTES:
        raise UnreadableTable(f"Plik jest większy niż {MAX_BYTES // 1024**2} MB. Podziel go na części.")
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise UnreadableTable("Wybierz plik XLSX albo CSV.")
    lines = _workbook(name, data) if ending == "xlsx" else _csv(data)
    return _table(lines)


def _table(lines):
    headings, rows = [], []
    for number, values in enumerate(lines, 1):
        values = list(values)
        if all(_is_empty(value) for value in values):
            continue
        if not headings:
            headings = _headings(values)
            continue
        if len(rows) == MAX_ROWS:
            raise UnreadableTable(f"Plik ma ponad {MAX_ROWS} wierszy. Podziel go na części.")
        padded = values + [None] * (len(headings) - len(values))
        extra = tuple(value for value in values[len(headings) :] if not _is_empty(value))
        cells = {name: value for name, value in zip(headings, padded, strict=False) if name}
        rows.append(Row(number, cells, extra))
    if not rows:
        raise UnreadableTable("W pliku nie ma żadnego wiersza pod nagłówkami.")
    return [name for name in headings if name], rows


def _is_empty(value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _headings(values) -> list[str]:
    names = [str(value or "").strip().lower() for value in values]
    while names and not names[-1]:
        names.pop()
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableTable(f"Kolumna „{twice[0]}” występuje w nagłówku więcej niż raz.")
    return names


def _workbook(name, data):
    try:
        inspect(name, data)
    except Refusal as refusal:
        raise UnreadableTable(f"Plik {refusal}") from refusal
    try:
        for values, cells in zip(_cells(data, data_only=True), _cells(data), strict=True):
            results = zip(values, cells, strict=True)
            yield [_result(value.value, cell) for value, cell in islice(results, MAX_COLUMNS)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as error:
        raise UnreadableTable("Nie da się odczytać tego skoroszytu. Zapisz go ponownie jako XLSX.") from error


def _cells(data, **options):
    """Return the rows of the first sheet."""
    sheet = openpyxl.load_workbook(BytesIO(data), read_only=True, **options).worksheets[0]
    sheet.reset_dimensions()  # what a file claims of its size is often wrong
    return sheet.iter_rows()


def _result(value, cell):
    """Return the result of a formula, so that one without any does not empty a field unseen."""
    is_lost = value is None and cell.data_type == "f"
    return Formula(getattr(cell.value, "text", cell.value)) if is_lost else value


def _csv(data):
    text = _decoded(data)
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(";\t,", key=heading.count)
    try:
        for line in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            yield [_unguarded(value) for value in line[:MAX_COLUMNS]]
    except csv.Error as error:
        raise UnreadableTable("Nie da się odczytać tego pliku CSV. Zapisz go ponownie.") from error


def _decoded(data):
    for encoding in ("utf-16",) if data.startswith(_MARKS_OF_UTF16) else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableTable("Plik CSV ma nieznane kodowanie. Zapisz go jako „CSV UTF-8”.")


def _unguarded(value: str) -> str:
    """Undo the apostrophe that our exports put before what looks like a formula."""
    return value[1:] if re.match("'", value) and FORMULA.match(value[1:]) else value
