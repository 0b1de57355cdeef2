"""Synonyms and other names: recognised in any form, added to what was typed."""

import pytest
from django.core.exceptions import ValidationError

from platforma.lib import revision
from platforma.lib.search import synonyms
from platforma.lib.search.models import Synonim
from platforma.lib.search.query import parse
from platforma.lib.search.search import Search
from tests import builders

pytestmark = pytest.mark.django_db


def found(text):
    return set(Search(text).ids("praktyka"))


def expanded(text):
    return synonyms.at(None).expand(parse(text))


@pytest.mark.parametrize("typed", ["NGO", "ngo", "organizacje pozarządowe", "organizacji pozarzadowych"])
def test_an_abbreviation_and_the_full_name_find_each_other(typed):
    Synonim.objects.create(fraza="NGO", zamienniki="organizacja pozarządowa")
    short = builders.make_praktyka(tytul="Doradztwo dla NGO")
    long = builders.make_praktyka(tytul="Wsparcie organizacji pozarządowych")
    builders.make_praktyka(tytul="Organizacja zajęć")
    assert found(typed) == {short.pk, long.pk}


def test_a_synonym_of_several_words_must_stand_together():
    Synonim.objects.create(fraza="KGW", zamienniki="koło gospodyń wiejskich")
    together = builders.make_praktyka(tytul="Dotacje dla kół gospodyń wiejskich")
    builders.make_praktyka(tytul="Gospodynie z okolic wiejskich i ich koło")
    assert found("KGW") == {together.pk}


def test_one_way_synonyms_do_not_lead_back():
    Synonim.objects.create(fraza="19a", zamienniki="tryb małych zleceń", w_obie_strony=False)
    by_name = builders.make_praktyka(tytul="Tryb małych zleceń w gminie")
    by_article = builders.make_praktyka(tytul="Nabór z art. 19a")
    assert found("19a") == {by_name.pk, by_article.pk}
    assert found("tryb małych zleceń") == {by_name.pk}


def test_words_in_quotes_and_words_to_leave_out_have_no_synonyms():
    Synonim.objects.create(fraza="NGO", zamienniki="organizacja pozarządowa")
    short = builders.make_praktyka(tytul="Doradztwo dla NGO")
    long = builders.make_praktyka(tytul="Wsparcie organizacji pozarządowych")
    assert found('"NGO"') == {short.pk}
    assert found("-NGO") == {long.pk}


def test_the_longest_known_phrase_counts():
    Synonim.objects.create(fraza="grant", zamienniki="dotacja", w_obie_strony=False)
    Synonim.objects.create(fraza="mały grant", zamienniki="tryb małych zleceń", w_obie_strony=False)
    groups = expanded("małe granty miasta")
    assert [[str(clause) for clause in way] for group in groups for way in group.all_ways] == [
        ["małe", "granty"],
        ['"tryb małych zleceń"'],
        ["miasta"],
    ]


def test_another_name_of_an_instrument_finds_its_practices_after_the_words_themselves():
    instrument = builders.make_instrument(nazwa="Tryb małych zleceń")
    instrument.aliasy.create(nazwa="mały grant")
    carrying = builders.make_praktyka(tytul="Uproszczone oferty", instrumenty=[instrument])
    saying = builders.make_praktyka(tytul="Nowości", problem="Małe granty są zbyt rzadkie.")
    titled = builders.make_praktyka(tytul="Małe granty w gminie")
    tiers = [set(tier) for tier in Search("małych grantów").tiers("praktyka") if tier]
    assert tiers == [{titled.pk}, {carrying.pk}, {saying.pk}]


def test_a_name_that_is_only_confused_leads_nowhere():
    instrument = builders.make_instrument(nazwa="Mikrozakup")
    instrument.aliasy.create(nazwa="mikrogrant", mylona=True)
    builders.make_praktyka(tytul="Zakup usług", instrumenty=[instrument])
    assert found("mikrogrant") == set()


@pytest.mark.parametrize("fraza", ["twój budżet", "„nasze podwórko”", "kto może dostać"])
def test_a_phrase_with_words_that_no_query_needs_is_refused_and_widens_nothing(fraza):
    synonim = Synonim.objects.create(fraza=fraza, zamienniki="senior", w_obie_strony=False)
    with pytest.raises(ValidationError, match="Wpisz frazę bez nich"):
        synonim.full_clean()
    praktyka = builders.make_praktyka(tytul="Senior")
    for word in ("budżet", "podwórko", "dostać"):
        assert praktyka.pk not in Search(word).ids("praktyka")


def test_what_was_typed_comes_before_its_synonym():
    Synonim.objects.create(fraza="mikrogrant", zamienniki="mikrodotacja")
    other = builders.make_praktyka(tytul="Mikrodotacje w Tczewie")
    same = builders.make_praktyka(tytul="Mikrogranty w Łodzi")
    assert [set(tier) for tier in Search("mikrogranty").tiers("praktyka") if tier] == [{same.pk}, {other.pk}]


def test_an_editors_change_counts_at_once():
    praktyka = builders.make_praktyka(tytul="Dotacje dla kół gospodyń")
    number = revision.current()
    assert not Search("KGW", number=number).ids("praktyka")
    synonim = Synonim.objects.create(fraza="KGW", zamienniki="koło gospodyń")
    assert revision.current() > number
    assert set(Search("KGW", number=revision.current()).ids("praktyka")) == {praktyka.pk}
    Synonim.objects.filter(pk=synonim.pk).delete()
    assert not Search("KGW", number=revision.current()).ids("praktyka")


def test_synonyms_cost_no_query_while_nothing_changes(django_assert_num_queries):
    Synonim.objects.create(fraza="KGW", zamienniki="koło gospodyń")
    builders.make_praktyka(tytul="Dotacje dla kół gospodyń (KGW)")
    number = revision.current()
    Search("koło gospodyń", number=number).tiers("praktyka")
    with django_assert_num_queries(3):  # the words, the rows, and whether the content is still that
        Search("dotacje koło gospodyń", number=number).tiers("praktyka")
