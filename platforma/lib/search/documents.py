"""What is indexed of a row, and its words as the tokens the index keeps; needs no models."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from platforma.lib.search.tokens import clean, indexed_words
from platforma.lib.search.vocabulary import class_of

ANALYSIS = 2  # raised whenever a text gives other tokens than before; `serve` then builds the index anew


@dataclass(frozen=True)
class Document:
    """What is found of one row: four texts, the most telling first."""

    id: int
    tytul: str
    streszczenie: str = ""
    nazwy: str = ""
    tresc: str = ""

    def fields(self) -> list[list[str]]:
        """Return the words of each field, without stop words, as written."""
        texts = (self.tytul, self.streszczenie, self.nazwy, self.tresc)
        return [indexed_words(clean(text)) for text in texts]


def encode(documents: list[Document]) -> tuple[list[tuple[int, list[list[str]]]], Counter]:
    """Return `(id, class tokens of each field)` of every document, and how many of them have each word."""
    encoded, words = [], Counter()
    for document in documents:
        fields = document.fields()
        words.update(set(chain.from_iterable(fields)))
        encoded.append((document.id, [[class_of(word) for word in field] for field in fields]))
    return encoded, words
