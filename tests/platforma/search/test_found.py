"""What searches found is kept for one content revision, within limits, and never seen beyond it."""

import pytest
from pyroaring import BitMap

from bench.pages import total
from platforma.lib import revision
from platforma.lib.search import found
from platforma.lib.search.found import Found, tiers_at
from platforma.lib.search.index import SearchIndex
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    """What the full-text index was asked for."""
    calls, tiers = [], SearchIndex.tiers
    monkeypatch.setattr(SearchIndex, "tiers", lambda self, *args: calls.append(args) or tiers(self, *args))
    return calls


def test_other_pages_filters_and_orders_of_a_search_do_not_ask_the_index_again(client, asked):
    instrument = builders.make_instrument(slug="mikrogrant")
    builders.make_praktyka(tytul="Zielone podwórka", instrumenty=[instrument])
    builders.make_praktyka(tytul="Podwórko bez barier")
    more = ("", "&instrument=mikrogrant", "&sort=nazwa", "&strona=2", "&rok_od=2001")
    found = [total(client.get(f"/praktyki/?q=podwórka{end}").content) for end in more]
    assert found == [2, 1, 2, 2, 0]
    assert len(asked) == 1


def test_an_edit_is_found_by_the_next_search(client, asked):
    praktyka = builders.make_praktyka(tytul="Zielone podwórka")
    assert total(client.get("/praktyki/?q=podwórka").content) == 1
    praktyka.tytul = "Zielone skwery"
    praktyka.save()
    assert total(client.get("/praktyki/?q=podwórka").content) == 0
    assert total(client.get("/praktyki/?q=skwer").content) == 1


def test_what_was_found_while_the_content_changed_is_not_kept():
    number = revision.current()

    def overtaken():
        builders.make_praktyka()
        return [BitMap([1])]

    assert tiers_at(number, "podwórka", overtaken) == [BitMap([1])]
    assert tiers_at(number, "podwórka", lambda: [BitMap([2])]) == [BitMap([2])]


def test_the_searches_asked_longest_ago_go_first(monkeypatch):
    monkeypatch.setattr(found, "MAX_IDS", 5)
    kept = Found()
    for asked in ("a", "b"):
        kept.put(asked, [BitMap([1]), BitMap([2])])
    kept.get("a")
    kept.put("c", [BitMap([1, 2])])
    assert [kept.get(asked) is not None for asked in ("a", "b", "c")] == [True, False, True]
    kept.put("d", [BitMap(range(6))])  # more than may be kept at all
    assert not any(map(kept.get, "abcd"))
