"""Which release of the project this process runs, as one short name derived from its files."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("platforma", "praktyki", "spotkania", "templates")
FILES = ("requirements.txt", "staticfiles/staticfiles.json")
SUFFIXES = {".py", ".html", ".svg"}


@cache
def name() -> str:
    """Return 16 hex digits that change whenever the code, a template, a static file or the address does."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    for path in _paths(settings.BASE_DIR):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _paths(base: Path) -> list[Path]:
    inside = (path for folder in FOLDERS for path in (base / folder).rglob("*") if path.suffix in SUFFIXES)
    return sorted([*inside, *(base / file for file in FILES if (base / file).exists())])
