"""Pictures: decoded whole and written anew, without what the camera or the editor noted in them.

Runs in the worker only.
"""

import warnings
import zipfile
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from platforma.lib.files.formats import Format
from platforma.lib.files.refusal import Refusal

MAX_PIXELS = 40_000_000
JPEG_QUALITY = 90
PORTRAIT_SIDE = 480  # pixels; the longer side
PORTRAIT_FORMATS = ("JPEG", "PNG", "WEBP")
_KEPT = ("transparency", "icc_profile")
_NAMES = {"image/png": "PNG", "image/jpeg": "JPEG"}
_PNG_END = b"IEND\xaeB`\x82"


def reencode(data: bytes, format_: Format) -> bytes:
    """Return the picture as pixels only, upright; refuse what does not decode or is too large."""
    name = _NAMES[format_.content_type]
    if (name == "PNG" and not data.endswith(_PNG_END) and _PNG_END in data) or zipfile.is_zipfile(
        BytesIO(data)
    ):
        raise Refusal("ma dopisane inne dane za swoim końcem.")
    with _decoded(data, [name]) as image:
        image.load()
        plain = ImageOps.exif_transpose(image)
        plain.info = {key: value for key, value in plain.info.items() if key in _KEPT}
        written = BytesIO()
        plain.save(written, name, **({"quality": JPEG_QUALITY} if name == "JPEG" else {}))
        return written.getvalue()


def portrait(data: bytes) -> bytes:
    """Return the picture as a small upright JPEG on white; its format is told by decoding alone."""
    with _decoded(data, PORTRAIT_FORMATS) as image:
        image.draft("RGB", (PORTRAIT_SIDE, PORTRAIT_SIDE))
        ImageOps.exif_transpose(image, in_place=True)
        small = image.convert("RGBA")
        small.thumbnail((PORTRAIT_SIDE, PORTRAIT_SIDE))
        opaque = Image.new("RGB", small.size, "white")
        opaque.paste(small, mask=small.getchannel("A"))
        written = BytesIO()
        opaque.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
        return written.getvalue()


@contextmanager
def _decoded(data, formats):
    """Open a picture of one of `formats`; what goes wrong with it inside is a refusal."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data), formats=formats) as image:
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(f"ma więcej niż {MAX_PIXELS // 1_000_000} mln punktów. Zmniejsz obraz.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refusal(f"nie jest poprawnym obrazem {' ani '.join(formats)}.") from error
