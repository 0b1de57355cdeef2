"""Pictures: decoded whole and written anew, without what the camera or the editor noted in them.

Runs in the worker only.
"""

import warnings
import zipfile
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from platforma.lib.files.formats import Format
from platforma.lib.files.refusal import Refusal

MAX_PIXELS = 40_000_000
JPEG_QUALITY = 90
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
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data), formats=[name]) as image:
            image.load()
            plain = ImageOps.exif_transpose(image)
            plain.info = {key: value for key, value in plain.info.items() if key in _KEPT}
            written = BytesIO()
            plain.save(written, name, **({"quality": JPEG_QUALITY} if name == "JPEG" else {}))
            return written.getvalue()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(f"ma więcej niż {MAX_PIXELS // 1_000_000} mln punktów. Zmniejsz obraz.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refusal(f"nie jest poprawnym obrazem {name}.") from error
