"""The law clock on the pages: banners that change at midnight, and what a change touches."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from platforma.lib import revision
from praktyki.models import TerminRoczny
from tests import builders
from tests.reading import count_queries, read

pytestmark = pytest.mark.django_db

WARSAW = ZoneInfo("Europe/Warsaw")
MEETING = datetime(2021, 9, 23, 10, tzinfo=WARSAW)
PUBLISHED = datetime(2021, 10, 1, tzinfo=WARSAW)
AHEAD = "od 1.01.2026 będzie 170 000 zł zamiast 130 000 zł."
NOW = "od 1.01.2026 wynosi 170 000 zł zamiast 130 000 zł."


def entries(instrument):
    """A practice and a meeting of 23 September 2021 with the statement that quotes the old threshold."""
    praktyka = builders.make_praktyka(
        instrumenty=[instrument], stan_prawny=MEETING.date(), published_at=PUBLISHED
    )
    spotkanie = builders.make_spotkanie(instrumenty=[instrument], poczatek=MEETING, published_at=PUBLISHED)
    wypowiedz = builders.make_wypowiedz(
        spotkanie, tresc="Wystarczą przepisy o zakupach do 130 tys. zł netto.", instrument=instrument
    )
    return praktyka, spotkanie, wypowiedz


@pytest.mark.parametrize(
    ("day", "said", "not_said"),
    [(date(2025, 12, 31), AHEAD, NOW), (date(2026, 1, 1), NOW, AHEAD)],
)
def test_the_same_page_has_two_banners_on_the_two_sides_of_midnight(
    client, on, instrument, day, said, not_said
):
    praktyka, spotkanie, _wypowiedz = entries(instrument)
    for hour, minute in ((0, 1), (23, 59)):
        on(day, hour, minute)
        for entry in (praktyka, spotkanie):
            text = read(client, entry).text
            assert "Opis według stanu z 23.09.2021" in text
            assert f"Próg zamówień : {said}" in text
            assert not_said not in text


def test_the_statement_carries_its_own_warning_to_other_pages(client, on, instrument):
    _praktyka, spotkanie, _wypowiedz = entries(instrument)
    builders.make_wypowiedz(spotkanie, tresc="Mikrozakup skupia się na efekcie.", instrument=instrument)
    on(date(2026, 1, 1))
    for page, count in ((instrument, 1), (spotkanie, 2)):  # the meeting as a whole and its statement
        assert read(client, page).text.count("Opis według stanu z 23.09.2021") == count


def test_the_history_tells_what_is_in_force_from_what_will_be(client, on, instrument):
    on(date(2025, 12, 31))
    text = read(client, instrument).text
    assert "170 000 zł dopiero od 1.01.2026" in text
    assert "130 000 zł dziś , od 1.01.2021" in text


def test_what_changed_nothing_or_is_of_an_unknown_day_has_no_banner(client, on, instrument):
    today = builders.make_praktyka(instrumenty=[instrument], stan_prawny=date(2026, 1, 1))
    unknown = builders.make_praktyka(instrumenty=[instrument])
    on(date(2027, 1, 1))
    for praktyka in (today, unknown):
        assert "Zmiany w prawie" not in read(client, praktyka).text


def test_an_unconfirmed_number_is_marked_in_the_banner(client, on, instrument):
    instrument.parametry.update(zweryfikowano=None)
    praktyka, *_rest = entries(instrument)
    on(date(2026, 1, 1))
    assert f"{NOW} czeka na potwierdzenie" in read(client, praktyka).text


def test_a_change_of_a_number_is_a_new_revision(instrument):
    termin = TerminRoczny(nazwa="Program", dzien=30, miesiac=11, podstawa="art. 5a")
    for row in (instrument.parametry.first(), instrument.kroki.create(tresc="Krok"), termin):
        before = revision.current()
        row.save()
        assert revision.current() > before


def test_the_desk_lists_what_a_change_touches(client, instrument):
    client.force_login(builders.make_user("redaktor"))
    praktyka, spotkanie, wypowiedz = entries(instrument)
    builders.make_praktyka(tytul="Nowszy opis", instrumenty=[instrument], stan_prawny=date(2026, 1, 1))
    builders.make_praktyka(tytul="Cytująca", status="draft", problem="Do {prog_pzp}.")
    builders.make_praktyka(tytul="Słowo bez klamer", status="draft", problem="Klucz prog_pzp.")
    parametr = instrument.parametry.get(wartosc=170_000)
    html = client.get(f"/admin/praktyki/parametrprawny/{parametr.pk}/change/").content.decode()
    for row in (
        praktyka,
        spotkanie,
        SimpleNamespace(tytul=wypowiedz.tresc),
        SimpleNamespace(tytul="Cytująca"),
    ):
        assert row.tytul in html
    assert "stan prawny 23.09.2021" in html
    assert "Nowszy opis" not in html
    assert "Słowo bez klamer" not in html
    assert client.get("/admin/praktyki/parametrprawny/add/").status_code == 200


def test_the_list_of_what_is_touched_costs_the_same_however_long(client, instrument):
    client.force_login(builders.make_user("redaktor"))
    page = f"/admin/praktyki/parametrprawny/{instrument.parametry.first().pk}/change/"
    counts = []
    for _ in range(2):
        _praktyka, spotkanie, _wypowiedz = entries(instrument)
        for _number in range(2):
            builders.make_wypowiedz(spotkanie, tresc="Do {prog_pzp}.")
            builders.make_instrument().kroki.create(tresc="Do {prog_pzp}.")
        counts.append(count_queries(client, page))
    assert counts[0] == counts[1]
