"""The page of all results."""

from django.shortcuts import render

from platforma.lib.pages import absolute
from platforma.lib.search.log import search_log
from praktyki.models import Instrument

from .search_page import search_page


def szukaj(request):
    with search_page(request.GET, request.path) as page:
        if not page.chosen:
            search_log.note_answer(request, page.q, page.answer, page="szukaj")
        context = {
            "szukaj": page,
            "instrumenty": [] if page.total else Instrument.objects.all(),
            "canonical": absolute(page.all_url if page.q else page.path),
            "robots": "noindex, follow",
        }
        return render(request, "platforma/szukaj.html", context)
