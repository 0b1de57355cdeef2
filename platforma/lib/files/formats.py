"""The allow-list: the formats readers may be given, each known by its ending and by its own bytes."""

from dataclasses import dataclass
from pathlib import PurePath

MAX_FILE_MB = 20
MAX_BYTES = MAX_FILE_MB * 1024 * 1024
MAX_FILES = 20  # that an editor may choose at once
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Format:
    """`family` says how it is checked and read; `magic` is what its bytes begin with, `inside` what its
    archive says it is."""

    extension: str
    content_type: str
    family: str
    magic: bytes
    inside: str = ""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_ZIP = b"PK\x03\x04"

FORMATS = (
    Format("pdf", "application/pdf", "pdf", b"%PDF-"),
    Format("docx", f"{_OOXML}wordprocessingml.document", "ooxml", _ZIP, "word/"),
    Format("pptx", f"{_OOXML}presentationml.presentation", "ooxml", _ZIP, "ppt/"),
    Format("xlsx", f"{_OOXML}spreadsheetml.sheet", "ooxml", _ZIP, "xl/"),
    Format("odt", f"{_ODF}text", "odf", _ZIP, f"{_ODF}text"),
    Format("odp", f"{_ODF}presentation", "odf", _ZIP, f"{_ODF}presentation"),
    Format("ods", f"{_ODF}spreadsheet", "odf", _ZIP, f"{_ODF}spreadsheet"),
    Format("png", "image/png", "image", b"\x89PNG\r\n\x1a\n"),
    Format("jpg", "image/jpeg", "image", b"\xff\xd8\xff"),
    Format("jpeg", "image/jpeg", "image", b"\xff\xd8\xff"),
)
BY_EXTENSION = {format_.extension: format_ for format_ in FORMATS}
EXTENSIONS = tuple(BY_EXTENSION)
ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)  # for a file field of a form
WITH_TEXT = frozenset(("docx", "pptx", "odt", "odp", "pdf", "xlsx", "ods"))


def extension_of(name: str) -> str:
    """Return the ending of a file name in lower case, without its dot; "" where there is none."""
    return PurePath(name).suffix.lower().lstrip(".")


def format_of(name: str) -> Format | None:
    """Return the format a file name claims, or None where it is not on the list."""
    return BY_EXTENSION.get(extension_of(name))


def content_type_of(name: str, head: bytes) -> str:
    """Return what the name and the first bytes agree on; never what a browser claimed."""
    format_ = format_of(name)
    return format_.content_type if format_ and head.startswith(format_.magic) else UNKNOWN
