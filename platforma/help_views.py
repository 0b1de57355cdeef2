"""The editors' handbook, for signed-in staff."""

from django.http import Http404
from django.shortcuts import render

from platforma.lib import handbook


def index(request, site):
    context = {**site.each_context(request), "title": "Pomoc redaktora", "pages": handbook.pages()}
    return render(request, "admin/pomoc/_spis.html", context)


def page(request, site, slug):
    pages = handbook.pages()
    number = next((number for number, page in enumerate(pages) if page.slug == slug), None)
    if number is None:
        raise Http404
    context = {
        **site.each_context(request),
        "title": pages[number].title,
        "page": pages[number],
        "before": pages[number - 1] if number else None,
        "after": pages[number + 1] if number + 1 < len(pages) else None,
    }
    return render(request, "admin/pomoc/_strona.html", context)
