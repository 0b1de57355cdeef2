"""Inflection by Morfeusz: noun phrases whose adjectives agree, and verbs that agree with their subject."""

from dataclasses import dataclass
from functools import lru_cache

import morfeusz2

NUMBERS = ("sg", "pl")


@dataclass(frozen=True)
class Noun:
    """The forms of a noun by (number, case), and its gender."""

    lemma: str
    gender: str
    forms: dict[tuple[str, str], str]


@lru_cache(maxsize=1)
def _generator():
    return morfeusz2.Morfeusz(expand_tags=True, analyse=False)


def _forms(lemma: str, part: str) -> list[tuple[str, list[str]]]:
    """Return `(form, tags after the part of speech)`, forms marked as rare or old after the others."""
    rows = sorted(_generator().generate(lemma), key=lambda row: len(row[4]))
    return [(form, tag.split(":")[1:]) for form, _lemma, tag, *_marks in rows if tag.split(":")[0] == part]


def noun(lemma: str) -> Noun:
    """Return the forms of a noun; a lemma of several genders is taken in the one Morfeusz names first."""
    rows = _forms(lemma, "subst")
    gender = rows[0][1][2]
    forms: dict[tuple[str, str], str] = {}
    for form, (number, case, its_gender, *_rest) in rows:
        if its_gender == gender:
            forms.setdefault((number, case), form)
    return Noun(lemma, gender, forms)


def adjective(lemma: str) -> dict[tuple[str, str, str], str]:
    """Return the forms of an adjective by (number, case, gender), of the positive degree."""
    forms: dict[tuple[str, str, str], str] = {}
    for form, (number, case, gender, degree) in _forms(lemma, "adj"):
        if degree == "pos" and not form.startswith("nie"):
            forms.setdefault((number, case, gender), form)
    return forms


def verb(lemma: str) -> dict[str, str]:
    """Return the third person of the present tense by number."""
    forms: dict[str, str] = {}
    for form, (number, person, *_aspect) in _forms(lemma, "fin"):
        if person == "ter":
            forms.setdefault(number, form)
    return forms
