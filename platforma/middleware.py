"""What every request and response passes through before Django's own machinery."""

from django.contrib import admin
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware

from platforma.lib.files.formats import MAX_BYTES, MAX_FILES
from platforma.lib.pagecache import PublicPages, is_anonymous

READING = ("GET", "HEAD")
MAX_BODY = 2 * MAX_BYTES  # of a public form, which takes one file; Django itself sets files no limit
MAX_DESK_BODY = (MAX_FILES + 1) * MAX_BYTES  # of the longest form of the desk: many files at once, and texts
CHUNK = 64 * 1024  # bytes
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class HardeningMiddleware:
    """Refuse NUL in an address (PostgreSQL cannot hold it) and methods that no page takes; add two headers.

    The editors' desk takes forms; of public pages only those marked `platforma.lib.public_forms.public_form`.
    No body is longer than MAX_BODY, an editor's than MAX_DESK_BODY: not a byte of it is written to the disk.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def process_view(self, request, view, args, kwargs):
        is_desk = "admin" in request.resolver_match.namespaces
        takes_forms = is_desk or getattr(view, "takes_posts", False)
        allowed = (*READING, "POST") if takes_forms else READING
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        if takes_forms and _is_too_long(request, is_desk):
            _read_past(request)
            raise RequestDataTooBig
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("Adres zawiera niedozwolony znak.")
        return None


def _is_too_long(request, is_desk) -> bool:
    length = _length(request)
    if is_desk and length > MAX_BODY and admin.site.has_permission(request):
        return length > MAX_DESK_BODY
    return length > MAX_BODY


def _length(request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _read_past(request) -> None:
    """Throw a body away: a browser that is cut off while it sends never shows our answer."""
    while request.read(CHUNK):
        pass


class GZipPagesMiddleware(GZipMiddleware):
    """Compress pages, but no files: they are compressed as they are, and a part must be of the same bytes."""

    def process_response(self, request, response):
        return response if "Accept-Ranges" in response else super().process_response(request, response)


public_pages = PublicPages()


class PublicPagesMiddleware:
    """Answer for public pages from their copies, before any other work; see `platforma.lib.pagecache`.

    What is made for one reader, or is no page that may be shared, is not for others to keep.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.public_page = None
        if is_anonymous(request) and (address := public_pages.recall(request)):
            request.get_host()  # a host that is not ours is refused first
            if answer := self._answer(request, address):
                return answer
        response = self.get_response(request)
        if request.public_page:
            response = public_pages.keep(request, response, *request.public_page)
        response.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(self, request, view, args, kwargs):
        parameters = getattr(view, "public_page", None)
        if request.public_page or parameters is None or not is_anonymous(request):
            return None
        address = public_pages.read(request, parameters)
        return address and self._answer(request, address)

    def _answer(self, request, address):
        """Return what is known of the page; where that is nothing, note that it is to be kept once made."""
        edition = public_pages.edition()
        answer = public_pages.answer(request, edition, address)
        if answer is None:
            request.public_page = (edition, address)
        return answer
