"""Sentences, titles and names: templates whose places are filled with inflected words."""

import re
from functools import lru_cache
from itertools import product
from random import Random

from . import grammar, words
from .chance import zipf

MARK = "(dane syntetyczne)"
_POOLS = {
    "actor": words.ACTORS,
    "people": words.PEOPLE,
    "thing": words.THINGS,
    "place": words.PLACES,
    "abstract": words.ABSTRACTS,
}
# {pool:case} or {pool:case:number} is a noun phrase, {verb} agrees with the last phrase in the nominative.
_TITLES = (
    "{thing:nom:pl} na {abstract:acc:sg} dla {people:gen:pl}",
    "{thing:nom:sg} dla {people:gen:pl} i {abstract:nom:sg}",
    "{actor:nom:sg} {verb} {place:acc:pl} i {thing:acc:pl}",
    "{people:nom:pl} {verb} {thing:acc:pl}",
    "{thing:nom:pl} zamiast {thing:gen:pl}: {abstract:nom:sg} i {place:nom:sg}",
    "„{name}”: {thing:nom:sg} dla {people:gen:pl}",
)
_PROBLEMS = (
    "{actor:nom} {verb} {thing:acc}, ale brakuje {thing:gen:pl} dla {people:gen:pl}.",
    "{thing:nom:pl} trafiają głównie do {people:gen:pl}, a {place:nom:pl} latami czekają na {thing:acc:pl}.",
    "Bez {thing:gen} {people:nom:pl} rzadko {verb} {place:acc}; {abstract:nom:sg} czeka na {actor:acc:sg}.",
    "Problemem są {thing:nom:pl} oraz {abstract:nom:sg}: {actor:nom:sg} {verb} najwyżej {thing:acc:sg}.",
    "W gminie {town} na jednego mieszkańca przypada {number} {thing:gen:pl}.",
    "Mówi {person}: {people:nom:pl} znają {place:acc:pl}, lecz {actor:nom:sg} {verb} {thing:acc:sg} osobno.",
)
_SOLUTIONS = (
    "{actor:nom} {verb} {thing:acc} dla {people:gen:pl} w gminie {town}.",
    "Dzięki {thing:dat} {people:nom:pl} {verb} {place:acc:pl}.",
    "Podczas {thing:gen:sg} {actor:nom:sg} {verb} {thing:acc:pl} i {thing:acc:pl}.",
    "Ośrodek „{name}” przez {number} miesięcy prowadzi {thing:acc} i {abstract:acc:sg}.",
    "Najpierw {actor:nom} {verb} {thing:acc:sg}, potem {people:nom:pl} {verb} {thing:acc}.",
    "Kwota {amount} zł wystarcza na {thing:acc:sg}, a {actor:nom:sg} {verb} {place:acc}.",
    "Zasady {thing:gen:sg} są jawne: {actor:nom:sg} {verb} {thing:acc:pl} razem z {people:inst:pl}.",
    "Od {year} roku {actor:nom} {verb} {thing:acc}, o czym decyduje {person} wraz z {people:inst:pl}.",
)
_RESULTS = (
    "Udało się przeprowadzić {number} {thing:gen:pl} z udziałem {number} {people:gen:pl}.",
    "Powstało {number} {thing:gen:pl}, a {people:nom:pl} {verb} {place:acc}.",
    "W {year} roku {people:nom:pl} {verb} {thing:acc:pl}, a {actor:nom:sg} {verb} {abstract:acc:sg}.",
    "{actor:nom} {verb} teraz {thing:acc} za {amount} zł rocznie.",
    "Rośnie {abstract:nom:sg}: {people:nom:pl} {verb} {place:acc} bez pomocy {actor:gen:sg}.",
    "Grupa „{name}” {thing:inst:pl} obejmuje już {place:acc:pl}, a {person} prowadzi {thing:acc:sg}.",
)
_CONDITIONS = (
    "Potrzebne są {thing:nom:sg}, {actor:nom:sg} i {number} godzin pracy {people:gen:pl}.",
    "Warunkiem jest {abstract:nom:sg}: {actor:nom:sg} {verb} {thing:acc} przed naborem.",
    "Wystarczą {thing:nom:pl} oraz {people:nom:pl} i {place:nom:sg}.",
)
_STATEMENTS = (
    "{people:nom:pl} {verb} {place:acc:pl}, gdy {actor:nom:sg} {verb} {thing:acc:sg}.",
    "Czy {actor:nom:sg} {verb} {thing:acc:pl} dla {people:gen:pl}?",
    "{thing:nom:sg} i {abstract:nom:sg} to za mało, jeśli {actor:nom:sg} {verb} tylko {thing:acc:sg}.",
)
_TAGS = ("{+thing:nom:sg}", "{+place:nom:sg}", "{abstract:nom:sg}", "{thing:nom:pl} i {abstract:nom:sg}")
_SLOT = re.compile(r"\{([^}]+)\}")


class Lexicon:
    """The inflected word material; made once a process, since inflecting takes a moment."""

    def __init__(self):
        self.nouns = {name: zipf([grammar.noun(lemma) for lemma in pool]) for name, pool in _POOLS.items()}
        self.adjectives = zipf([grammar.adjective(lemma) for lemma in words.ADJECTIVES])
        self.verbs = zipf([grammar.verb(lemma) for lemma in words.VERBS])
        self.names = zipf([*proper_names()], 0.7)
        self.surnames = zipf([stem + end for stem in words.NAME_STEMS for end in words.SURNAME_ENDS])
        self.towns = zipf(town_names(), 0.4)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return this process's lexicon."""
    return Lexicon()


class Author:
    """Writes texts with `random`; equal seeds give equal texts."""

    def __init__(self, lexicon: Lexicon, random: Random):
        self.lexicon = lexicon
        self.random = random

    def title(self) -> str:
        return f"{self._sentence(_TITLES)} {MARK}"

    def summary(self) -> str:
        return self._text(_SOLUTIONS, 110)

    def problem(self) -> str:
        return self._long(_PROBLEMS)

    def solution(self) -> str:
        return self._long(_SOLUTIONS)

    def results(self) -> str:
        return self._long(_RESULTS)

    def conditions(self) -> str:
        return self._text(_CONDITIONS, 80)

    def statement(self) -> str:
        return self._sentence(_STATEMENTS)

    def tag(self) -> str:
        return self._fill(self.random.choice(_TAGS))

    def audience(self) -> str:
        return self._fill("{people:nom:pl} i {people:nom:pl}")

    def name(self) -> str:
        return self.lexicon.names.draw(self.random)

    def person(self) -> tuple[str, str]:
        return self.random.choice(words.FIRST_NAMES), self.lexicon.surnames.draw(self.random)

    def _long(self, templates):
        return self._text(templates, self.random.randint(200, 500))

    def _text(self, templates, chars):
        """Return sentences until there are `chars` characters; the last one may go beyond."""
        sentences, length = [], 0
        while length < chars:
            sentences.append(self._sentence(templates))
            length += len(sentences[-1]) + 1
        return " ".join(sentences)

    def _sentence(self, templates):
        text = self._fill(self.random.choice(templates))
        return text[0].upper() + text[1:]

    def _fill(self, template):
        number = "sg"  # of the subject, which the verb after it follows

        def fill(match):
            nonlocal number
            kind, *details = match[1].split(":")
            if kind == "verb":
                return self.lexicon.verbs.draw(self.random)[number]
            if not details:
                return self._plain(kind)
            case = details[0]
            phrase_number = details[1] if len(details) > 1 else self.random.choice(grammar.NUMBERS)
            if case == "nom":
                number = phrase_number
            return self._phrase(kind, case, phrase_number)

        return _SLOT.sub(fill, template)

    def _phrase(self, kind, case, number):
        """Return a noun, before it in every third place (and where the kind has a plus) an adjective."""
        noun = self.lexicon.nouns[kind.lstrip("+")].draw(self.random)
        text = noun.forms[number, case]
        if kind.startswith("+") or self.random.random() < 0.33:
            return f"{self.lexicon.adjectives.draw(self.random)[number, case, noun.gender]} {text}"
        return text

    def _plain(self, kind):
        if kind == "number":
            return str(self.random.choice((5, 6, 7, 8, 9, 12, 15, 18, 25, 36, 48, 75, 120, 250, 1200)))
        if kind == "year":
            return str(self.random.randint(2004, 2026))
        if kind == "amount":
            return f"{self.random.randint(1, 900)} 000"
        if kind == "person":
            return " ".join(self.person())
        return {"name": self.lexicon.names, "town": self.lexicon.towns}[kind].draw(self.random)


def proper_names():
    """Yield the made-up names, some ten thousand."""
    for middle, end, stem in product(words.NAME_MIDDLES, words.NAME_ENDS, words.NAME_STEMS):
        yield stem + middle + end


def town_names(count: int = 2_500) -> list[str]:
    """Return the made-up names of gminas."""
    single = (stem + end for end in words.NAME_ENDS for stem in words.NAME_STEMS)
    names = [f"{prefix} {name}".strip() for name, prefix in product(single, words.NAME_PREFIXES)]
    return names[:: len(names) // count][:count]
