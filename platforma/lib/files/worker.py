"""`python -m platforma.lib.files.worker TASK EXTENSION`: look into one file, away from the server.

The file comes in on standard input. The answer is one line of JSON and, for a picture, its new bytes.
A file that takes too much memory, time or anything else ends this process and nothing but it.
"""

import json
import resource
import sys
import unicodedata
from collections.abc import Iterable

from platforma.lib.files import archives, images, office, pdf
from platforma.lib.files.formats import BY_EXTENSION, MAX_BYTES, Format
from platforma.lib.files.refusal import Refusal

MAX_MEMORY = 768 * 1024 * 1024  # bytes of address space, libraries included
MAX_CPU = 20  # seconds
MAX_TEXT = 200_000  # characters
_READERS = {"pdf": pdf.texts, "ooxml": office.texts, "odf": office.texts}


def limit_resources() -> None:
    """Forbid this process more memory, time, files and core dumps than a document needs."""
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def check(data: bytes, format_: Format) -> tuple[dict, bytes]:
    """Return `{"pages", "warnings"}` and the bytes to keep instead of the file's own, or b""."""
    if not data.startswith(format_.magic):
        raise Refusal(f"nie jest plikiem {format_.extension.upper()}, choć tak się nazywa.")
    if format_.family == "image":
        return {}, images.reencode(data, format_)
    if format_.family == "pdf":
        return pdf.check(data), b""
    return archives.check(data, format_), b""


def photo(data: bytes, _format: Format) -> tuple[dict, bytes]:
    """Return nothing to say and the photo as it is kept."""
    return {}, images.portrait(data)


def read_text(data: bytes, format_: Format) -> tuple[dict, bytes]:
    """Return `{"text", "is_cut"}`: the first `MAX_TEXT` characters of what a reader would read."""
    parts, length = [], 0
    for text in _READERS[format_.family](data):
        parts.append(_plain(text))
        length += len(parts[-1])
        if length > MAX_TEXT:
            break
    text = "\n".join(filter(None, parts))
    return {"text": text[:MAX_TEXT], "is_cut": length > MAX_TEXT}, b""


def _plain(text: str) -> str:
    """Return `text` without marks that no database keeps, its spaces single."""
    lines: Iterable[str] = unicodedata.normalize("NFC", text).splitlines()
    lines = (
        " ".join("".join(c for c in line if unicodedata.category(c)[0] != "C" or c == "\t").split())
        for line in lines
    )
    return "\n".join(filter(None, lines))


TASKS = {"check": check, "photo": photo, "text": read_text}


def main(task: str, extension: str) -> None:
    limit_resources()
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        answer, content = TASKS[task](data, BY_EXTENSION[extension])
    except Refusal as refusal:
        answer, content = {"refusal": str(refusal)}, b""
    except (MemoryError, RecursionError):
        answer, content = {"refusal": "potrzebuje zbyt wiele pamięci."}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
