"""Legal numbers in texts, with the value of the day on which the page is read."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from platforma.lib import quoting

from ..models import ParametrPrawny

register = template.Library()

MISSING = mark_safe('<span class="missing">brak danych</span>')
UNCONFIRMED = mark_safe(' <span class="status status-warn">czeka na potwierdzenie</span>')


@register.simple_tag(takes_context=True)
def quoted(context, text: str | list[str]) -> SafeString | list[SafeString]:
    """Return a text, or each text of a list, as HTML with its quoted keys as links to the value's history."""
    if isinstance(text, list):
        return [quoted(context, part) for part in text]
    escaped = conditional_escape(text)
    if not quoting.keys_in(escaped):
        return escaped
    values = _values(context)
    return mark_safe(quoting.replaced(escaped, lambda key: _shown(values.get(key))))  # noqa: S308


def _values(context) -> dict[str, ParametrPrawny]:
    """Return the values of the day, read once a request however many texts quote them."""
    request = getattr(context, "request", None)
    if request is None:
        return ParametrPrawny.objects.by_key()
    if not hasattr(request, "legal_values"):
        request.legal_values = ParametrPrawny.objects.by_key()
    return request.legal_values


def _shown(parametr) -> SafeString:
    if parametr is None:
        return MISSING
    return format_html(
        '<a class="legal-value" href="{}" title="{}: wartość na dziś i jej historia">{}</a>{}',
        parametr.get_absolute_url(),
        parametr.nazwa,
        parametr.w_liczbach,
        "" if parametr.zweryfikowano else UNCONFIRMED,
    )


@register.filter
def unquoted(text: str) -> str:
    """The text with dots instead of quoted keys, where a text must be plain and short."""
    return quoting.without(text)


@register.filter
def full_day(day: date) -> SafeString:
    """date(2027, 3, 1) → "1 marca 2027 (poniedziałek)", as a time element."""
    words, weekday = date_format(day, "j E Y"), date_format(day, "l").lower()
    return format_html('<time datetime="{}">{}</time> ({})', day.isoformat(), words, weekday)
