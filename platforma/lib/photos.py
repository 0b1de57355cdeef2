"""Uploaded photos: decoded within limits and written anew, so that nothing but the picture is kept."""

import io

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000  # about 120 MB decoded
SIDE = 480  # pixels; the longer side of what is kept
QUALITY = 85


class PhotoError(ValueError):
    """The file is no photo that may be kept; the text is a Polish sentence."""


def cleaned_photo(file) -> bytes:
    """Return the picture in `file` as a small JPEG: turned upright, without metadata, at most 480 px a side.

    The format is told by decoding, never by name or declared type.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise PhotoError(f"Zdjęcie jest większe niż {MAX_BYTES // 1024 // 1024} MB.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PhotoError("Zdjęcie ma za dużo punktów; zmniejsz je do 40 megapikseli.")
            image.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except PhotoError:
        raise
    except Exception as error:  # a broken file can fail anywhere in a decoder
        raise PhotoError(
            "To nie jest zdjęcie w formacie JPEG, PNG ani WebP albo plik jest uszkodzony."
        ) from error
    upright.thumbnail((SIDE, SIDE))
    opaque = Image.new("RGB", upright.size, "white")
    opaque.paste(upright, mask=upright.getchannel("A"))
    output = io.BytesIO()
    opaque.save(output, "JPEG", quality=QUALITY, optimize=True)
    return output.getvalue()
