"""Both databases answer every query as a plain reading of the documents does, so they answer alike."""

import json
import random
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from platforma.lib import kinds
from platforma.lib.search.documents import ANALYSIS, Document, encode
from platforma.lib.search.index import SearchIndex
from platforma.lib.search.models import Analiza, Synonim
from platforma.lib.search.search import Search
from praktyki.kinds import PRAKTYKA
from tests.builders import make_praktyka

pytestmark = pytest.mark.django_db


def documents():
    rows = json.loads((settings.BASE_DIR / "fixtures" / "praktyki.json").read_text())
    body = ("problem", "rozwiazanie", "rezultaty", "warunki_przeniesienia")
    return [
        Document(
            number,
            row["tytul"],
            row["streszczenie"],
            "\n".join([*row["tagi"], *row["jst"]]),
            "\n".join(row.get(name, "") for name in body),
        )
        for number, row in enumerate(rows, 1)
    ]


def queries(documents, count):
    """Make up queries of words, phrases, beginnings, typos and exclusions, the same ones every time."""
    chance = random.Random(7)
    for _number in range(count):
        words = [word for field in chance.choice(documents).fields() for word in field]
        place = chance.randrange(len(words) - 3)
        parts = [
            chance.choice(words),
            chance.choice(
                [chance.choice(words), f'"{" ".join(words[place : place + 2])}"', "NGO", "koła gospodyń"]
            ),
            chance.choice(
                ["", "", f"-{chance.choice(words)}", f"{chance.choice(words)[:4]}*", f'-"{words[place]}"']
            ),
        ]
        yield " ".join(parts[: chance.randint(1, 3)])


def has(field, phrase):
    return any(
        all(token in wanted for token, wanted in zip(field[start:], phrase, strict=False))
        for start in range(len(field) - len(phrase) + 1)
    )


def satisfies(fields, groups):
    return all(
        any(all(any(has(field, phrase) for field in fields) for phrase in way) for way in ways)
        for ways in groups
    )


def read_plainly(encoded, query):
    """Return the tiers by looking at every document, without any index."""
    tiers, seen = (
        [],
        {
            id_
            for id_, fields in encoded
            for phrase in query.excluded
            if any(has(field, phrase) for field in fields)
        },
    )
    for groups, count in query.levels:
        tier = {id_ for id_, fields in encoded if satisfies(fields[:count], groups)} - seen
        tiers.append(tier)
        seen |= tier
    return tiers


def test_the_index_finds_what_reading_every_document_finds():
    Synonim.objects.create(fraza="NGO", zamienniki="organizacja pozarządowa\norganizacja")
    Synonim.objects.create(fraza="KGW", zamienniki="koło gospodyń wiejskich\nkoło gospodyń")
    corpus = documents()
    index = SearchIndex()
    index.put("praktyka", corpus)
    encoded, _words = encode(corpus)
    found_something = 0
    for text in queries(corpus, 400):
        search = Search(text)
        tiers = [set(tier) for tier in search.tiers("praktyka")]
        assert tiers == read_plainly(encoded, search.compiled), text
        found_something += any(tiers)
    assert found_something > 200


def test_only_words_to_leave_out_give_the_rest():
    index = SearchIndex()
    index.put(
        "praktyka", [Document(1, "Mikrogranty w Łodzi"), Document(2, "Pożyczki"), Document(3, "Mikrogrant")]
    )
    assert set(Search("-mikrograntów").ids("praktyka")) == {2}


def test_an_ambiguous_phrase_is_spelt_out_only_so_far_but_alike():
    index = SearchIndex()
    index.put("praktyka", [Document(number, f"rad lat dróg pól numer{number}") for number in range(3)])
    assert set(Search('"lat dróg pól"').ids("praktyka")) == {0, 1, 2}
    assert set(Search('"pól dróg lat"').ids("praktyka")) == set()


def test_an_index_that_an_upgrade_brought_is_known_to_be_empty():
    assert not PRAKTYKA.lacks_index()
    make_praktyka()
    assert not PRAKTYKA.lacks_index()
    SearchIndex().clear("praktyka")
    assert PRAKTYKA.lacks_index()
    call_command("reindex", stdout=StringIO())
    assert not PRAKTYKA.lacks_index()


def test_an_index_that_another_analysis_of_words_made_is_made_anew():
    make_praktyka()
    assert not kinds.need_reindex()
    Analiza.objects.update(numer=ANALYSIS - 1)
    assert kinds.need_reindex()
    call_command("reindex", stdout=StringIO())
    assert not kinds.need_reindex()


def test_another_analysis_of_words_has_another_number():
    """Whoever changes what texts give raises ANALYSIS, and then writes here what they give now."""
    text = "Radom Przemyśl coworkerek ePUAP-em 130 000 art. 19a BO oﬁara Łodzi żądania Kowalska rad lat"
    [(_id, [title, *_rest])], _words = encode([Document(1, text)])
    tokens = "radom przemyśl coworkerek_coworkerk0r epuap_epuap0r 130000 art 19a bo ofiara łodzia_łódź"
    rest = "żądanie_żądać kowalska_kowalski rad_rada lato_rok"
    assert (ANALYSIS, title) == (2, [*tokens.split(), *rest.split()])


def test_latest_titles_are_of_the_highest_ids():
    index = SearchIndex()
    index.put("praktyka", [Document(n, f"Mikrogranty {n}") for n in range(1, 9)])
    index.put("praktyka", [Document(9, "Pożyczki", "Także mikrogranty.")])
    search = Search("mikrogr", unfinished=True)
    assert index.latest_titles("praktyka", search.compiled, 3) == [8, 7, 6]
