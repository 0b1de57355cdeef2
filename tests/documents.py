"""Small real files of every format, made in memory; `text` is what a reader of the file would see."""

import zipfile
from io import BytesIO

import docx
import pikepdf
import pptx
import xlsxwriter
from django.core.files.base import ContentFile
from odfdo import Document, DrawPage, Frame, Paragraph
from PIL import Image

TEXT = "Uchwała o mikrograntach sąsiedzkich"


def _saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(text="Mikrogranty", *, pages=1, prepare=lambda pdf: None, **save) -> bytes:
    """Return a PDF with `text` (ASCII) on every page; `prepare` may spoil it before it is saved."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _number in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(f"BT /F1 12 Tf 72 770 Td ({text}) Tj ET".encode())
    prepare(document)
    file = BytesIO()
    document.save(file, **save)
    return file.getvalue()


def docx_file(text=TEXT) -> bytes:
    document = docx.Document()
    document.add_heading("Wzór", 1)
    document.add_table(1, 1).cell(0, 0).text = text
    return _saved(document)


def pptx_file(text=TEXT, *, slides=1) -> bytes:
    document = pptx.Presentation()
    for _number in range(slides):
        slide = document.slides.add_slide(document.slide_layouts[5])
        slide.shapes.title.text = text
        slide.notes_slide.notes_text_frame.text = "Notatka prelegentki"
    return _saved(document)


def open_document(kind="text", text=TEXT) -> bytes:
    """Return an ODT, or an ODP for `kind` "presentation"."""
    document = Document(kind)
    if kind == "text":
        document.body.append(Paragraph(text))
    else:
        document.body.append(_slide(text))
    return _saved(document)


def _slide(text):
    page = DrawPage("strona1")
    page.append(Frame.text_frame([text]))
    return page


def picture(format_="PNG", size=(40, 30), **save) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#0b6e6e").save(file, format_, **save)
    return file.getvalue()


def archive(members: dict[str, bytes | str], *, stored=("mimetype",)) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            written.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return file.getvalue()


def repacked(data: bytes, **changes: bytes | str) -> bytes:
    """Return an office file with members added or replaced; names are given with "__" for "/"."""
    with zipfile.ZipFile(BytesIO(data)) as read:
        members = {name: read.read(name) for name in read.namelist()}
    return archive(members | {name.replace("__", "/"): content for name, content in changes.items()})


def spreadsheet() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Rozliczenie").write("A1", TEXT)
    return file.getvalue()


def named(name: str, data: bytes) -> ContentFile:
    return ContentFile(data, name=name)
