"""Spreadsheets as editors send them."""

from io import BytesIO

import xlsxwriter


def workbook(headings, rows) -> bytes:
    """Return an XLSX file; `rows` are dicts by heading, a pair in them is a formula with its result."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(headings):
                value = row.get(name)
                if isinstance(value, tuple):
                    sheet.write_formula(number, place, value[0], None, value[1])
                elif value is not None:
                    sheet.write(number, place, value)
    return file.getvalue()


def csv(headings, rows, *, delimiter=";", encoding="utf-8-sig") -> bytes:
    lines = [headings, *([str(row.get(name, "")) for name in headings] for row in rows)]
    return "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
