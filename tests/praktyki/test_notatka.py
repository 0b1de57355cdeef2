"""The note for the treasurer: what it says, how it is cut, and whom it leaves out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from platforma.lib.polish import cut
from platforma.lib.publication import Status
from praktyki.notatka import LIMITS, make_note
from tests import builders
from tests.reading import count_queries, read

pytestmark = pytest.mark.django_db


def address(*slugs):
    return "/praktyki/notatka/?" + "&".join(f"p={slug}" for slug in slugs)


def words(length):
    """A text of `length` characters, of words of different lengths."""
    return ("Gmina ogłosiła nabór i podpisała umowy z organizacjami pozarządowymi. " * length)[:length]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 10, ""),
        ("Krótko.", 7, "Krótko."),
        ("Sąsiedzi sadzą ogród.", 21, "Sąsiedzi sadzą ogród."),
        ("Sąsiedzi sadzą ogród.", 20, "Sąsiedzi sadzą…"),
        ("Sąsiedzi sadzą, ogród", 16, "Sąsiedzi sadzą…"),
        ("Sąsiedzi sadzą ogród", 15, "Sąsiedzi sadzą…"),
        ("Sąsiedzi sadzą ogród", 14, "Sąsiedzi…"),
        ("Konstantynopolitańczykowianeczka", 10, "Konstanty…"),
        ("dwa \n\n  wiersze", 30, "dwa wiersze"),
        ("Pula wynosi 300 000 zł rocznie", 17, "Pula wynosi…"),
        ("Pula wynosi 300\u00a0000\u00a0zł rocznie", 17, "Pula wynosi…"),
        ("Pula wynosi 300\u00a0000\u00a0zł rocznie", 24, "Pula wynosi 300\u00a0000\u00a0zł…"),
        ("Pula od 2019–2021, 300 tys. zł", 24, "Pula od…"),
        ("100 000 zł", 5, "100…"),
    ],
)
def test_a_text_is_cut_between_words(text, limit, expected):
    assert cut(text, limit) == expected
    assert len(cut(text, limit)) <= limit


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_text_keeps_to_the_limit_of_so_many_practices(count):
    full = {name: words(3000) for name in ("streszczenie", "rozwiazanie", "trudnosci", "podstawa_prawna")}
    rows = [builders.make_praktyka(kontakt=words(900), kwota_opis=words(300), **full) for _ in range(count)]
    note = make_note([row.slug for row in rows])
    for part in note.parts:
        assert part.is_cut
        lengths = {name: len(text) for name, text in part.texts.items()}
        assert all(lengths[name] <= LIMITS[count][name] for name in lengths)
        assert all(
            lengths[name] > LIMITS[count][name] - 20 for name in ("co", "ryzyka", "podstawa", "kontakt")
        )


def test_more_practices_leave_less_room_for_each():
    for name in LIMITS[1]:
        assert LIMITS[1][name] >= LIMITS[2][name] >= LIMITS[3][name]


def test_the_note_says_all_that_a_treasurer_asks(client):
    instrument = builders.make_instrument(nazwa="Mikrozakup", slug="mikrozakup")
    for value, start, end in (
        (130_000, date(2021, 1, 1), date(2025, 12, 31)),
        (170_000, date(2026, 1, 1), None),
    ):
        instrument.parametry.create(
            klucz="prog", nazwa="Próg", wartosc=value, obowiazuje_od=start, obowiazuje_do=end
        )
    instrument.kroki.create(tresc="ogłoszenie", dni_min=21, dni_podstawa="art. 13")
    praktyka = builders.make_praktyka(
        tytul="Mikrozakupy w Łodzi",
        rozwiazanie="Miasto kupuje usługi do {prog} netto, dawniej do {nie_ma}.",
        trudnosci="Dzielenie zamówień.",
        podstawa_prawna="art. 2 ust. 1 Pzp",
        stan_prawny=date(2021, 9, 23),
        kwota_zl=281_500,
        kontakt="Wydział, tel. 32 000 00 00",
        instrumenty=[instrument],
    )
    page = read(client, address(praktyka.slug))
    for said in (
        "Jedno zdanie o praktyce. Miasto kupuje usługi do 170 000 zł (czeka na potwierdzenie) netto, "
        "dawniej do brak danych.",
        "Ryzyka Dzielenie zamówień.",
        "Podstawa prawna art. 2 ust. 1 Pzp",
        "Stan prawny opis na 23.09.2021. Zmiana od 1.01.2026: Próg – 170 000 zł (czeka na potwierdzenie)",
        "Koszt 281 500 zł",
        "co najmniej 21 dni: ogłoszenie",
        "Kontakt Wydział, tel. 32 000 00 00",
        f"Całość i źródła: http://127.0.0.1:8000{praktyka.get_absolute_url()}",
        f"wersja z {timezone.localdate():%d.%m.%Y}".replace(" 0", " "),
        "/instrumenty/mikrozakup/kalendarz/",
    ):
        assert said in page.text
    assert "są skrócone" not in page.text
    assert page.leads_to(praktyka)
    assert address(praktyka.slug) in read(client, praktyka).links


def test_where_a_practice_is_silent_its_instrument_speaks_and_then_nobody(client):
    instrument = builders.make_instrument(
        nazwa="Dotacja",
        ograniczenia="wolno\ndrogo",
        stan_prawny=date(2021, 1, 1),
        stan_prawny_dokladnosc="szacunek",
    )
    instrument.podstawy_prawne.create(akt="ustawa o pożytku", artykul="art. 11")
    text = read(client, address(builders.make_praktyka(instrumenty=[instrument]).slug)).text
    assert "Ryzyka Dotacja (z opisu instrumentu): wolno; drogo." in text
    assert "Podstawa prawna Dotacja (z opisu instrumentu): art. 11, ustawa o pożytku." in text
    assert "Stan prawny Dotacja: ok. 2021" in text
    text = read(client, address(builders.make_praktyka().slug)).text
    for label in ("Ryzyka", "Podstawa prawna", "Stan prawny", "Koszt", "Ile to kosztuje pracy", "Kalendarz"):
        assert f"{label} brak danych" in text


def test_the_latest_numbers_of_effort_stand_under_the_cost(client):
    praktyka = builders.make_praktyka()
    builders.make_liczba(praktyka, rodzaj="pula", wartosc=50_000, rok=2019)
    builders.make_liczba(praktyka, rodzaj="pula", wartosc=281_500, rok=2024)
    builders.make_liczba(
        praktyka, rodzaj="etaty", wartosc="1.5", opis="bez kierownika", zrodlo_liczby="deklaracja"
    )
    text = read(client, address(praktyka.slug)).text
    assert "Ile to kosztuje pracy pula na rok lub jeden nabór (2024): 281 500 zł – dokument; etaty" in text
    assert "etaty do obsługi: 1,5, bez kierownika – deklaracja" in text


def test_a_struck_down_resolution_is_warned_of_on_the_sheet_and_in_the_choice(client):
    struck, sound, quashed = (builders.make_praktyka() for _ in range(3))
    builders.make_rozstrzygniecie(struck, organ="rio", data=date(2024, 4, 2))
    builders.make_rozstrzygniecie(sound, wynik="bez-uwag")
    builders.make_rozstrzygniecie(quashed, obowiazuje=False)
    page = read(client, address(struck.slug, sound.slug, quashed.slug))
    said = "podstawa prawna podważona: stwierdzono nieważność (regionalna izba obrachunkowa, 2.04.2024)"
    assert page.text.count("podważona") == 1
    assert f"Uwaga: {said}" in page.text
    chosen = read(client, address(struck.slug, *(builders.make_praktyka().slug for _ in range(3))))
    assert f"{struck} uwaga: podstawa prawna podważona" in chosen.text


def test_unknown_and_unpublished_practices_are_left_out_alike(client):
    shown = builders.make_praktyka()
    hidden = builders.make_praktyka(slug="ukryta", tytul="kanarek", status=Status.DRAFT)
    pages = {}
    for slug in (hidden.slug, "nieznana"):
        page = read(client, address(shown.slug, slug))
        assert "kanarek" not in page.html
        assert f"Pominęliśmy to, czego nie ma wśród opublikowanych praktyk: „{slug}”" in page.text
        pages[slug] = page.html.replace(slug, "x")
    assert pages["ukryta"] == pages["nieznana"]


@pytest.mark.parametrize("state", ["archived", "scheduled"])
def test_what_lists_do_not_show_is_not_in_the_note(client, state):
    tomorrow = timezone.now() + timedelta(days=1)
    states = {"archived": {"status": Status.ARCHIVED}, "scheduled": {"published_at": tomorrow}}
    praktyka = builders.make_praktyka(tytul="kanarek", slug="wpis", **states[state])
    page = read(client, address(praktyka.slug))
    assert "kanarek" not in page.html
    assert "Nie wybrano żadnej praktyki" in page.text
    if state == "archived":  # its own page, still there, does not lead to a sheet without it
        assert "/praktyki/notatka/" not in client.get(praktyka.get_absolute_url()).content.decode()


def test_nothing_chosen_and_too_many_are_designed_pages(client):
    assert "Nie wybrano żadnej praktyki" in read(client, "/praktyki/notatka/").text
    rows = [builders.make_praktyka() for _ in range(4)]
    page = read(client, address(*(row.slug for row in rows)))
    assert "Wybierz najwyżej trzy praktyki" in page.text
    assert page.html.count('type="checkbox"') == 4
    assert page.html.count(" checked") == 3
    assert 'data-count="3"' in read(client, address(*(row.slug for row in rows[:3]))).html


def test_the_order_is_the_readers_and_a_repeated_practice_counts_once(client):
    one, two = builders.make_praktyka(), builders.make_praktyka()
    note = make_note([two.slug, one.slug, two.slug, "", f" {one.slug} "])
    assert [part.praktyka for part in note.parts] == [two, one]


@pytest.mark.parametrize(
    "query", ["p=", "p=%F0%9F%98%80", "p=" + "a" * 3000, "&".join(f"p=x{n}" for n in range(500))]
)
def test_whatever_is_asked_for_is_answered(client, query):
    page = read(client, f"/praktyki/notatka/?{query}")
    assert "Nie wybrano żadnej praktyki" in page.text
    assert len(page.html) < 20_000
    assert client.get("/praktyki/notatka/?p=%00").status_code == 400


def test_three_practices_cost_no_more_queries_than_one(client):
    def grown():
        instrument = builders.make_instrument()
        instrument.kroki.create(tresc="Krok", dni_max=7, dni_podstawa="art. 1")
        instrument.podstawy_prawne.create(akt="ustawa")
        return builders.make_praktyka(instrumenty=[instrument], jst=[builders.make_jst()], problem="{x}").slug

    slugs = [grown() for _ in range(3)]
    assert count_queries(client, address(*slugs)) == count_queries(client, address(slugs[0]))
