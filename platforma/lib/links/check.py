"""Where a link leads: HEAD, then GET where HEAD tells nothing, redirects one checked step at a time."""

import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from http.client import HTTPException
from itertools import zip_longest
from threading import Lock
from urllib.parse import urldefrag, urljoin, urlsplit

from .addresses import ForbiddenAddress
from .models import Wynik
from .request import Answer, Client

MAX_REDIRECTS = 5
AT_ONCE = 8  # servers asked at the same time
TOO_MANY = 429
REST, LONGEST_REST = 10, 60  # seconds for which a server that has had too many requests is left alone
REDIRECTS, PERMANENT = (301, 302, 303, 307, 308), (301, 308)
FAULTS = (  # the first that fits; a kind of error stands before what it is a kind of
    (ForbiddenAddress, Wynik.NIEDOZWOLONY),
    (socket.gaierror, Wynik.DNS),
    (TimeoutError, Wynik.CZAS),
    (ssl.SSLError, Wynik.TLS),
    (OSError, Wynik.POLACZENIE),
    ((HTTPException, ValueError), Wynik.BLEDNY),
)
FAULT_KINDS = (ForbiddenAddress, OSError, HTTPException, ValueError)
HOPELESS = (ForbiddenAddress, socket.gaierror, ssl.SSLError)  # asking again with GET changes nothing


@dataclass(frozen=True)
class Outcome:
    """What a check found: `status` is None where no server answered, `target` where the link really leads."""

    wynik: Wynik
    status: int | None = None
    note: str = ""
    target: str = ""


class Turnstile:
    """Lets requests to one server begin `pause` seconds apart; safe between threads."""

    def __init__(self, pause: float):
        self.pause = pause
        self._next = defaultdict(float)
        self._lock = Lock()

    def wait(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next[host])
            self._next[host] = turn + self.pause
        time.sleep(turn - now)

    def rest(self, host: str, seconds: float) -> None:
        """Let nobody ask the server for that long."""
        with self._lock:
            self._next[host] = max(self._next[host], time.monotonic() + seconds)


class LinkChecker:
    def __init__(self, client: Client, pause: float = 1.0):
        self.client = client
        self.turnstile = Turnstile(pause)

    def check_all(self, urls: Iterable[str]) -> Iterator[tuple[str, Outcome]]:
        """Yield `(url, outcome)` as they come; the addresses of one server wait for one another."""
        by_host = defaultdict(list)
        for url in urls:
            by_host[host_of(url)].append(url)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            # One address a task: a server with hundreds of them shares the workers with the others.
            turns = (url for turn in zip_longest(*by_host.values()) for url in turn if url is not None)
            waiting = {pool.submit(self.check, url): url for url in turns}
            try:
                for done in as_completed(waiting):
                    yield waiting[done], done.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def check(self, url: str) -> Outcome:
        """Follow `url` to its end; every failure is an outcome."""
        at, is_moved, seen = urldefrag(url).url, True, set()
        try:
            while True:
                seen.add(at)
                answer = self._ask(at)
                if answer.status not in REDIRECTS or not answer.location:
                    return outcome_of(answer.status, at if len(seen) > 1 else "", is_moved)
                is_moved = is_moved and answer.status in PERMANENT
                at = urldefrag(urljoin(at, _location(answer.location))).url
                if at in seen or len(seen) > MAX_REDIRECTS:
                    return Outcome(Wynik.PETLA, answer.status, target=at)
        except FAULT_KINDS as error:
            wynik = next(wynik for kind, wynik in FAULTS if isinstance(error, kind))
            return Outcome(wynik, note=_told(error), target=at if len(seen) > 1 else "")

    def _ask(self, url: str) -> Answer:
        """Ask with HEAD; with GET where that failed, for many servers answer HEAD wrongly or not at all."""
        try:
            answer = self._request("HEAD", url)
        except HOPELESS:
            raise
        except FAULT_KINDS:
            return self._request("GET", url)
        return answer if answer.status < 400 or answer.status == TOO_MANY else self._request("GET", url)

    def _request(self, method, url):
        host = host_of(url)
        self.turnstile.wait(host)
        answer = self.client.ask(method, url)
        if answer.status == TOO_MANY:
            wanted = int(answer.retry_after[:9]) if answer.retry_after.isdecimal() else REST
            self.turnstile.rest(host, min(wanted, LONGEST_REST))
        return answer


def host_of(url: str) -> str:
    """Return the name of the server; empty where the address cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def outcome_of(status: int, target: str, is_moved: bool) -> Outcome:
    """Judge the last answer; `target` is where redirects led, `is_moved` tells that all were permanent."""
    if status in (404, 410):
        wynik = Wynik.BRAK
    elif status >= 500:
        wynik = Wynik.SERWER
    elif status >= 400:
        wynik = Wynik.ODMOWA
    elif 200 <= status < 300:
        wynik = Wynik.PRZENIESIONY if target and is_moved else Wynik.DZIALA
    else:
        wynik = Wynik.BLEDNY
    return Outcome(wynik, status, target=target)


def _location(header: str) -> str:
    """Return the header as it was meant: http.client reads bytes as Latin-1, servers send UTF-8."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _told(error: Exception) -> str:
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return str(reason)[:300]
