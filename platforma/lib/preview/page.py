"""Showing a preview: the entry's public view, called for one row that its door would not let through."""

from dataclasses import dataclass

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address may be a secret one
}


@dataclass(frozen=True)
class Preview:
    """What `request.preview` holds: the entry, and the way back to its form or the box for comments."""

    entry: Model
    back_url: str = ""
    form: forms.Form | None = None
    link: Model | None = None
    is_sent: bool = False


def door(request: HttpRequest, rows):
    """Return the `rows` that this request may open: readable ones, or just the entry that it previews."""
    preview = getattr(request, "preview", None)
    if preview and isinstance(preview.entry, rows.model):
        return rows.filter(pk=preview.entry.pk)
    return rows.readable()


def preview_page(request: HttpRequest, preview: Preview) -> HttpResponse:
    """Render the public page of an entry as the view of its own address does; nobody may keep or index it."""
    match = resolve(preview.entry.get_absolute_url())
    request.preview, request.resolver_match = preview, match
    response = match.func(request, *match.args, **match.kwargs)
    return unkept(response)


def unkept(response: HttpResponse) -> HttpResponse:
    """Return the answer with the headers of everything that stands under a preview's address."""
    for name, value in HEADERS.items():
        response[name] = value
    return response
