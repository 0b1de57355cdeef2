"""Pictures that stand beside a link shared elsewhere (Open Graph): drawn from text, 1200 × 630 px."""

import io
from functools import cache

from django.http import HttpResponse
from font_source_sans_pro import SourceSansProBold, SourceSansProSemibold
from PIL import Image, ImageDraw, ImageFont

from platforma.lib.text import printable

SIZE = (1200, 630)
MARGIN = 80
PETROL, PAPER, AMBER, SOFT = "#083f4a", "#ffffff", "#f0b03f", "#cfe5e9"
TITLE_SIZES = (76, 66, 58, 50, 44)  # px; the first in which the title fits its place
LEADING = 1.18
TITLE_TOP, TITLE_BOTTOM = 165, 500
SITE = "Platforma Dobrych Praktyk"


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def picture_response(kicker: str, title: str, note: str) -> HttpResponse:
    """Answer with the PNG of `title`, with `kicker` above and `note` (both one line) below."""
    return HttpResponse(drawn(kicker, title, note), content_type="image/png")


def drawn(kicker: str, title: str, note: str) -> bytes:
    """Return the PNG."""
    image = Image.new("RGB", SIZE, PETROL)
    draw = ImageDraw.Draw(image)
    _draw_mark(draw)
    small, width = _font(SourceSansProSemibold, 34), SIZE[0] - 2 * MARGIN
    draw.text((MARGIN, 70), _line(kicker, small, width - 150), font=small, fill=AMBER)
    font, lines = _fitted(_plain(title), width)
    for number, line in enumerate(lines):
        draw.text((MARGIN, TITLE_TOP - 10 + number * font.size * LEADING), line, font=font, fill=PAPER)
    draw.rectangle((MARGIN, 510, MARGIN + 90, 516), fill=AMBER)
    draw.text((MARGIN, 530), SITE, font=small, fill=PAPER)
    own = small.getlength(SITE) + 40
    draw.text((SIZE[0] - MARGIN, 530), _line(note, small, width - own), font=small, fill=SOFT, anchor="ra")
    output = io.BytesIO()
    image.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def _draw_mark(draw):
    """Draw the site's mark: three quarters and a disc."""
    x, y, side = SIZE[0] - MARGIN - 92, 56, 44
    draw.pieslice((x, y, x + 2 * side, y + 2 * side), 180, 270, fill="#117384")
    draw.ellipse((x + side + 4, y, x + 2 * side + 2, y + side - 2), fill=AMBER)
    draw.rectangle((x, y + side + 4, x + side, y + 2 * side + 4), fill="#5aa9b6")
    draw.pieslice((x + 8, y + 8, x + 2 * side + 4, y + 2 * side + 4), 0, 90, fill="#117384")


def _plain(text: str) -> str:
    return " ".join(printable(text).split())


def _fitted(title: str, width: float):
    """Return the largest font in which `title` fits its place, and its lines; what is left over is cut."""
    for size in TITLE_SIZES:
        font, most = _font(SourceSansProBold, size), int((TITLE_BOTTOM - TITLE_TOP) / (size * LEADING))
        lines = _wrapped(title, font, width)
        if len(lines) <= most:
            return font, lines
    return font, [*lines[: most - 1], _line(" ".join(lines[most - 1 :]), font, width)]


def _wrapped(text: str, font, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_line(line, font, width) for line in lines]


def _line(text: str, font, width: float) -> str:
    """Return `text` cut with an ellipsis to `width` pixels."""
    text = _plain(text)[:300]
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
