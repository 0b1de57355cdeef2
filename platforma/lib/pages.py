"""What pages of every app share: the answer of a catalogue, absolute addresses, only facts that are known."""

from django.conf import settings
from django.shortcuts import render

from platforma.lib.pagecache import public_page
from platforma.lib.reading import repeated_names, single_names


def absolute(path: str) -> str:
    """Return `path` under the site's configured address, never under the Host a request claims.

    A whole address, such as a link to another site, stays as it is.
    """
    return path if path.startswith(("https://", "http://")) else settings.SITE_URL + path


def public_catalogue(kind):
    """Mark the view of a catalogue's list as a public page; one that was searched for is made each time."""
    filters = kind.live.filterset_class.base_filters
    return public_page(*set(single_names(filters)) - {"q"}, repeated=repeated_names(filters))


def catalogue_page(request, template: str, katalog, **more):
    """Render a catalogue; beyond its last page the answer is a 404 with the way back."""
    context = {"katalog": katalog, "canonical": absolute(katalog.canonical), **more}
    if katalog.is_filtered or katalog.selection.carried or katalog.past_end:
        context["robots"] = "noindex, follow"
    return render(request, template, context, status=404 if katalog.past_end else 200)


def compact(data: dict) -> dict:
    """Return `data` without the keys whose value is empty: an unknown fact is not stated."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
