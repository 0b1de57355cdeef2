"""The roof: error pages (home and static pages join them)."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string


def _error(status: int, title: str, text: str) -> HttpResponse:
    """Render an error page without request, session or database, so that it works when they do not."""
    html = render_to_string("platforma/error.html", {"status": status, "title": title, "text": text})
    return HttpResponse(html, status=status)


def bad_request(request, exception=None):
    return _error(400, "Nie rozumiemy tego zapytania", "Adres zawiera znaki, których nie da się odczytać.")


def permission_denied(request, exception=None):
    return _error(403, "Brak dostępu", "Ta strona wymaga uprawnień, których to konto nie ma.")


def csrf_failure(request, reason=""):
    return _error(
        403, "Formularz stracił ważność", "Wróć do poprzedniej strony, odśwież ją i wyślij formularz jeszcze raz."
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
    return _error(500, "Coś poszło nie tak", "Błąd jest po naszej stronie i został zapisany. Spróbuj za chwilę.")
