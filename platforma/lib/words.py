"""The difference between two texts, by words: first by paragraphs, then inside the changed ones."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

SAME, ADDED, REMOVED, FOLDED = "same", "added", "removed", "folded"
WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # with the space before it
SPACE = re.compile(r"\s*")
PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
TOO_LONG = 10_000  # words of one changed passage; beyond it the passage is shown as replaced
NEAR = 12  # words kept on each side of a change
FOLD = 40  # unchanged words in a row that are worth folding


class Piece(NamedTuple):
    """A stretch of text and what became of it; a folded one is unchanged and long."""

    kind: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def difference(old: str, new: str) -> list[Piece]:
    """Return the pieces that make `new` out of `old`, neighbours of one kind joined, long ones folded."""
    pieces = _joined(_by_paragraph(_lines(old), _lines(new)))
    last = len(pieces) - 1
    return [
        part
        for number, piece in enumerate(pieces)
        for part in _folded(piece, is_first=number == 0, is_last=number == last)
    ]


def _lines(text):
    return PARAGRAPH.findall(text.replace("\r\n", "\n"))


def _by_paragraph(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            yield Piece(SAME, after)
        else:
            yield from _by_word(WORD.findall(before), WORD.findall(after))


def _by_word(old: list[str], new: list[str]) -> Iterator[Piece]:
    if not old or not new or max(len(old), len(new)) > TOO_LONG:
        yield from _replaced(old, new)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(new[c:d]))
        else:
            yield from _replaced(old[a:b], new[c:d])


def _replaced(old, new) -> Iterator[Piece]:
    """Yield what goes and what comes; the space before both of them stays."""
    before, after = "".join(old), "".join(new)
    space = SPACE.match(before).group()
    if before and after and SPACE.match(after).group() == space:
        yield Piece(SAME, space)
        before, after = before[len(space) :], after[len(space) :]
    yield Piece(REMOVED, before)
    yield Piece(ADDED, after)


def _joined(pieces) -> list[Piece]:
    """Join neighbours of one kind; of changes side by side, what goes comes first."""
    joined = []
    for is_same, group in groupby(filter(attrgetter("text"), pieces), key=lambda piece: piece.kind == SAME):
        found = list(group)
        for kind in (SAME,) if is_same else (REMOVED, ADDED):
            if text := "".join(piece.text for piece in found if piece.kind == kind):
                joined.append(Piece(kind, text))
    return joined


def _folded(piece: Piece, *, is_first: bool, is_last: bool) -> list[Piece]:
    if piece.kind != SAME or piece.words < FOLD:
        return [piece]
    tokens = re.findall(r"\s*\S+\s*?", piece.text)
    tail = piece.text[sum(map(len, tokens)) :]
    head = [] if is_first else tokens[:NEAR]
    end = [] if is_last else tokens[-NEAR:]
    middle = tokens[len(head) : len(tokens) - len(end)]
    parts = (
        Piece(SAME, "".join(head)),
        Piece(FOLDED, "".join(middle)),
        Piece(SAME, "".join(end) + tail),
    )
    return [part for part in parts if part.text]
