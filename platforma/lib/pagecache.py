"""Copies of public pages, and the answers "not modified" that spare even those.

What a public page shows follows from the content revision, the day, the next moment at which time alone
changes the content, the release of the code, and its address with known parameters only. From these five
comes its ETag, the same in every process. Nothing is ever invalidated: other content has another ETag, and
copies of the former edition are dropped.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags

from platforma.lib import kinds, release, revision

MAX_BYTES = 32_000_000  # of copies in one process
MAX_ADDRESSES = 20_000  # whose canonical form a process remembers
MAX_QUERY_CHARS = 1000  # a longer address is answered, but not kept
GZIP_LEVEL = 6
CACHE_CONTROL = "public, max-age=0, must-revalidate"  # a proxy may keep it, and asks before each use
VARY = "Accept-Encoding, Cookie"


@dataclass(frozen=True)
class Parameters:
    """The parameters that a public page reads; any other makes a page of its own, which nobody keeps."""

    single: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()

    def canonical(self, params: QueryDict) -> str | None:
        """Return the query in its one form: sorted, without empty values; None where it has a mistake."""
        pairs = set()
        for name, values in params.lists():
            if name not in self.repeated and (name not in self.single or len(values) > 1):
                return None
            pairs.update((name, value) for value in values if value)
        return urlencode(sorted(pairs))


def public_page(*single: str, repeated: Iterable[str] = ()) -> Callable:
    """Mark a view whose page is the same for everyone: it reads only the address and published content."""

    def mark(view):
        view.public_page = Parameters(frozenset(single), frozenset(repeated))
        return view

    return mark


@dataclass(frozen=True)
class Edition:
    """All published content as it is now; `since` is when this process first knew it, never too early."""

    number: int
    day: date
    moments: tuple[datetime | None, ...]
    since: datetime = field(compare=False)


@dataclass(frozen=True)
class Address:
    """A page's path, its canonical query, and whether the reader takes it compressed."""

    path: str
    query: str
    compressed: bool


@dataclass(frozen=True)
class Copy:
    body: bytes
    headers: dict[str, str]

    @property
    def size(self) -> int:
        return len(self.body) + 1000


class Copies:
    """The copies of one edition; those used longest ago go when there are too many bytes of them."""

    def __init__(self, limit: int = MAX_BYTES):
        self.limit = limit
        self.size = 0
        self._edition: Edition | None = None
        self._kept: OrderedDict[Address, Copy] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, edition: Edition, address: Address) -> Copy | None:
        with self._lock:
            if edition != self._edition or address not in self._kept:
                return None
            self._kept.move_to_end(address)
            return self._kept[address]

    def put(self, edition: Edition, address: Address, copy: Copy) -> None:
        with self._lock:
            if edition != self._edition:
                self._edition, self.size = edition, 0
                self._kept.clear()
            if address in self._kept or copy.size > self.limit:
                return
            self._kept[address] = copy
            self.size += copy.size
            while self.size > self.limit:
                self.size -= self._kept.popitem(last=False)[1].size


class PublicPages:
    """Answers requests for public pages from what is known of them; one a process."""

    def __init__(self):
        self.copies = Copies()
        self._latest: Edition | None = None
        self._addresses: dict[tuple[str, str], tuple[str, str]] = {}

    def forget(self) -> None:
        """Drop all copies; for tests, whose revision numbers come again."""
        self.__init__()

    def edition(self) -> Edition:
        """Return the edition of this moment: one query, and what bringing the indexes up to date needs."""
        number, now = revision.current(), timezone.now()
        states = (kind.live.get(number, now) for kind in kinds.every() if kind.live)
        moments = tuple(state.pending[0][0] if state.pending else None for state in states)
        edition = Edition(number, timezone.localdate(now), moments, since=now)
        if edition != self._latest:
            self._latest = edition
        return self._latest

    def recall(self, request: HttpRequest) -> Address | None:
        """Return the page that the address of `request` is known to lead to."""
        known = self._addresses.get((request.path, request.META.get("QUERY_STRING", "")))
        return known and Address(*known, _takes_gzip(request))

    def read(self, request: HttpRequest, parameters: Parameters) -> Address | None:
        """Return the page that `request` asks for, and remember it; None where no copy may be kept."""
        raw = request.META.get("QUERY_STRING", "")
        query = parameters.canonical(request.GET) if len(raw) <= MAX_QUERY_CHARS else None
        if query is None:
            return None
        if len(self._addresses) >= MAX_ADDRESSES:
            self._addresses.clear()
        self._addresses[request.path, raw] = (request.path, query)
        return Address(request.path, query, _takes_gzip(request))

    def answer(self, request: HttpRequest, edition: Edition, address: Address) -> HttpResponse | None:
        """Return "not modified", or the page from its copy; None where it must be made."""
        if copy := self.copies.get(edition, address):
            return _respond(request, edition, copy)
        etag = etag_of(edition, address)
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in (tag.removeprefix("W/") for tag in known):
            return HttpResponseNotModified(
                headers={"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": VARY}
            )
        return None

    def keep(
        self, request: HttpRequest, response: HttpResponse, edition: Edition, address: Address
    ) -> HttpResponse:
        """Return the answer with its validators, and keep a copy unless the content changed meanwhile."""
        if not _is_shareable(response) or revision.current() != edition.number:
            return response
        copy = make_copy(response, etag_of(edition, address), compressed=address.compressed)
        self.copies.put(edition, address, copy)
        return _respond(request, edition, copy)


def is_anonymous(request: HttpRequest) -> bool:
    """Tell whether nothing in `request` could make a page someone's own; debug pages are never shared."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("HTTP_COOKIE")
        and "HTTP_AUTHORIZATION" not in request.META
        and not settings.DEBUG
    )


def etag_of(edition: Edition, address: Address) -> str:
    """Return the strong ETag of a page; keyed, so that nobody can make up that of a page not seen."""
    parts = (release.name(), edition.number, edition.day, *edition.moments, *astuple(address))
    text = "\n".join(map(str, parts))
    key = settings.SECRET_KEY.encode()[:64]
    return f'"{hashlib.blake2b(text.encode(), key=key, digest_size=16).hexdigest()}"'


def make_copy(response: HttpResponse, etag: str, *, compressed: bool) -> Copy:
    """Return the copy of a page; a public page holds no secret that compression could give away."""
    body, headers = response.content, dict(response.headers)
    if compressed:
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers |= {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": VARY, "Content-Length": str(len(body))}
    return Copy(body, headers)


def _takes_gzip(request) -> bool:
    return re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None


def _is_shareable(response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not {"Cache-Control", "Content-Encoding", "Vary"} & set(response.headers)
    )


def _respond(request, edition, copy) -> HttpResponse:
    response = HttpResponse(copy.body, headers=copy.headers)
    modified = None
    if timezone.now() - edition.since > timedelta(seconds=1):  # or a later change could share its second
        modified = int(edition.since.timestamp())
        response.headers["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, copy.headers["ETag"], modified, response)
