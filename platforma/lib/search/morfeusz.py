"""The dictionary forms of Polish words by Morfeusz, which knows every lemma of a word (SGJP)."""

import morfeusz2

_morfeusz = morfeusz2.Morfeusz(generate=False)


def lemmas(word: str) -> list[str]:
    """Return every lemma of the whole word, lower-cased; of a verb with a personal ending its first part."""
    analyses = _morfeusz.analyse(word)
    last = analyses[-1][1] if analyses else 0
    known = [(start, end, interp) for start, end, interp in analyses if interp[2] != "ign"]
    found = {_lemma(interp): None for start, end, interp in known if start == 0 and end == last}
    if not found and last > 1 and analyses[-1][2][2].split(":")[0] in ("aglt", "part"):
        found = {_lemma(interp): None for start, _end, interp in known if start == 0}
    return list(found)


def _lemma(interpretation) -> str:
    return interpretation[1].split(":")[0].lower()
