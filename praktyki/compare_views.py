"""Public pages that put practices, and instruments, side by side."""

from django.shortcuts import render

from platforma.lib.pages import absolute

from .comparison import INSTRUMENTY, PRAKTYKI, Comparison, Subject


def praktyki_porownaj(request):
    return _page(request, PRAKTYKI)


def instrumenty_porownaj(request):
    return _page(request, INSTRUMENTY)


def _page(request, subject: Subject):
    porownanie = Comparison(subject, request.GET, request.path)
    context = {
        "porownanie": porownanie,
        "canonical": absolute(porownanie.canonical),
        "robots": "noindex, follow",
    }
    return render(request, "praktyki/porownanie.html", context)
