"""Office files are archives of XML: what must hold before anybody unpacks one. Runs in the worker only."""

import re
import stat
import struct
import unicodedata
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from platforma.lib.files.formats import Format
from platforma.lib.files.refusal import Refusal

MAX_MEMBERS = 5_000
MAX_DIRECTORY = 1024 * 1024  # bytes of the archive's own list of members
MAX_UNPACKED = 150 * 1024 * 1024
MAX_XML = 50 * 1024 * 1024  # of one part
MAX_RATIO = 150  # of a member larger than
RATIO_FROM = 1024 * 1024
CHUNK = 256 * 1024
_END = struct.Struct("<4s4H2LH")  # end of central directory, APPNOTE 4.3.16
_ALIEN = frozenset(
    "exe dll com scr bat cmd ps1 vbs vbe js jse wsf hta jar msi lnk sh php py html htm svg swf zip rar 7z "
    "gz docm xlsm pptm dotm docx pptx bin".split()
)
_HARMLESS_BIN = re.compile(r"(xl|ppt|word)/(printerSettings|theme)/")
_REMOTE = re.compile(r"/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)$")
_OOXML_LISTS = ("[Content_Types].xml", "_rels/.rels")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open an archive after a look at its end: not a list too long, nothing glued before or after."""
    start = data.rfind(b"PK\x05\x06", max(0, len(data) - 70_000))
    if start < 0 or len(data) < start + _END.size:
        raise Refusal("jest uszkodzony: nie ma spisu części.")
    _sign, _disk, _first, _here, members, directory, _offset, comment = _END.unpack_from(data, start)
    if members > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise Refusal("ma zbyt wiele części w środku.")
    if start + _END.size + comment != len(data):
        raise Refusal("ma dopisane inne dane za swoim końcem.")
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refusal("jest uszkodzony: nie da się go otworzyć.") from error


def check(data: bytes, format_: Format) -> dict:
    """Refuse what is no honest document of `format_`; return its number of slides where it has any."""
    with open_archive(data) as archive:
        members = archive.infolist()
        _check_sizes(members)
        _check_names(members)
        _check_kind(archive, format_)
        _check_contents(members)
        try:
            for member in members:
                if member.filename.endswith((".xml", ".rels", ".rdf")) and member.file_size:
                    _check_xml(archive, member)
                else:
                    _read_through(archive, member)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Refusal("jest uszkodzony: nie da się odczytać jego części.") from error
        return {"pages": _pages(archive)}


def _check_sizes(members):
    if len(members) > MAX_MEMBERS:
        raise Refusal("ma zbyt wiele części w środku.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refusal("po rozpakowaniu jest zbyt duży.")
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise Refusal("jest spakowany tak ciasno, że wygląda na bombę archiwalną.")
        if member.flag_bits & 1:
            raise Refusal("jest zaszyfrowany. Zapisz go bez hasła.")


def _check_names(members):
    seen = set()
    for member in members:
        name = member.orig_filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or re.search(r"[\\\x00]|^[A-Za-z]:", name):
            raise Refusal("ma w środku ścieżkę prowadzącą poza plik.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refusal("ma w środku dowiązanie zamiast pliku.")
        plain = unicodedata.normalize("NFKC", name).casefold()
        if plain in seen:
            raise Refusal("ma w środku dwie części o tej samej nazwie.")
        seen.add(plain)


def _check_kind(archive, format_):
    names = archive.namelist()
    if format_.family == "odf":
        first = archive.infolist()[0] if names else None
        if not first or first.filename != "mimetype" or first.file_size > 200:
            raise Refusal("nie jest dokumentem OpenDocument.")
        if archive.read(first).decode("ascii", "replace").strip() != format_.inside:
            raise Refusal(f"nie jest plikiem {format_.extension.upper()}, choć tak się nazywa.")
        return
    if not all(name in names for name in _OOXML_LISTS):
        raise Refusal("nie jest dokumentem Office.")
    if not any(name.startswith(format_.inside) for name in names):
        raise Refusal(f"nie jest plikiem {format_.extension.upper()}, choć tak się nazywa.")


def _check_contents(members):
    for member in members:
        name = member.filename
        path = PurePosixPath(name.lower())
        if path.name == "vbaproject.bin" or path.parts[0] in ("basic", "scripts"):
            raise Refusal("ma makra. Zapisz go bez makr.")
        if path.suffix.lstrip(".") in _ALIEN and not _HARMLESS_BIN.match(name):
            raise Refusal(f"ma w środku inny plik ({path.name}). Usuń osadzone obiekty.")


class _Wellformed:
    """Listens to a parser and keeps nothing; entities, and so bombs of them, need a document type."""

    def doctype(self, *_parts):
        raise Refusal("ma w środku definicje XML, których dokumenty nie potrzebują.")

    def start(self, tag, attributes):
        if attributes.get("TargetMode") == "External" and _REMOTE.search(attributes.get("Type", "")):
            raise Refusal("pobiera części z innego adresu. Osadź je albo usuń.")
        if "macroEnabled" in attributes.get("ContentType", ""):
            raise Refusal("ma makra. Zapisz go bez makr.")
        if tag.endswith("}encryption-data"):
            raise Refusal("jest zaszyfrowany. Zapisz go bez hasła.")

    def close(self):
        return None


def _check_xml(archive, member):
    if member.file_size > MAX_XML:
        raise Refusal("po rozpakowaniu jest zbyt duży.")
    parser = etree.XMLParser(
        target=_Wellformed(), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise Refusal("jest uszkodzony: jego część nie jest poprawnym XML-em.") from error


def _read_through(archive, member):
    """Unpack to nowhere, so that a wrong checksum or a lying size shows."""
    with archive.open(member) as part:
        while part.read(CHUNK):
            pass


def _pages(archive) -> int | None:
    """Return the slides; None for text, whose pages only a program that sets it can count."""
    names = archive.namelist()
    if slides := [name for name in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]:
        return len(slides)
    if "content.xml" in names:
        return len(re.findall(rb"<draw:page\s", archive.read("content.xml"))) or None
    return None
