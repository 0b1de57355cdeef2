"""A form of the desk that came too late: the session had ended, or a new login had changed the safety token.

Its text goes back to the page that sent it, to be sent again. Only what carries a token of ours is repeated:
a page made elsewhere cannot have the desk show, with a button below, what somebody else wrote.
"""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from platforma.lib.stale.seen import FIELD, Seen, given_to

LONG = 30  # characters: worth copying by hand, should all else fail


def logged_out_page(request) -> HttpResponse | None:
    """Return the page for a form sent without a session; None where it is no form of the desk."""
    is_ours = request.method == "POST" and Seen.read(request.POST.get(FIELD))
    return _page(request, "Sesja wygasła") if is_ours else None


def mistrusted_page(request) -> HttpResponse | None:
    """Return the page for a form whose safety token (CSRF) is old; None unless it was shown to this user."""
    is_theirs = request.user.is_authenticated and given_to(request)
    return _page(request, "Wyślij formularz jeszcze raz") if is_theirs else None


def _page(request, title):
    sent = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    texts = [text for name, text in sent if len(text) > LONG and not name.startswith("_")]
    context = admin.site.each_context(request) | {"title": title, "is_nav_sidebar_enabled": False}
    context |= {"sent": sent, "texts": texts, "files": list(request.FILES.values())}
    response = render(request, "admin/retry.html", context, status=403)
    add_never_cache_headers(response)
    return response
