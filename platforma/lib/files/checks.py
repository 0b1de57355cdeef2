"""The one door for uploads: every form and every model field asks here."""

import shutil
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models.fields.files import FieldFile

from platforma.lib.files import sandbox
from platforma.lib.files.formats import EXTENSIONS, MAX_BYTES, MAX_FILE_MB, format_of
from platforma.lib.files.refusal import Refusal

MIN_FREE = 200 * 1024 * 1024  # bytes that uploads leave to the database


@dataclass(frozen=True)
class Inspection:
    """What the worker found in an accepted file; `warnings` are Polish clauses for the editor."""

    pages: int | None = None
    warnings: tuple[str, ...] = ()


def inspect(name: str, data: bytes) -> tuple[Inspection, bytes]:
    """Return what is known of a file and the bytes to keep; raise Refusal where it is not let in."""
    format_ = format_of(name)
    if format_ is None:
        raise Refusal(f"ma niedozwolony rodzaj. Dozwolone rodzaje plików: {', '.join(EXTENSIONS)}.")
    if len(data) > MAX_BYTES:
        raise Refusal(f"jest większy niż {MAX_FILE_MB} MB.")
    if not data:
        raise Refusal("jest pusty.")
    answer, content = sandbox.run("check", format_.extension, data)
    return Inspection(answer.get("pages"), tuple(answer.get("warnings", ()))), content or data


def is_full(storage: Storage) -> bool:
    """Tell whether a folder on this machine has little room left; other storages count for themselves."""
    return (
        isinstance(storage, FileSystemStorage)
        and storage.exists("")
        and shutil.disk_usage(storage.location).free < MIN_FREE
    )


def validate_upload(plik: FieldFile) -> None:
    """Let a new file in or say why not; a file already stored was let in before.

    A picture's bytes are replaced by its re-encoded ones, and `plik` gets its `inspection`.
    """
    if plik._committed:
        return
    upload = plik.file
    try:
        if upload.size > MAX_BYTES:
            raise Refusal(f"jest większy niż {MAX_FILE_MB} MB.")
        if is_full(plik.storage):
            raise Refusal("nie zmieści się: na serwerze kończy się miejsce. Powiadom administratora.")
        upload.seek(0)
        data = upload.read()
        inspection, content = inspect(plik.name, data)
    except Refusal as refusal:
        raise ValidationError(f"Plik „{plik.name}” {refusal}", code="refused") from refusal
    upload.seek(0)
    if content is not data:
        plik.file = ContentFile(content, name=plik.name)
    plik.inspection = inspection
