"""The catalogue of practices as an object: what an address finds, counts, says and links to."""

import pytest
from django.http import QueryDict

from platforma.lib.catalogue import Catalogue
from praktyki.kinds import PRAKTYKA
from praktyki.models import Jst
from tests.builders import (
    make_instrument,
    make_jst,
    make_odbiorca,
    make_organizacja,
    make_praktyka,
    make_temat,
    make_wojewodztwo,
)

pytestmark = pytest.mark.django_db


def catalogue(query=""):
    return Catalogue(PRAKTYKA, QueryDict(query), "/praktyki/")


def titles(query=""):
    return {praktyka.tytul for praktyka in catalogue(query).rows}


def counts(query, name):
    facet = next(facet for facet in catalogue(query).facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


@pytest.fixture
def world():
    """Three instruments, two voivodeships, five practices that differ in every facet."""
    mikrogrant, regranting = make_instrument(nazwa="Mikrogrant"), make_instrument(nazwa="Regranting")
    make_instrument(nazwa="Poręczenie")
    slaskie, lodzkie = make_wojewodztwo(nazwa="śląskie"), make_wojewodztwo(nazwa="łódzkie")
    lodz = make_jst(nazwa="Łódź", wojewodztwo=lodzkie, typ=Jst.Typ.MIASTO_NA_PRAWACH_POWIATU)
    bytom = make_jst(nazwa="Bytom", wojewodztwo=slaskie, typ=Jst.Typ.MIASTO_NA_PRAWACH_POWIATU)
    kultura, seniorzy = make_temat(nazwa="Kultura"), make_odbiorca(nazwa="Seniorzy")
    make_praktyka(
        tytul="A", instrumenty=[mikrogrant], jst=[lodz], tematy=[kultura], rok_od=2013, kwota_zl=1_400
    )
    make_praktyka(tytul="B", instrumenty=[mikrogrant, regranting], jst=[bytom], rok_od=2018, rok_do=2019)
    make_praktyka(
        tytul="C", instrumenty=[regranting], jst=[lodz, bytom], odbiorcy=[seniorzy], kwota_zl=5_000_000
    )
    make_praktyka(tytul="D", instrumenty=[regranting], wojewodztwa=[slaskie], rok_do=2010, tagi=["wieś"])
    make_praktyka(tytul="E", instrumenty=[mikrogrant], rok_od=2021, rok_do=2021, kwota_zl="10000.50")


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(world):
    assert titles("instrument=mikrogrant") == {"A", "B", "E"}
    assert titles("instrument=mikrogrant&instrument=regranting") == {"A", "B", "C", "D", "E"}
    assert titles("instrument=mikrogrant&instrument=regranting&wojewodztwo=slaskie") == {"B", "C", "D"}


def test_a_count_ignores_the_choices_of_its_own_facet_and_keeps_the_others(world):
    query = "instrument=mikrogrant&wojewodztwo=slaskie"
    assert counts(query, "instrument") == {"mikrogrant": 1, "regranting": 3, "poreczenie": 0}
    assert counts(query, "wojewodztwo") == {"slaskie": 1, "lodzkie": 1, "brak": 1}


def test_every_count_is_what_choosing_that_value_gives(world):
    base = "instrument=regranting&wojewodztwo=slaskie"
    for facet in catalogue(base).facets:
        others = "&".join(pair for pair in base.split("&") if not pair.startswith(f"{facet.name}="))
        for option in facet.options:
            assert catalogue(f"{others}&{facet.name}={option.value}").total == option.count, option


def test_missing_data_is_a_value(world):
    assert titles("jst=brak") == {"D", "E"}
    assert titles("wojewodztwo=brak") == {"E"}
    assert titles("temat=brak&odbiorcy=brak") == {"B", "D", "E"}
    assert titles("jst=brak&jst=lodz") == {"A", "C", "D", "E"}


def test_a_practice_of_two_units_is_found_once(world):
    assert [
        row.tytul for row in catalogue("wojewodztwo=slaskie&wojewodztwo=lodzkie&instrument=regranting").rows
    ].count("C") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rok_od=2014", {"A", "B", "E"}),  # A still runs
        ("rok_do=2013", {"A", "D"}),
        ("rok_od=2019&rok_do=2020", {"A", "B"}),
        ("rok=brak", {"C"}),
        ("rok_od=2020&rok=brak", {"A", "C", "E"}),
        ("kwota_od=10000,50", {"C", "E"}),
        ("kwota_do=10 000", {"A"}),
        ("kwota_od=10000.51&kwota=brak", {"B", "C", "D"}),
    ],
)
def test_ranges(world, query, expected):
    assert titles(query) == expected


@pytest.mark.parametrize("query", ["lodz", "łódź", "Łodzi", "LÓDZ", "łódzkie"])
def test_words_are_found_whatever_their_diacritics_case_and_common_endings(world, query):
    assert titles(f"q={query}") == {"A", "C"}


def test_words_reach_the_text_the_organisation_and_the_tag():
    make_praktyka(tytul="Spółdzielnia", organizacje=[make_organizacja(nazwa="Fundacja Żółw")])
    make_praktyka(tytul="Inna", tagi=["żłobek"])
    assert titles("q=SPÓŁDZ") == {"Spółdzielnia"}
    assert titles("q=zolw") == {"Spółdzielnia"}
    assert titles("q=zlobek") == {"Inna"}
    assert titles("q=spółdzielnia+żłobek") == set()


def test_a_word_in_the_title_comes_before_one_in_the_text():
    make_praktyka(tytul="Aaa", streszczenie="O grantach.")
    make_praktyka(tytul="Grant dla sąsiadów")
    assert [row.tytul for row in catalogue("q=grant").rows] == ["Grant dla sąsiadów", "Aaa"]


def test_sorting_is_polish_and_unknown_years_come_last(world):
    make_praktyka(tytul="Ćma", rok_od=None)
    assert [row.tytul for row in catalogue("sort=tytul").rows] == ["A", "B", "C", "Ćma", "D", "E"]
    assert [row.tytul for row in catalogue("sort=rok").rows][:3] == ["E", "B", "A"]


def test_chips_take_one_choice_away_and_the_heading_says_all(world):
    katalog = catalogue("instrument=mikrogrant&wojewodztwo=lodzkie&q=lodz&kwota_do=2000")
    assert katalog.title == "Praktyki: „lodz”, Mikrogrant, łódzkie, do 2000 zł"
    assert [chip.key for chip in katalog.chips] == [
        "q",
        "instrument:mikrogrant",
        "wojewodztwo:lodzkie",
        "kwota",
    ]
    assert katalog.chips[1].url == "/praktyki/?q=lodz&wojewodztwo=lodzkie&kwota_do=2000"


def test_a_value_that_would_give_nothing_stays_visible_without_a_link(world):
    options = {option.value: option for option in catalogue().facets[0].options}
    assert options["poreczenie"].count == 0
    assert options["poreczenie"].url is None


def test_an_empty_result_names_the_filters_whose_removal_helps_best_first(world):
    katalog = catalogue("instrument=poreczenie&wojewodztwo=lodzkie")
    assert katalog.total == 0
    assert [(relaxation.label, relaxation.count) for relaxation in katalog.relax] == [("Poręczenie", 2)]


def test_what_is_not_understood_is_left_out_and_named(world):
    katalog = catalogue(
        "instrument=mikrogrant&instrument=nie-ma&rok_od=abc&foo=1&sort=x&strona=y&kwota_od=9&kwota_do=1"
    )
    assert katalog.total == 3
    assert len(katalog.notes) == 6
    assert "„nie-ma”" in katalog.notes[1]


def test_the_canonical_address_is_one_for_equal_selections(world):
    first = catalogue("wojewodztwo=slaskie&instrument=regranting&instrument=mikrogrant&foo=1&sort=najnowsze")
    second = catalogue("instrument=mikrogrant&instrument=regranting&wojewodztwo=slaskie&strona=1")
    assert first.canonical == second.canonical
    assert first.canonical == "/praktyki/?instrument=mikrogrant&instrument=regranting&wojewodztwo=slaskie"


def test_pages_hold_twenty_and_a_page_past_the_end_knows_the_way_back():
    for _ in range(41):
        make_praktyka()
    assert [len(catalogue(f"strona={page}").rows) for page in (1, 2, 3)] == [20, 20, 1]
    past = catalogue("strona=4")
    assert past.past_end
    assert past.last_url == "/praktyki/?strona=3"
    assert (catalogue("strona=2").first, catalogue("strona=3").last) == (21, 41)


def test_a_word_is_looked_for_from_its_beginning(world):
    make_praktyka(tytul="Dla młodzieży")
    assert titles("q=lodz") == {"A", "C"}


def test_what_is_only_confused_with_an_instrument_does_not_lead_to_it():
    instrument = make_instrument(nazwa="Tryb małych zleceń")
    instrument.aliasy.create(nazwa="mały grant")
    instrument.aliasy.create(nazwa="mikrogrant", mylona=True)
    make_praktyka(tytul="Zlecenie", instrumenty=[instrument])
    assert titles("q=mały grant") == {"Zlecenie"}
    assert titles("q=mikrogrant") == set()


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("temat=brak&kwota=brak", "Praktyki: temat: brak danych, kwota: brak danych"),
        ("kwota_od=1e6&kwota_do=2000000,50", "Praktyki: od 1\u00a0000\u00a0000 do 2\u00a0000\u00a0000,5 zł"),
        ("rok_od=2019", "Praktyki: od 2019 r."),
    ],
)
def test_the_heading_says_of_what_data_is_missing_and_writes_numbers_the_polish_way(world, query, heading):
    assert catalogue(query).title == heading


def test_what_needs_no_page_reads_no_rows_and_finds_the_same(world, django_assert_max_num_queries):
    whole = catalogue()
    with django_assert_max_num_queries(2):  # the revision, before and after
        unread = Catalogue(PRAKTYKA, QueryDict(""), "/praktyki/", paged=False)
    assert unread.rows == []
    assert unread.keys() == whole.keys()
    assert unread.total == whole.total
