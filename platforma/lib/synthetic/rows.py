"""Drawing synthetic practices and meetings as plain data: their own values, and what they relate to.

A relation is given by slugs, or by places in the lists of `reference`. Row n of a seed is always the same,
whichever process draws it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from . import reference
from .chance import Weighted, known, seeded, zipf
from .reference import SLUG_PREFIX, log_uniform
from .texts import Author, lexicon

REMARK = "Dane syntetyczne do pomiarów, nie opis prawdziwego wydarzenia."
NEWEST = datetime(2026, 10, 1, 12, tzinfo=UTC)
PUBLISHED_WITHIN = 10 * 365 * 86_400  # seconds before NEWEST
YEARS = range(2004, 2027)
KWOTA = (500, 20_000_000)  # zł
KWOTA_UNKNOWN = 0.35
RODZAJE = ("warsztat", "szkolenie", "konferencja", "webinarium", "spotkanie")
FORMY = ("stacjonarne", "stacjonarne", "online", "hybrydowe", "")


@dataclass(frozen=True)
class Row:
    values: dict
    related: dict[str, list]


@dataclass(frozen=True)
class World:
    """The seed, and the slugs that the database has for rows to name."""

    seed: int
    instrumenty: tuple[str, ...]
    tematy: tuple[str, ...]
    odbiorcy: tuple[str, ...]
    wojewodztwa: tuple[str, ...]


class Sampler:
    """Draws the rows of one world."""

    def __init__(self, world: World):
        self.seed = world.seed
        self.instrumenty = known(world.instrumenty, reference.INSTRUMENTY)
        self.tematy = known(world.tematy, reference.TEMATY)
        self.odbiorcy = known(world.odbiorcy, reference.ODBIORCY)
        self.wojewodztwa = known(world.wojewodztwa, reference.GMINY)
        self.jst = zipf(range(reference.UNITS), 0.6)
        self.tagi = zipf(range(reference.TAGS), 1.0)
        self.organizacje = Weighted(range(reference.ORGANISATIONS))
        self.prelegenci = zipf(range(reference.SPEAKERS))

    def praktyka(self, number: int) -> Row:
        random = seeded(f"praktyka:{self.seed}:{number}")
        author = Author(lexicon(), random)
        start = random.choice(YEARS) if random.random() < 0.93 else None
        jst = self.jst.several(random, (3, 88, 7, 2))
        values = {
            **self._common(author, str(number)),
            "streszczenie": author.summary(),
            "problem": author.problem(),
            "rozwiazanie": author.solution(),
            "rezultaty": author.results(),
            "warunki_przeniesienia": author.conditions(),
            "odbiorcy_opis": author.audience(),
            "rok_od": start,
            "rok_do": random.randint(start, YEARS[-1]) if start and random.random() < 0.4 else None,
            "kwota_zl": None if random.random() < KWOTA_UNKNOWN else _rounded(log_uniform(random, *KWOTA)),
            "pewnosc": random.choice(("wysoka", "srednia", "niska", "")),
        }
        related = {
            **self._shared(random),
            "jst": jst,
            "wojewodztwa": [] if jst else self.wojewodztwa.several(random, (50, 50)),
            "odbiorcy": self.odbiorcy.several(random, (0, 57, 33, 10)),
            "organizacje": self.organizacje.several(random, (55, 24, 17, 4)),
        }
        return Row(values, related)

    def spotkanie(self, number: int) -> Row:
        random = seeded(f"spotkanie:{self.seed}:{number}")
        author = Author(lexicon(), random)
        month = datetime(random.choice(YEARS), random.randint(1, 12), 1, tzinfo=UTC)
        start = month + timedelta(days=random.randrange(28), hours=random.randint(8, 16))
        is_known = random.random() < 0.9
        values = {
            **self._common(author, f"spotkanie-{number}"),
            "streszczenie": author.summary(),
            "opis": author.solution(),
            "rodzaj": random.choice(RODZAJE),
            "forma": random.choice(FORMY),
            "poczatek": start if is_known else None,
            "koniec": start + timedelta(hours=random.randint(2, 7)) if is_known else None,
            "rok": start.year if is_known or random.random() < 0.5 else None,
        }
        related = {
            **self._shared(random),
            "organizatorzy": self.organizacje.several(random, (5, 75, 20)),
            "wystapienia": [
                (author.title(), self.prelegenci.draw(random)) for _ in range(random.randint(0, 4))
            ],
            "wypowiedzi": [author.statement() for _ in range(random.randint(0, 5))],
        }
        return Row(values, related)

    def _common(self, author, key):
        return {
            "tytul": author.title(),
            "slug": f"{SLUG_PREFIX}{self.seed}-{key}",
            "published_at": NEWEST - timedelta(seconds=author.random.randrange(PUBLISHED_WITHIN)),
            "uwagi_redakcji": REMARK,
        }

    def _shared(self, random):
        return {
            "instrumenty": self.instrumenty.several(random, (0, 68, 27, 4, 1)),
            "tematy": self.tematy.several(random, (9, 58, 28, 5)),
            "tagi": self.tagi.several(random, (0, 0, 3, 25, 39, 25, 8)),
        }


def draw(world: World, what: str, numbers: range) -> list[Row]:
    """Return the rows `numbers` of the practices or meetings (`what`); safe to run in any process."""
    return [getattr(_sampler(world), what)(number) for number in numbers]


@lru_cache(maxsize=1)
def _sampler(world: World) -> Sampler:
    return Sampler(world)


def _rounded(number: float) -> Decimal:
    """Keep two digits: people announce 12 000 zł, not 12 345 zł."""
    return Decimal(f"{number:.1e}")
