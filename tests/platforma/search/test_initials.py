"""A name typed with an initial finds the person whose texts have the whole name."""

import pytest

from platforma.lib.search.index import Document, SearchIndex
from platforma.lib.search.query import parse
from platforma.lib.search.search import Search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["J. Clark", "j. clark", "Clark J."])
def test_an_initial_need_not_be_in_the_text(query):
    documents = [Document(1, "James Clark"), Document(2, "J. Clark"), Document(3, "James Dean")]
    SearchIndex().put("prelegent", documents)
    assert set(Search(query).ids("prelegent")) == {1, 2}


@pytest.mark.parametrize(
    ("query", "words"),
    [("J.", ["J"]), ('"J. Clark"', ["J", "Clark"]), ("witamina C", ["witamina", "C"]), ("J", ["J"])],
)
def test_a_letter_counts_alone_in_quotes_and_without_its_full_stop(query, words):
    assert [word for clause in parse(query) for word in clause.words] == words
