"""The list "czego dotyka zmiana" on the page of a legal number."""

from django.template.loader import render_to_string
from django.urls import NoReverseMatch

from platforma.lib.desk_address import desk_address

from ..dotkniete import OWNERS, touched_by


def touched_html(parametr) -> str:
    """Return what a change of `parametr` touches as safe HTML, each row with a link to edit it."""
    groups = [
        {
            "heading": group.heading,
            "count": len(group.rows) + group.more,
            "rows": [{"nazwa": str(row), "url": _url(row), "stan": _state(row)} for row in group.rows],
            "more": group.more,
        }
        for group in touched_by(parametr)
    ]
    return render_to_string("admin/praktyki_touched.html", {"grupy": groups})


def _url(row) -> str:
    try:
        return desk_address(row)
    except NoReverseMatch:
        owner = next((name for name in OWNERS if getattr(row, f"{name}_id", None)), None)
        return _url(getattr(row, owner)) if owner else ""


def _state(row) -> str:
    """Say of which day the row describes the law, and whether readers see it."""
    entry = getattr(row, "spotkanie", row)
    parts = [entry.get_status_display() if hasattr(entry, "status") else ""]
    if hasattr(entry, "stan_prawny"):
        day = entry.stan_prawny
        parts.append(f"stan prawny {day.day}.{day:%m.%Y}" if day else "bez daty stanu prawnego")
    return ", ".join(filter(None, parts))
