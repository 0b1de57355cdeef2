"""One request to one address: pinned to where it was resolved, limited in time, its body never read.

The standard library is enough here: what a richer client adds (redirects, proxies, decompression, pools)
is what this must not do, and pinning would have to be forced on it.
"""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.utils.encoding import iri_to_uri

from .addresses import ForbiddenAddress, public_addresses

MAX_TRIED = 3  # network addresses of one name


@dataclass(frozen=True)
class Answer:
    """The status of an answer, where it sends on to (empty: nowhere), and its Retry-After as it came."""

    status: int
    location: str
    retry_after: str = ""


@dataclass(frozen=True)
class Client:
    """How to ask: `resolve` gives the network addresses of a name, `timeout` is seconds for the whole answer.

    http.client refuses header lines over 64 KiB and more than a hundred of them; with the body unread, an
    answer costs at most a few megabytes, and no longer than `timeout` (and what the system's resolver takes).
    """

    agent: str
    timeout: float = 20
    resolve: Callable[[str, int], list] = public_addresses
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(self, method: str, url: str) -> Answer:
        """Return the answer to one request, redirects not followed.

        Raises ForbiddenAddress, ValueError, OSError (TimeoutError and ssl.SSLError among them) and
        http.client.HTTPException.
        """
        parts = _parsed(url)
        host, port = parts.hostname.encode("idna").decode(), parts.port or default_port(parts.scheme)
        is_safe = parts.scheme == "https"
        made = HTTPSConnection(host, port, context=self.context) if is_safe else HTTPConnection(host, port)
        made.auto_open = 0  # never resolves the name a second time
        with _Deadline(self.timeout) as deadline:
            made.sock = self._connected(host, port, deadline, is_safe)
            made.request(method, _target(parts), headers={"User-Agent": self.agent, "Accept": "*/*"})
            with made.getresponse() as response:
                return Answer(
                    response.status,
                    response.getheader("Location", ""),
                    response.getheader("Retry-After", ""),
                )

    def _connected(self, host, port, deadline, is_safe):
        sock = self._reached(self.resolve(host, port)[:MAX_TRIED], deadline)
        if not is_safe:
            return sock
        secured = self.context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        deadline.watch(secured)
        secured.do_handshake()
        return secured

    def _reached(self, places, deadline):
        for number, (family, target) in enumerate(places, 1):
            sock = socket.socket(family, socket.SOCK_STREAM)
            deadline.watch(sock)
            sock.settimeout(self.timeout)
            try:
                sock.connect(target)
            except OSError:
                sock.close()
                if number == len(places):
                    raise
            else:
                return sock
        raise ConnectionError("no address")


class _Deadline:
    """Cuts the connection off when the time is up, however steadily a server drips its answer."""

    def __init__(self, seconds):
        self.sock, self.is_over = None, False
        self.timer = Timer(seconds, self._cut)
        self.timer.daemon = True

    def watch(self, sock):
        self.sock = sock
        if self.is_over:
            raise TimeoutError

    def _cut(self):
        self.is_over = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, kind, error, trace):
        self.timer.cancel()
        if self.sock is not None:
            self.sock.close()
        if self.is_over:  # http.client takes headers that were cut off for complete ones
            raise TimeoutError from error


def _parsed(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ForbiddenAddress(f"{parts.scheme or 'brak'}:")
    if not parts.hostname:
        raise ValueError("brak nazwy serwera")
    return parts


def default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _target(parts: SplitResult) -> str:
    path = iri_to_uri(parts.path) or "/"
    return f"{path}?{iri_to_uri(parts.query)}" if parts.query else path
