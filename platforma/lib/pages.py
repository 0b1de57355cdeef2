"""What pages of every app share: the answer of a catalogue, plain pagination, absolute addresses."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render

from platforma.lib.pagecache import public_page
from platforma.lib.pagination import page_links, read_page_number
from platforma.lib.reading import repeated_names, single_names

PER_PAGE = 30


def absolute(path: str) -> str:
    """Return `path` under the site's configured address, never under the Host a request claims."""
    return settings.SITE_URL + path


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


def paginate(request, rows) -> dict:
    """Return `page`, its links `pages` and `total` of a plain list; a wrong number is the nearest page."""
    paginator = Paginator(rows, PER_PAGE)
    page = paginator.get_page(read_page_number(request.GET.get("strona")) or 1)
    pages = page_links(page.number, paginator.num_pages, lambda number: f"{request.path}?strona={number}")
    return {"page": page, "pages": pages, "total": paginator.count}


def compact(data: dict) -> dict:
    """Return `data` without the keys whose value is empty: an unknown fact is not stated."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
