"""Template wrappers over `platforma.lib`: numbers and text the way Poles write them."""

import json
from urllib.parse import urlsplit

from django import template
from django.utils.formats import number_format
from django.utils.safestring import mark_safe

from platforma.lib import pages, polish

register = template.Library()

NBSP = "\u00a0"


@register.filter
def thousands(number) -> str:
    """1234567 → "1 234 567", with spaces that do not break."""
    return polish.thousands(number)


@register.filter
def plural(number: int, forms: str) -> str:
    """28|plural:"praktyka,praktyki,praktyk" → "28 praktyk"."""
    return f"{thousands(number)}{NBSP}{polish.plural(number, *forms.split(','))}"


@register.filter
def amount(value) -> str:
    """Decimal("130000.00") → "130 000", Decimal("0.50") → "0,5", Decimal("4681.85") → "4 681,85"."""
    return polish.amount(value)


@register.filter
def zl(value) -> str:
    """Decimal("5000000") → "5 000 000 zł"; grosze only where there are any, and then both digits."""
    return polish.zl(value)


@register.filter
def measure(value, unit: str) -> str:
    """A number with its unit: zł, %, or none where the kind of number already says what is counted."""
    return polish.measure(value, unit)


@register.filter
def extent(summary, unit: str) -> str:
    """From the lowest number to the highest, "od 1 400 zł do 5 000 000 zł"; one number where they agree."""
    low, high = measure(summary.low, unit), measure(summary.high, unit)
    return low if low == high else f"od {low} do {high}"


@register.filter
def lines(text: str) -> list[str]:
    """The non-empty lines of a text kept one item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def domain(url: str) -> str:
    """The host a link leads to, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def absolute(path: str) -> str:
    """An address on this site with its host, to be read elsewhere."""
    return pages.absolute(path)


@register.filter
def filesize_pl(size: int) -> str:
    """1234567 → "1,2 MB" (1 MB = 1024² bytes)."""
    units = ["B", "KB", "MB", "GB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        units.pop(0)
    unit = units[0]
    return f"{number_format(size, 0 if unit == 'B' or size >= 10 else 1)}{NBSP}{unit}"


@register.filter
def jsonld(data: dict) -> str:
    """JSON that is safe inside a script element of type application/ld+json."""
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(escapes))  # noqa: S308  (escaped above)
