"""The lists that synthetic rows refer to: made-up gminas, tags, organisations and speakers, always the same.

The weights say how many entries of the real catalogue carry a value; one not named here counts as one.
"""

from functools import lru_cache
from math import exp, log

from .chance import Weighted, known, seeded
from .texts import MARK, Author, lexicon, town_names

SLUG_PREFIX = "syntetyczna-"
TAGS, UNITS, ORGANISATIONS, SPEAKERS = 2_000, 2_500, 600, 400

INSTRUMENTY = {
    "mikrogrant": 28,
    "regranting": 24,
    "dotacja": 16,
    "budzet-partycypacyjny": 15,
    "inicjatywa-lokalna": 10,
    "tryb-malych-zlecen": 8,
    "pozyczka": 7,
    "dotacja-inwestycyjna": 5,
    "mikrozakup": 5,
    "umowa-wieloletnia": 3,
    "fundusz-sasiedzki": 3,
}
TEMATY = {
    "spolecznosci-ngo": 60,
    "przestrzen-srodowisko": 16,
    "kultura-dziedzictwo": 9,
    "sport-turystyka": 8,
    "pomoc": 7,
    "zdrowie": 6,
    "seniorzy-dostepnosc": 3,
}
ODBIORCY = {"organizacje-pozarzadowe": 49, "mieszkancy": 34, "grupy-nieformalne": 27, "seniorzy": 5}
GMINY = {  # the number of gminas in each voivodeship
    "mazowieckie": 314,
    "wielkopolskie": 226,
    "lubelskie": 213,
    "malopolskie": 182,
    "lodzkie": 177,
    "dolnoslaskie": 169,
    "slaskie": 167,
    "podkarpackie": 160,
    "kujawsko-pomorskie": 144,
    "pomorskie": 123,
    "podlaskie": 118,
    "warminsko-mazurskie": 116,
    "zachodniopomorskie": 113,
    "swietokrzyskie": 102,
    "lubuskie": 82,
    "opolskie": 71,
}
TYPY = Weighted(
    ("gmina-wiejska", "gmina-miejsko-wiejska", "gmina-miejska", "miasto-na-prawach-powiatu"), (60, 28, 10, 2)
)


def units(wojewodztwa: tuple[str, ...]) -> list[dict]:
    """Return the gminas, each with the slug of its voivodeship."""
    random, regions = seeded("jst"), known(wojewodztwa, GMINY)
    return [
        {
            "nazwa": f"{name} {MARK}",
            "slug": f"{SLUG_PREFIX}gmina-{number}",
            "typ": TYPY.draw(random),
            "wojewodztwo": regions.draw(random),
            "ludnosc": int(log_uniform(random, 1_500, 300_000)),
            "ludnosc_rok": 2025,
        }
        for number, name in enumerate(town_names(UNITS), 1)
    ]


@lru_cache(maxsize=1)
def tags() -> list[dict]:
    """Return the tags, the most used first."""
    author = Author(lexicon(), seeded("tag"))
    names: dict[str, None] = {}
    while len(names) < TAGS:
        names.setdefault(f"{author.tag()} {MARK}")
    return [{"name": name, "slug": f"{SLUG_PREFIX}tag-{number}"} for number, name in enumerate(names, 1)]


def organisations() -> list[dict]:
    author, kinds = Author(lexicon(), seeded("organizacja")), ("Stowarzyszenie", "Fundacja", "Koło")
    return [
        {
            "nazwa": f"{kinds[number % 3]} „{author.name()}” nr {number} {MARK}",
            "slug": f"{SLUG_PREFIX}organizacja-{number}",
        }
        for number in range(1, ORGANISATIONS + 1)
    ]


def speakers() -> list[dict]:
    author = Author(lexicon(), seeded("prelegent"))
    people = [author.person() for _ in range(SPEAKERS)]
    return [
        {"imie": first, "nazwisko": f"{last} {MARK}", "slug": f"{SLUG_PREFIX}osoba-{number}"}
        for number, (first, last) in enumerate(people, 1)
    ]


def log_uniform(random, low: float, high: float) -> float:
    """Draw so that every order of magnitude is as likely as the others."""
    return exp(random.uniform(log(low), log(high)))
