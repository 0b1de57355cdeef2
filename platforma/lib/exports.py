"""Exactly the current result of a catalogue as CSV, XLSX or JSON, read and sent in parts."""

import json
from collections.abc import Iterable, Iterator

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from platforma.lib.catalogue import Catalogue
from platforma.lib.pages import absolute
from platforma.lib.spreadsheets import Column, as_file, csv_lines, lines_of, plain, workbook

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/deed.pl"
SOURCE = "Platforma Dobrych Praktyk"


def export_response(katalog: Catalogue, ending: str, *, name: str, columns: list[Column], fetch):
    """Answer with the file `name`.`ending`; `fetch` prefetches what the columns read."""
    rows = katalog.every_row(fetch)
    if ending == "xlsx":
        response = FileResponse(workbook(lines_of(columns, rows), {"opis": _about(columns, katalog)}))
    elif ending == "csv":
        response = StreamingHttpResponse(csv_lines(lines_of(columns, rows)))
    else:
        response = StreamingHttpResponse(json_parts(columns, rows, katalog))
    response["X-Robots-Tag"] = "noindex"
    return as_file(response, name, ending)


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


def _about(columns, katalog):
    """Yield the lines that say what the workbook holds; written after its rows, so the time is true."""
    yield "źródło", SOURCE
    yield "adres wyniku", absolute(katalog.form_url + katalog.query)
    yield "licencja", LICENCE
    yield "pobrano", f"{timezone.localtime():%Y-%m-%d %H:%M}"
    yield "", ""
    for column in columns:
        yield column.name, column.about
