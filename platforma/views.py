"""The roof: home, the pages about the site, health, and error pages."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from platforma.lib.pagecache import public_page
from platforma.lib.pages import absolute
from platforma.lib.revision import snapshot
from platforma.lib.stale.retry import mistrusted_page
from praktyki.models import Instrument, Jst, Praktyka, Temat
from spotkania.models import Cykl, Spotkanie

from .models import DeklaracjaDostepnosci
from .zgloszenia.retention import mail_days

NEWEST_PRACTICES = 6
SHOWN_MEETINGS = 3


@public_page()
@snapshot()
def home(request):
    praktyki = Praktyka.objects.published()
    spotkania = Spotkanie.objects.published()
    context = {
        "instrumenty": Instrument.objects.with_published_counts(),
        "najnowsze": praktyki.for_cards().newest()[:NEWEST_PRACTICES],
        "nadchodzace": spotkania.for_cards().upcoming()[:SHOWN_MEETINGS],
        "minione": spotkania.for_cards().not_upcoming()[:SHOWN_MEETINGS],
        "liczba_praktyk": praktyki.count(),
        "liczba_spotkan": spotkania.count(),
        "liczba_jst": Jst.objects.with_practices().count(),
    }
    return render(request, "platforma/home.html", context)


@public_page()
def o_platformie(request):
    return render(request, "platforma/o_platformie.html")


@public_page()
def prywatnosc(request):
    days = {"dni_zgloszen": settings.SUBMISSION_DAYS, "dni_wiadomosci": mail_days()}
    return render(request, "platforma/prywatnosc.html", days)


@public_page()
def dostepnosc(request):
    return render(request, "platforma/dostepnosc.html", {"deklaracja": DeklaracjaDostepnosci.objects.first()})


@public_page()
@snapshot()
def mapa_strony(request):
    context = {
        "instrumenty": Instrument.objects.all(),
        "tematy": Temat.objects.all(),
        "cykle": Cykl.objects.published(),
    }
    return render(request, "platforma/mapa_strony.html", context)


@public_page()
def robots(request):
    text = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {absolute('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@never_cache
def healthz(request):
    """Live: the process answers; nothing else is touched."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request):
    """Ready: the database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _error(status: int, title: str, text: str) -> HttpResponse:
    """Render an error page without request, session or database, so that it works when they do not."""
    html = render_to_string("platforma/error.html", {"status": status, "title": title, "text": text})
    return HttpResponse(html, status=status)


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return _error(413, "Za dużo danych", "Wróć, skróć tekst lub zmniejsz plik i wyślij jeszcze raz.")
    return _error(400, "Nie rozumiemy tego zapytania", "Adres zawiera znaki, których nie da się odczytać.")


def permission_denied(request, exception=None):
    return _error(403, "Brak dostępu", "Ta strona wymaga uprawnień, których to konto nie ma.")


def csrf_failure(request, reason=""):
    return mistrusted_page(request) or _error(
        403,
        "Formularz stracił ważność",
        "Wróć do poprzedniej strony, odśwież ją i wyślij formularz jeszcze raz.",
    )


def page_not_found(request, exception=None):
    return _error(404, "Nie ma takiej strony", "Adres mógł się zmienić albo zawiera literówkę.")


def server_error(request):
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = _error(
            503, "Serwis chwilowo niedostępny", "Baza danych nie odpowiada. Spróbuj ponownie za kilka minut."
        )
        response["Retry-After"] = "120"  # seconds
        return response
    return _error(
        500, "Coś poszło nie tak", "Błąd jest po naszej stronie i został zapisany. Spróbuj za chwilę."
    )
