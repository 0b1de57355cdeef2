"""What every request and response passes through before Django's own machinery."""

from django.core.exceptions import BadRequest
from django.http import HttpResponseNotAllowed

READING = ("GET", "HEAD")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class HardeningMiddleware:
    """Refuse NUL in an address (PostgreSQL cannot hold it) and writing to public pages; add two headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method not in READING and "admin" not in request.resolver_match.namespaces:
            return HttpResponseNotAllowed(READING)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("Adres zawiera niedozwolony znak.")
        return None
