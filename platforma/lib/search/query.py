"""What a reader typed, as clauses: words and phrases, some excluded, the last one perhaps unfinished.

There are no syntax errors: quotes make a phrase (an unclosed one runs to the end), a leading minus excludes,
everything else is words.
"""

import re
from dataclasses import dataclass, replace

from platforma.lib.search.tokens import clean, is_question_word, is_stop_word, join_numbers, tokenise

MAX_CHARS = 200
MAX_CLAUSES = 12
_QUOTES = '"„”“«»'
_PIECE = re.compile(
    rf"(?P<minus>-?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))"
)
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_])[/,;|](?=[^\W\d_])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_BO = re.compile(r"^\s*bo\b|(?<=[^\s,])\s+bo(?=\s*$)")  # it joins nothing there: budżet obywatelski


@dataclass(frozen=True)
class Clause:
    """Consecutive words that must (`excluded`: must not) occur; of a `prefix` the last is unfinished.

    `quoted` words are meant as they stand: no synonym joins them and no typo in them is corrected unasked.
    """

    words: tuple[str, ...]
    excluded: bool = False
    prefix: bool = False
    quoted: bool = False

    def __str__(self):
        """The clause as it could be typed again; a split word (Bielsko-Biała) comes back in quotes."""
        text = " ".join(self.words)
        quoted = f'"{text}"' if self.quoted or len(self.words) > 1 else text
        return f"{'-' if self.excluded else ''}{quoted}"


def parse(text: str, *, unfinished: bool = False) -> tuple[Clause, ...]:
    """Return the clauses of a query; `unfinished` says that its last word is still being typed.

    At most `MAX_CHARS` characters and `MAX_CLAUSES` clauses count. Initials (J. Kowalska: texts may have the
    whole name), stop words and the words of a question ("kto może złożyć wniosek") are left out unless there
    is nothing else. A word with a mark inside (Bielsko-Biała, 145/2024) is a phrase; letters around a slash
    or comma are words of their own.
    """
    text = join_numbers(_BETWEEN_WORDS.sub(" ", clean(text[:MAX_CHARS])))
    text = _BO.sub(lambda match: match[0].upper(), text)
    pieces, telling = [], []
    for match in _PIECE.finditer(text):
        raw = match["phrase"] if match["phrase"] is not None else match["word"]
        words = tuple(token.text for token in tokenise(raw))
        starred = match["word"] is not None and raw.endswith("*")
        at_end = unfinished and match["phrase"] is None and match.end() == len(text)
        if words:
            piece = Clause(words, bool(match["minus"]), starred or at_end, match["phrase"] is not None)
            pieces.append(piece)
            telling += [] if _INITIALS.fullmatch(raw) else _without_stop_words(piece)
    asked = [clause for clause in telling if not _only_asks(clause)]
    return tuple((asked or telling or pieces)[:MAX_CLAUSES])


def _without_stop_words(clause: Clause) -> list[Clause]:
    last = len(clause.words) - 1
    words = tuple(
        word
        for place, word in enumerate(clause.words)
        if not is_stop_word(word) or (clause.prefix and place == last)
    )
    return [replace(clause, words=words)] if words else []


def _only_asks(clause: Clause) -> bool:
    is_plain = not (clause.quoted or clause.excluded or clause.prefix)
    return is_plain and len(clause.words) == 1 and is_question_word(clause.words[0])
