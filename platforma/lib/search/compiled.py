"""A query in the terms of the index: class tokens, and the levels at which documents are asked for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from platforma.lib.search.query import Clause
from platforma.lib.search.synonyms import Group
from platforma.lib.search.vocabulary import NOTHING, Vocabulary

FIELDS = ("tytul", "streszczenie", "nazwy", "tresc")
MAX_PHRASES = 512  # into which one phrase may be spelt out, which FTS5 needs; the same on both databases

Phrase = tuple[frozenset[str], ...]  # consecutive words, each as the class tokens that may stand for it
Ways = tuple[tuple[Phrase, ...], ...]  # a group: any of these, each an AND of phrases
Level = tuple[tuple[Ways, ...], int]  # groups that must all occur in so many of the first fields


@dataclass(frozen=True)
class Compiled:
    """A query in class tokens: all groups of `required` must occur, no phrase of `excluded` may.

    `typed` are the groups without synonyms, `wider` those with other names of instruments as well; both are
    None where they would be the same as `required`.
    """

    required: tuple[Ways, ...]
    excluded: tuple[Phrase, ...]
    typed: tuple[Ways, ...] | None = None
    wider: tuple[Ways, ...] | None = None

    @property
    def levels(self) -> list[Level]:
        """What is asked, the best answers first; of a query that only excludes: everything.

        What was typed comes before its synonyms in the same fields; rows that only carry the instrument whose
        other name was typed come before those that have the words somewhere in the body.
        """
        if not self.required:
            return [((), len(FIELDS))]
        levels = []
        for fields in range(1, len(FIELDS) + 1):
            levels += [(groups, fields) for groups in (self.typed, self.required) if groups]
            if self.wider and fields >= len(FIELDS) - 1:
                levels.append((self.wider, fields))
        return levels

    @property
    def unwanted(self) -> Level:
        """What must not be found."""
        return (tuple((phrase,) for phrase in self.excluded),), len(FIELDS)


def compile_query(groups: Iterable[Group], excluded: Iterable[Clause], vocabulary: Vocabulary) -> Compiled:
    """Return what `groups` and `excluded` ask of the index; all finished words are looked up together."""
    groups, excluded = tuple(groups), tuple(excluded)
    clauses = [*excluded, *(clause for group in groups for way in group.all_ways for clause in way)]
    finished = {word for clause in clauses for word in (clause.words[:-1] if clause.prefix else clause.words)}
    classes = vocabulary.classes(sorted(finished))

    def phrase(clause) -> Phrase:
        words = [classes.get(word) for word in clause.words]
        if clause.prefix:
            words[-1] = vocabulary.prefix_classes(clause.words[-1])
        return _bounded([set(alternatives) or {NOTHING} for alternatives in words])

    def compiled(*kinds) -> tuple[Ways, ...]:
        return tuple(
            tuple(tuple(map(phrase, way)) for kind in kinds for way in getattr(group, kind))
            for group in groups
        )

    return Compiled(
        compiled("typed", "synonyms"),
        tuple(map(phrase, excluded)),
        compiled("typed") if any(group.synonyms for group in groups) else None,
        compiled("typed", "synonyms", "names") if any(group.names for group in groups) else None,
    )


def _bounded(words: list[set[str]]) -> Phrase:
    """Leave out meanings of the most ambiguous words until few enough phrases can be spelt out."""
    while len(words) > 1 and prod(map(len, words)) > MAX_PHRASES:
        longest = max(words, key=len)
        longest.remove(max(longest))
    return tuple(map(frozenset, words))
