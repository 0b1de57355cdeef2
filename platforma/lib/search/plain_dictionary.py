"""The dictionary forms of Polish words on machines for which Morfeusz has no build (Linux on ARM, musl).

It knows one lemma of a word, so the Snowball stem makes up for the others; search finds a little less.
"""

import Stemmer
from simplemma.strategies import DictionaryLookupStrategy

_dictionary = DictionaryLookupStrategy()
_stemmer = Stemmer.Stemmer("polish")


def lemmas(word: str) -> list[str]:
    """Return the lemma and the stem of a word the dictionary knows in this spelling, lower-cased."""
    lemma = _dictionary.get_lemma(word, "pl")
    return list(dict.fromkeys([lemma.lower(), _stemmer.stemWord(word.lower())])) if lemma else []
