"""PDF: what must not be inside, and the text that is. Runs in the worker only."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2

from platforma.lib.files.refusal import Refusal

MAX_PAGES = 2_000
MAX_OBJECTS = 200_000
_LINE_HYPHEN = "\ufffe"  # how pdfium writes the hyphen of a word broken at the end of a line
_ACTIVE = {  # key or action of a dictionary: what it is
    "/JS": "ma skrypty (JavaScript)",
    "/JavaScript": "ma skrypty (JavaScript)",
    "/Launch": "uruchamia programy",
    "/EF": "ma w środku inny plik",
    "/EmbeddedFile": "ma w środku inny plik",
    "/GoToE": "otwiera inny plik ze swojego środka",
    "/ImportData": "wczytuje dane z innego pliku",
    "/SubmitForm": "wysyła dane pod inny adres",
    "/RichMedia": "ma osadzone multimedia",
    "/XFA": "ma formularz XFA, którego większość programów nie pokaże",
}


def check(data: bytes) -> dict:
    """Refuse what is no plain document; return its `pages`, and `warnings` about what readers will miss."""
    if data[data.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \x00") or b"%%EOF" not in data:
        raise Refusal("jest ucięty albo ma dopisane inne dane za swoim końcem.")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _check(pdf)
    except pikepdf.PasswordError as error:
        raise Refusal("jest zaszyfrowany. Zapisz go bez hasła.") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise Refusal("jest uszkodzony: nie da się go otworzyć.") from error


def _check(pdf) -> dict:
    if pdf.is_encrypted:
        raise Refusal("jest zaszyfrowany. Zapisz go bez hasła i bez ograniczeń.")
    if len(pdf.objects) > MAX_OBJECTS:
        raise Refusal("jest zbyt złożony, żeby go sprawdzić.")
    for thing in pdf.objects:
        _check_thing(thing, depth=0)
    pages = len(pdf.pages)
    if not 0 < pages <= MAX_PAGES:
        raise Refusal("nie ma żadnej strony." if not pages else f"ma więcej niż {MAX_PAGES} stron.")
    return {"pages": pages, "warnings": [] if _is_tagged(pdf) else ["brak znaczników dostępności"]}


def _check_thing(thing, depth):
    """Look into a dictionary and those written inside it; what it refers to has its own turn."""
    if depth > 20:
        raise Refusal("jest zbyt złożony, żeby go sprawdzić.")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            _refuse_active(key)
            if key in ("/S", "/Type", "/Subtype") and isinstance(value, pikepdf.Name):
                _refuse_active(str(value))
            if not _is_reference(value):
                _check_thing(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not _is_reference(value):
                _check_thing(value, depth + 1)


def _is_reference(value) -> bool:
    return getattr(value, "is_indirect", False)


def _refuse_active(name):
    if name in _ACTIVE:
        raise Refusal(f"{_ACTIVE[name]}. Zapisz go jako zwykły PDF.")


def _is_tagged(pdf) -> bool:
    return bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def texts(data: bytes) -> Iterator[str]:
    """Yield the text of each page."""
    try:
        pdf = pypdfium2.PdfDocument(data)
        for number in range(len(pdf)):
            yield _text_of(pdf[number])
    except pypdfium2.PdfiumError as error:
        raise Refusal("jest uszkodzony: nie da się go odczytać.") from error


def _text_of(page) -> str:
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    textpage.close()
    page.close()
    return text.replace(f"{_LINE_HYPHEN}\r\n", "").replace(_LINE_HYPHEN, "")
