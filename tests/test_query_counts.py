"""No page asks the database more when it has more rows to show."""

from datetime import date

import pytest

from tests.builders import (
    make_cykl,
    make_glos,
    make_instrument,
    make_jst,
    make_liczba,
    make_material,
    make_organizacja,
    make_praktyka,
    make_prelegent,
    make_rozstrzygniecie,
    make_spotkanie,
    make_temat,
    make_wdrozenie,
    make_wojewodztwo,
    make_wypowiedz,
    make_wystapienie,
)
from tests.reading import count_queries

LISTS = (
    "/",
    "/praktyki/",
    "/instrumenty/",
    "/instrumenty/kreator/",
    "/jst/",
    "/spotkania/",
    "/spotkania/prelegenci/",
    "/materialy/",
    "/mapa-strony/",
    "/spotkania/kalendarz/",
    "/praktyki/mapa/",
    "/moja-gmina/",
)


@pytest.fixture
def rows():
    """One row for each kind of page about a single thing."""
    return {
        "praktyka": make_praktyka(),
        "instrument": make_instrument(),
        "jst": make_jst(),
        "organizacja": make_organizacja(),
        "spotkanie": make_spotkanie(),
        "cykl": make_cykl(),
        "prelegent": make_prelegent(),
    }


def grow(praktyka, instrument, jst, organizacja, spotkanie, cykl, prelegent):
    """Add one row of everything the pages of these rows, and the lists, show."""
    other_practice = make_praktyka(
        instrumenty=[instrument],
        jst=[jst, make_jst(wojewodztwo=make_wojewodztwo())],
        organizacje=[organizacja],
        tematy=[make_temat()],
    )
    other_meeting = make_spotkanie(cykl=cykl, instrumenty=[instrument], organizatorzy=[organizacja])
    praktyka.instrumenty.add(make_instrument())
    praktyka.jst.add(make_jst(wojewodztwo=make_wojewodztwo()))
    praktyka.zrodla.create(tytul="Uchwała")
    for practice in (praktyka, other_practice):
        make_glos(practice)
        make_liczba(practice, rok=2000 + practice.liczby_wysilku.count())
        make_wdrozenie(practice)
        make_rozstrzygniecie(practice)
    make_wdrozenie(make_praktyka(), jst=jst)
    spotkanie.praktyki.add(praktyka, other_practice)
    spotkanie.instrumenty.add(make_instrument())
    spotkanie.organizatorzy.add(make_organizacja())
    instrument.kroki.create(tresc="Krok")
    instrument.podstawy_prawne.create(akt="Ustawa")
    instrument.parametry.create(
        klucz=f"klucz-{other_practice.pk}", nazwa="Limit", wartosc=1, obowiazuje_od=date(2020, 1, 1)
    )
    praktyka.instrumenty.first().parametry.create(
        klucz=f"inny-{other_practice.pk}", nazwa="Limit", wartosc=1, obowiazuje_od=date(2020, 1, 1)
    )
    for meeting in (spotkanie, other_meeting):
        point = make_wystapienie(meeting, [(prelegent, "", organizacja), (make_prelegent(), "", None)])
        make_wypowiedz(meeting, prelegent=prelegent, praktyka=praktyka, instrument=instrument)
        question = make_wypowiedz(meeting, typ="pytanie", prelegent=prelegent)
        make_wypowiedz(meeting, typ="pytanie", prelegent=make_prelegent())
        make_wypowiedz(spotkanie, typ="odpowiedz", prelegent=make_prelegent(), odpowiedz_na=question)
        make_material(
            spotkanie=meeting, wystapienie=point, praktyka=praktyka, instrument=instrument, content=b"x"
        )
        make_material(rodzaj="wzor", praktyka=other_practice, content=b"x")


@pytest.mark.django_db
def test_three_rows_cost_what_one_does(client, rows):
    grow(**rows)
    one = {target: count_queries(client, target) for target in (*LISTS, *rows.values())}
    grow(**rows)
    grow(**rows)
    assert {target: count_queries(client, target) for target in one} == one


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/praktyki/", "/spotkania/"])
@pytest.mark.parametrize("query", ["", "?q=piknik+rowery", "?q=piknik&instrument=mikrogrant&sort=tytul"])
def test_a_list_with_all_its_counts_asks_at_most_eight_times(client, address, query):
    instrument = make_instrument(slug="mikrogrant")
    make_praktyka(tytul="Piknik i rowery", instrumenty=[instrument], jst=[make_jst()])
    make_spotkanie(tytul="Piknik i rowery", instrumenty=[instrument])
    assert count_queries(client, address + query) <= 8
