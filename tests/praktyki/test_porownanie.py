"""Comparison: two to four entries side by side, chosen by tick boxes that need no JavaScript."""

import re
from datetime import date

import pytest

from platforma.lib.publication import Status
from tests.builders import (
    make_glos,
    make_instrument,
    make_jst,
    make_liczba,
    make_praktyka,
    make_rozstrzygniecie,
    make_wdrozenie,
)
from tests.reading import count_queries, read

pytestmark = pytest.mark.django_db
ADDRESS = "/praktyki/porownaj/"


def address(*praktyki, extra=""):
    return f"{ADDRESS}?" + "&".join(f"p={getattr(row, 'slug', row)}" for row in praktyki) + extra


def rows(page):
    """Return `{label: [verdict, cell, cell …]}` of the table."""
    found = {}
    for row in re.findall(r"<tr[ >].*?</tr>", page.html, re.DOTALL)[1:]:
        cells = [
            " ".join(re.sub(r"<[^>]+>", " ", text).split())
            for text in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        label = re.search(r'<th scope="row">(.*?) <span class="verdict">(.*?)</span>', row, re.DOTALL)
        found[label[1]] = [label[2], *cells[1:]]
    return found


def test_practices_stand_side_by_side_in_the_order_asked_for(client):
    instrument = make_instrument(nazwa="Mikrogrant")
    jst = make_jst(nazwa="Łódź", ludnosc=645000, ludnosc_rok=2023)
    one = make_praktyka(tytul="Pierwsza", instrumenty=[instrument], jst=[jst], kwota_zl=5000, rok_od=2013)
    two = make_praktyka(tytul="Druga", instrumenty=[instrument], kwota_zl=7000, problem="Brak pieniędzy.")
    page = read(client, address(two, one))
    assert page.html.index(">Druga</a>") < page.html.index(">Pierwsza</a>")
    table = rows(page)
    assert table["Instrument"] == ["bez różnic", "Mikrogrant", "Mikrogrant"]
    assert table["Kwota"] == ["różni się", "7 000 zł", "5 000 zł"]
    assert table["Liczba mieszkańców"] == ["niepełne dane", "brak danych", "645 000 Łódź, 2023 r."]
    assert table["Problem"] == ["niepełne dane", "Brak pieniędzy.", "brak danych"]
    assert table["Kontakt"] == ["brak danych", "brak danych", "brak danych"]
    assert page.leads_to(one, two, instrument, jst)


def test_rows_without_differences_can_be_left_out(client):
    instrument = make_instrument()
    one, two = (make_praktyka(instrumenty=[instrument], rok_od=year) for year in (2013, 2014))
    page = read(client, address(one, two))
    assert address(one, two, extra="&roznice=1") in page.links
    short = read(client, address(one, two, extra="&roznice=1"))
    assert "Instrument" in rows(page)
    assert set(rows(short)) == {"Kiedy"}
    assert address(one, two) in short.links


def test_each_entry_can_be_taken_away(client):
    praktyki = [make_praktyka() for _ in range(3)]
    page = read(client, address(*praktyki))
    for row in praktyki:
        assert address(*(other for other in praktyki if other is not row)) in page.links


def test_the_address_repeats_itself_without_what_was_left_out(client):
    one, two = make_praktyka(), make_praktyka()
    html = read(client, address(two, one, two, "nie-ma", extra="&x=1")).html
    canonical = f"http://127.0.0.1:8000{address(two, one)}".replace("&", "&amp;")
    assert f'<link rel="canonical" href="{canonical}">' in html
    assert '<meta name="robots" content="noindex, follow">' in html


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_a_hidden_entry_is_named_and_left_out_exactly_like_an_unknown_one(client, status):
    one, two = make_praktyka(), make_praktyka()
    hidden = make_praktyka(status=status, slug="tajna-praktyka", tytul="Tajny tytuł")
    answer = client.get(address(one, hidden, two)).content.decode()
    assert "Tajny tytuł" not in answer
    assert "„tajna-praktyka”" in answer
    assert answer == client.get(address(one, "nieznana-praktyk", two)).content.decode().replace(
        "nieznana-praktyk", "tajna-praktyka"
    )


def test_none_one_and_five_are_answered_with_a_way_on(client):
    praktyki = [make_praktyka(tytul=f"Praktyka nr {n}") for n in range(1, 6)]
    none = read(client, ADDRESS)
    assert "Niczego jeszcze nie wybrano" in none.text
    assert "/praktyki/" in none.links
    one = read(client, address(praktyki[0], praktyki[0]))
    assert "potrzeba co najmniej dwóch" in one.text
    assert f"/praktyki/?p={praktyki[0].slug}" in one.links
    five = read(client, address(*praktyki))
    assert "najwyżej cztery" in five.text
    assert five.text.count("usuń wpis") == 4
    assert five.leads_to(praktyki[4])


def test_a_long_and_odd_address_is_shortened_and_answered(client):
    html = read(client, address("a" * 300, "%3Cscript%3E", *(f"x{n}" for n in range(500)))).html
    assert f"„{'a' * 40}…”" in html
    assert "<script>" not in html.partition("<main")[2]
    assert "x400" not in html


def test_the_number_of_queries_does_not_grow(client):
    praktyki = [make_praktyka(instrumenty=[make_instrument()], jst=[make_jst()]) for _ in range(4)]
    assert count_queries(client, address(*praktyki)) == count_queries(client, address(*praktyki[:2]))


def test_the_catalogue_offers_a_box_for_each_practice_and_keeps_what_is_ticked(client):
    ticked, other, elsewhere = make_praktyka(tytul="Zaznaczona"), make_praktyka(), "gdzie-indziej"
    page = read(client, f"/praktyki/?p={ticked.slug}&p={elsewhere}&p={elsewhere}&p=%22%3E")
    form = page.html.partition('<form class="compare" action="/praktyki/porownaj/" method="get"')[2]
    assert (
        f'name="p" value="{ticked.slug}" checked> Porównaj <span class="visually-hidden">– Zaznaczona<'
        in form
    )
    assert f'name="p" value="{other.slug}"> Porównaj' in form
    assert form.count(f'<input type="hidden" name="p" value="{elsewhere}">') == 1
    assert "Na innych stronach listy zaznaczono: 1." in page.text
    assert f"/praktyki/?sort=tytul&p={ticked.slug}" not in page.links
    assert any(link.endswith(f"p={ticked.slug}&p={elsewhere}&sort=tytul") for link in page.links)
    assert "noindex" in page.html


def test_instruments_are_compared_too(client):
    one = make_instrument(nazwa="Dotacja", zalety="jawna\nznana", stan_prawny=date(2024, 5, 6))
    two = make_instrument(nazwa="Mikrogrant", zalety="jawna", stan_prawny=date(2024, 1, 1))
    two.stan_prawny_dokladnosc = "rok"
    two.save()
    make_praktyka(instrumenty=[one])
    make_praktyka(instrumenty=[one], status=Status.DRAFT)
    one.parametry.create(
        klucz="limit", nazwa="Limit", wartosc=10000, obowiazuje_od=date(2020, 1, 1), zweryfikowano=None
    )
    page = read(client, f"/instrumenty/porownaj/?i={one.slug}&i={two.slug}&i=nie-ma")
    table = rows(page)
    assert table["Zalety"] == ["różni się", "jawna znana", "jawna"]
    assert table["Stan prawny"] == ["różni się", "6 maja 2024", "2024"]
    assert table["W katalogu"] == ["różni się", "1 praktyka", "0 praktyk"]
    assert table["Liczby z przepisów, dziś"][1:] == [
        "Limit: 10 000 zł czeka na potwierdzenie",
        "brak danych",
    ]
    assert "„nie-ma”" in page.text
    boxes = read(client, f"/instrumenty/?i={two.slug}").html
    assert f'name="i" value="{two.slug}" checked> Porównaj' in boxes


def test_a_practice_called_like_a_page_of_the_catalogue_gets_another_address(client):
    for tytul in ("Porównaj", "Mapa"):
        praktyka = make_praktyka(tytul=tytul, streszczenie="Praktyka o nazwie strony.")
        assert "Praktyka o nazwie strony." in read(client, praktyka).text


def test_the_evidence_of_practices_is_compared(client):
    one, two = make_praktyka(), make_praktyka()
    make_liczba(one, rodzaj="pula", wartosc=100_000, rok=2024, opis="III edycja")
    make_glos(one, strona="urzad")
    make_wdrozenie(two, jst=make_jst(nazwa="Zabrze"), status="planujemy")
    make_rozstrzygniecie(two, organ="rio", wynik="uwagi")
    table = rows(read(client, address(one, two)))
    assert table["Ile to kosztuje pracy"][1:] == [
        "pula na rok lub jeden nabór (2024): 100 000 zł III edycja, dokument",
        "brak danych",
    ]
    assert table["Czyj głos mamy"][1:] == ["urząd", "brak danych"]
    assert table["Kto wdrożył"][1:] == ["brak danych", "Zabrze: planuje niepotwierdzone"]
    assert table["Ślad nadzoru"] == [
        "niepełne dane",
        "brak danych",
        "regionalna izba obrachunkowa: uwagi lub zalecenia 2 kwietnia 2024",
    ]


def test_compared_practices_lead_to_their_note_and_instruments_to_none(client):
    rows_ = [make_praktyka() for _ in range(4)]
    for count in (2, 3, 4):
        page = read(client, address(*rows_[:count]))
        assert address(*rows_[:count]).replace("porownaj", "notatka") in page.links
        assert ("(wybierz najwyżej trzy)" in page.text) == (count == 4)
    one, two = make_instrument(), make_instrument()
    page = read(client, f"/instrumenty/porownaj/?i={one.slug}&i={two.slug}")
    assert "/praktyki/notatka/" not in page.html
