"""Uploaded photos of people: decoded in the worker and written anew, so that only the picture is kept."""

from platforma.lib.files import sandbox
from platforma.lib.files.refusal import Refusal

MAX_BYTES = 10 * 1024 * 1024


def cleaned_photo(file) -> bytes:
    """Return the picture in `file` as `images.portrait` writes it; raise Refusal for what is none."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refusal(f"jest większy niż {MAX_BYTES // 1024 // 1024} MB.")
    _answer, photo = sandbox.run("photo", "jpg", content)
    return photo
