"""What readers search for, counted without anything about the person.

A request only adds to a counter in memory; a thread of the server process writes the counters now and then.
So no reader writes, waits for a lock or fails because of the log; the last seconds of a process may be lost.
"""

import logging
import re
import threading
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils import timezone

from platforma.lib import background
from platforma.lib.search.answer import Answer
from platforma.lib.search.models import Zapytanie
from platforma.lib.search.query import Clause
from platforma.lib.search.tokens import clean

FLUSH_SECONDS = 5
KEPT_DAYS = 365
MAX_WAITING = 1_000  # different searches between two writes; further ones are not counted
MAX_CHARS = 200

_YEARS = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?:-(?:19|20)\d\d)?(?![\d./-])")
_AMOUNT = re.compile(r"\d{1,3}( \d{3}){1,2}")  # spaces between thousands
_NUMBER = re.compile(r"\d(?:[ .()+_-]*\d)*")
_LONG_NUMBER = re.compile(r"\d(?:[ .()+_/-]*\d){8,}")  # a phone or PESEL written with any marks
_ADDRESS = re.compile(r"@|\(at\)|\[at\]|\bwww\.|://", re.IGNORECASE)
_logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A search worth keeping: its words, where it was asked, and the day."""

    words: str
    page: str
    day: date


def is_personal(text: str) -> bool:
    """Tell whether `text` seems to have an e-mail address, a phone, a PESEL or another number of a person.

    Seven digits in a row are such a number, whatever marks stand between them, but not years and amounts.
    """
    plain = " ".join(unicodedata.normalize("NFKC", clean(text)).replace("–", "-").split())
    plain = _YEARS.sub("", plain)
    if _ADDRESS.search(plain) or _LONG_NUMBER.search(plain):
        return True
    numbers = (match[0] for match in _NUMBER.finditer(plain))
    return any(sum(char.isdigit() for char in n) >= 7 and not _AMOUNT.fullmatch(n) for n in numbers)


def normalised(clauses: Iterable[Clause]) -> str:
    """Return the words searched for in lower case, without those that were to be left out."""
    words = (word for clause in clauses if not clause.excluded for word in clause.words)
    return " ".join(words).lower()[:MAX_CHARS]


class SearchLog:
    """Counters of searches waiting to be written."""

    def __init__(self):
        self._lock = threading.Lock()
        self._waiting: dict[Entry, tuple[int, int, str]] = {}

    def note(self, text: str, clauses: Iterable[Clause], *, page: str, found: int, shown: str = "") -> None:
        """Count one search for `text`; `shown` are the words whose results were shown in its place.

        Nothing is kept of a search with personal data, its other words included: they may say whose it is.
        """
        words = normalised(clauses)
        if not words or is_personal(text):
            return
        self._add({Entry(words, page, timezone.localdate()): (1, found, shown.lower()[:MAX_CHARS])})

    def note_answer(self, request: HttpRequest, text: str, answer: Answer, *, page: str) -> None:
        """Count the search for `text` that `answer` answers, unless whoever asks is signed in: an editor."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return
        shown = str(answer.search) if answer.is_corrected else ""
        self.note(text, answer.typed.clauses, page=page, found=answer.typed_count, shown=shown)

    def note_list(self, request: HttpRequest, katalog, *, page: str) -> None:
        """Count the search that a catalogue answers, once: on its first page."""
        if katalog.answer and katalog.number == 1:
            self.note_answer(request, katalog.q, katalog.answer, page=page)

    def _add(self, entries) -> None:
        with self._lock:
            for entry, (times, found, shown) in entries.items():
                if entry in self._waiting or len(self._waiting) < MAX_WAITING:
                    before = self._waiting.get(entry, (0, 0, ""))[0]
                    self._waiting[entry] = (before + times, found, shown)

    def flush(self) -> None:
        """Write what waits, in one statement; when the database refuses, it waits for the next time."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        try:
            _write(sorted((*entry, *counted) for entry, counted in waiting.items()))
        except DatabaseError as error:
            _logger.warning("Searches not written, will try again: %s", error)
            self._add(waiting)

    def start(self) -> None:
        """Write every `FLUSH_SECONDS`; for processes of the server. What waits when one ends is lost."""
        background.repeat(self.flush, name="search-log", every=FLUSH_SECONDS, first=FLUSH_SECONDS)


def _write(rows: list[tuple]) -> None:
    place = f"({', '.join(['%s'] * 6)})"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platforma_zapytanie (slowa, strona, dzien, razy, wyniki, poprawka) "  # noqa: S608
            f"VALUES {', '.join([place] * len(rows))} ON CONFLICT (slowa, strona, dzien) DO UPDATE SET "
            "razy = platforma_zapytanie.razy + excluded.razy, wyniki = excluded.wyniki, "
            "poprawka = excluded.poprawka",
            [value for row in rows for value in row],
        )
    Zapytanie.objects.older_than(timezone.localdate() - timedelta(days=KEPT_DAYS)).delete()


search_log = SearchLog()
