"""Marking what a search found in the text as written, in any grammatical form; the same on both databases.

Every piece of text is escaped before it is put together, so the result is safe HTML with no tag but <mark>.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from platforma.lib.search.compiled import Compiled
from platforma.lib.search.tokens import clean, is_indexed, tokenise
from platforma.lib.search.vocabulary import class_of

SNIPPET_WORDS = 30
WORDS_BEFORE = 8  # at most, of a snippet, before the first marked word
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
_SPACES = re.compile(r"\s+")


class Passage(NamedTuple):
    """A piece of text and, where it has one, its own address."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Texts:
    """What a row shows in results: title, summary, and the passages a snippet may come from."""

    title: str
    summary: str = ""
    body: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Excerpt:
    """A row's texts as safe HTML; `snippet` shows words that title and summary lack, "" where none do."""

    title: SafeString
    summary: SafeString
    snippet: SafeString
    url: str


class _Match(NamedTuple):
    """One clause of the query in a text: from token `first` to `last`, both included."""

    first: int
    last: int
    clause: int


class _Text:
    """A text cut into words, with what the query finds in it."""

    def __init__(self, text: str, starts: dict):
        self.text = clean(text)
        self.tokens = list(tokenise(self.text))
        self.matches = list(self._find(starts))
        self.clauses = {match.clause for match in self.matches}

    def _find(self, starts):
        indexed = [place for place, token in enumerate(self.tokens) if is_indexed(token.text)]
        classes = [class_of(self.tokens[place].text) for place in indexed]
        for number, klasa in enumerate(classes):
            for clause, phrase in starts.get(klasa, ()):
                run = classes[number : number + len(phrase)]
                if len(run) == len(phrase) and all(
                    one in wanted for one, wanted in zip(run, phrase, strict=True)
                ):
                    yield _Match(indexed[number], indexed[number + len(phrase) - 1], clause)

    def html(self, first: int, last: int) -> SafeString:
        """Return the text from token `first` to `last` with its matches marked, dots where it was cut."""
        start = self.tokens[first].start if first else 0
        is_end = last == len(self.tokens) - 1
        end = len(self.text) if is_end else self.tokens[last].end
        pieces, place = ["… " if first else ""], start
        for marked_start, marked_end in self._spans(first, last):
            pieces += [
                self._piece(place, marked_start),
                "<mark>",
                self._piece(marked_start, marked_end),
                "</mark>",
            ]
            place = marked_end
        return SafeString("".join([*pieces, self._piece(place, end), "" if is_end else " …"]))

    def _piece(self, start, end):
        return escape(_SPACES.sub(" ", self.text[start:end]))

    def _spans(self, first, last):
        """Return the `(start, end)` of what to mark, overlaps joined."""
        spans: list[tuple[int, int]] = []
        for match in sorted(self.matches):
            if first <= match.first and match.last <= last:
                start, end = self.tokens[match.first].start, self.tokens[match.last].end
                if spans and start < spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
                else:
                    spans.append((start, end))
        return spans

    def best_window(self, seen: set[int]) -> tuple[int, int, int]:
        """Return `(new clauses, first token, last token)` of the window with most clauses not in `seen`."""
        best = (0, 0, 0)
        for number, match in enumerate(self.matches):
            inside = {
                other.clause for other in self.matches[number:] if other.last < match.first + SNIPPET_WORDS
            }
            if len(inside - seen) > best[0]:
                best = (len(inside - seen), match.first, match.last)
        if not best[0]:
            return best
        first = self._beginning(best[1])
        return best[0], first, min(max(first + SNIPPET_WORDS - 1, best[2]), len(self.tokens) - 1)

    def _beginning(self, place: int) -> int:
        """Return the token to begin with: the start of the sentence if it is near, else half as far."""
        earliest = max(0, place - WORDS_BEFORE)
        for first in range(earliest, place + 1):
            gap = self.text[self.tokens[first - 1].end : self.tokens[first].start] if first else "\n"
            if _SENTENCE_END.search(gap):
                return first
        return place - WORDS_BEFORE // 2


class Highlighter:
    """Marks what the compiled query stands for."""

    def __init__(self, query: Compiled):
        self._starts: dict[str, list] = defaultdict(list)
        for clause, ways in enumerate(query.wider or query.required):
            for phrase in (phrase for way in ways for phrase in way):
                for klasa in phrase[0]:
                    self._starts[klasa].append((clause, phrase))
        self._clauses = {clause for starts in self._starts.values() for clause, _phrase in starts}

    def mark(self, text: str) -> SafeString:
        """Return the whole text with the words found marked."""
        return self._whole(_Text(text, self._starts))

    def snippet(self, passages: Iterable[Passage], seen: Iterable[int] = ()) -> tuple[SafeString, str]:
        """Return about 30 words with most clauses not in `seen`, and their passage's address."""
        best, chosen, address = (0, 0, 0), None, ""
        wanted = len(self._clauses - set(seen))
        for passage in passages:
            if best[0] == wanted:
                break
            text = _Text(passage.text, self._starts)
            window = text.best_window(set(seen))
            if window[0] > best[0]:
                best, chosen, address = window, text, passage.url
        return (chosen.html(*best[1:]), address) if chosen else (SafeString(""), "")

    def excerpt(self, texts: Texts) -> Excerpt:
        """Return title and summary marked, with a snippet where the body has clauses that those lack."""
        title, summary = _Text(texts.title, self._starts), _Text(texts.summary, self._starts)
        snippet = self.snippet(texts.body, title.clauses | summary.clauses)
        return Excerpt(self._whole(title), self._whole(summary), *snippet)

    def _whole(self, text: _Text) -> SafeString:
        return text.html(0, len(text.tokens) - 1) if text.tokens else SafeString(escape(text.text))
