"""The text of office files, paragraph by paragraph. Runs in the worker only.

The XML is read by lxml itself: the libraries for one format each (python-docx, python-pptx, odfpy) pass over
tables or text boxes, and two of them had no release for two years.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from platforma.lib.files.refusal import Refusal

_PARTS = (  # of the archive, in the order they are read
    re.compile(r"word/document\.xml"),
    re.compile(r"word/(?:footnotes|endnotes)\.xml"),
    re.compile(r"ppt/slides/slide(\d+)\.xml"),
    re.compile(r"xl/sharedStrings\.xml"),
    re.compile(r"content\.xml"),
)
_PARAGRAPHS = ("{*}p", "{*}h", "{*}si")
_SPACES = frozenset(("tab", "br", "cr", "s", "line-break"))


def texts(data: bytes) -> Iterator[str]:
    """Yield the paragraphs of the body: no headers, no notes of a presenter, nothing deleted."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in _body(archive.namelist()):
                with archive.open(name) as part:
                    yield from _paragraphs(part, is_open=name == "content.xml")
    except (zipfile.BadZipFile, EOFError, etree.XMLSyntaxError) as error:
        raise Refusal("jest uszkodzony: nie da się go odczytać.") from error


def _body(names):
    for pattern in _PARTS:
        found = [match for name in names if (match := pattern.fullmatch(name))]
        for match in sorted(found, key=_number):
            yield match[0]


def _number(match) -> int:
    return int(match[1]) if match.re.groups else 0


def _paragraphs(part, is_open):
    """In OpenDocument text stands in the paragraph itself, in Office Open XML in its runs (`t`)."""
    events = etree.iterparse(part, tag=_PARAGRAPHS, resolve_entities=False, no_network=True, huge_tree=False)
    for _event, paragraph in events:
        yield "".join(_pieces(paragraph, is_open)).strip()
        tail, paragraph.tail = paragraph.tail, None
        paragraph.clear()
        paragraph.tail = tail


def _pieces(paragraph, is_open):
    for element in paragraph.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _SPACES:
            yield " "
        if element.text and (is_open or name == "t"):
            yield element.text
        if is_open and element is not paragraph and element.tail:
            yield element.tail
