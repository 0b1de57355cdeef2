"""What is asked of every catalogue: two lists, many pairs of words as people type them, many beginnings."""

from urllib.parse import urlencode

from platforma.lib.polish import fold
from platforma.lib.synthetic import grammar
from platforma.lib.synthetic.chance import seeded, zipf
from platforma.lib.synthetic.texts import lexicon

LIST, SUGGEST, PLAIN = "/praktyki/", "/praktyki/podpowiedzi/", "/bench/plain/"
EMPTY, WORKER = "/bench/empty/", "/bench/worker/"
SESSION = "sesja=0123456789abcdefghijklmnopqrstuv"  # nobody's; a page is made for it, never copied
LISTS = {"": {}, "_filtered": {"instrument": "mikrogrant"}}  # by the end of a measured name
PAIRS, BEGINNINGS = 60, 60
CASES = ("nom", "gen", "dat", "acc", "inst", "loc")


def address(path: str = LIST, **params) -> str:
    return f"{path}?{urlencode(params)}" if params else path


def word_pairs() -> list[str]:
    """Return pairs of inflected words, common ones more often; every third without its diacritics."""
    random, kinds = seeded("pairs"), list(lexicon().nouns)
    pairs = []
    for number in range(PAIRS):
        nouns = [lexicon().nouns[kind].draw(random) for kind in random.sample(kinds, 2)]
        words = " ".join(noun.forms[random.choice(grammar.NUMBERS), random.choice(CASES)] for noun in nouns)
        pairs.append(fold(words) if number % 3 == 0 else words)
    return pairs


def beginnings() -> list[str]:
    """Return what stands in the field after two to six letters of a word."""
    random = seeded("beginnings")
    kinds = zipf(list(lexicon().nouns), 0)
    return [
        kind.draw(random).forms["sg", "nom"][: random.randint(2, 6)]
        for kind in (lexicon().nouns[kinds.draw(random)] for _ in range(BEGINNINGS))
    ]
