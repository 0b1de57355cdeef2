"""What the pages of meetings, speakers and materials say, and where they lead."""

from datetime import date, datetime, time, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from platforma.lib.publication import Status
from spotkania.models import Material, Spotkanie
from tests.builders import (
    make_cykl,
    make_instrument,
    make_material,
    make_organizacja,
    make_praktyka,
    make_prelegent,
    make_spotkanie,
    make_wypowiedz,
    make_wystapienie,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

POLAND = ZoneInfo("Europe/Warsaw")


def day(*args):
    return datetime(*args, tzinfo=POLAND)


def test_a_speaker_has_the_role_of_each_meeting(client):
    prelegent = make_prelegent()
    first, second = make_spotkanie(tytul="Warsztat"), make_spotkanie(tytul="Forum")
    make_wystapienie(first, [(prelegent, "prowadząca", make_organizacja(nazwa="Stocznia"))])
    make_wystapienie(second, [(prelegent, "gościni", make_organizacja(nazwa="OPUS"))])
    assert "prowadząca – Stocznia" in read(client, first).text
    assert "gościni – OPUS" in read(client, second).text
    text = read(client, prelegent).text
    assert "Rola prowadząca Organizacja Stocznia" in text
    assert "Rola gościni Organizacja OPUS" in text


def test_a_note_needs_consent(client):
    prelegent = make_prelegent(notka="Ekspertka od regrantingu.")
    make_wystapienie(make_spotkanie(), [(prelegent, "", None)])
    assert "Ekspertka od regrantingu" not in read(client, prelegent).html
    prelegent.zgoda = date(2026, 1, 1)
    prelegent.save()
    assert "Ekspertka od regrantingu" in read(client, prelegent).text


def test_statements_are_grouped_anchored_and_signed(client):
    instrument, praktyka, prelegent = make_instrument(nazwa="Regranting"), make_praktyka(), make_prelegent()
    spotkanie = make_spotkanie()
    pytanie = make_wypowiedz(spotkanie, typ="pytanie", tresc="Ile to trwa?", prelegent=prelegent, minuta=0)
    wniosek = make_wypowiedz(spotkanie, tresc="Warto zacząć.", instrument=instrument, praktyka=praktyka)
    page = read(client, spotkanie)
    assert page.text.index("Wnioski") < page.text.index("Pytania") < page.text.index("Program")
    assert "Odpowiedzi" not in page.text
    for wypowiedz in (pytanie, wniosek):
        assert f'id="w-{wypowiedz.pk}"' in page.html
        assert page.leads_to(wypowiedz)
    assert page.leads_to(instrument, praktyka, prelegent)
    assert "0. minuta nagrania" in page.text
    assert read(client, prelegent).leads_to(pytanie)
    assert read(client, praktyka).leads_to(wniosek)


def test_the_programme_says_hours_and_admits_what_it_does_not_know(client):
    spotkanie = make_spotkanie()
    make_wystapienie(spotkanie, tytul="Otwarcie", od=time(9), do=time(9, 30), online=True, position=1)
    make_wystapienie(spotkanie, tytul="", position=2)
    text = read(client, spotkanie).text
    assert "09:00–09:30 Otwarcie online prelegent: brak danych temat: brak danych" in text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"poczatek": day(2021, 9, 23), "bez_godziny": True}, "23 września 2021"),
        (
            {"poczatek": day(2014, 10, 6), "koniec": day(2014, 10, 7), "bez_godziny": True},
            "6–7 października 2014",
        ),
        ({"poczatek": day(2030, 5, 12, 9, 30)}, "12 maja 2030, godz. 09:30"),
        (
            {"poczatek": day(2030, 5, 12, 9, 30), "koniec": day(2030, 5, 12, 14)},
            "12 maja 2030, godz. 09:30–14:00",
        ),
        ({"rok": 2024, "data_opis": "maj 2024 r., dzień nieznany"}, "maj 2024 r., dzień nieznany"),
        ({}, "data nieznana"),
    ],
)
def test_the_date_is_said_as_exactly_as_it_is_known(client, fields, expected):
    spotkanie = make_spotkanie(**fields)
    hour = " godzina: brak danych" if spotkanie.bez_godziny else ""
    file = " Do kalendarza (.ics)" if spotkanie.poczatek else ""
    assert f"Kiedy {expected}{hour}{file} Gdzie" in read(client, spotkanie).text
    assert f"Kiedy {expected} Gdzie" in read(client, "/spotkania/").text


def test_a_day_without_an_hour_is_machine_readable_as_a_day(client):
    spotkanie = make_spotkanie(poczatek=day(2021, 9, 23), bez_godziny=True)
    assert '<time datetime="2021-09-23">23 września 2021</time>' in read(client, spotkanie).html


def test_upcoming_and_past_meetings_are_told_apart(client):
    soon, ago = timezone.now() + timedelta(days=3), timezone.now() - timedelta(days=3)
    upcoming = make_spotkanie(poczatek=soon, link_online="https://wideo.pl/x", forma=Spotkanie.Forma.ONLINE)
    past = make_spotkanie(poczatek=ago, link_online="https://wideo.pl/y")
    undated = make_spotkanie()
    page = read(client, upcoming)
    assert "Warsztat, online nadchodzące" in page.text
    assert "Podsumowanie pojawi się po spotkaniu." in page.text
    assert "https://wideo.pl/x" in page.links
    page = read(client, past)
    assert "Warsztat · minione" in page.text
    assert "https://wideo.pl/y" not in page.links
    assert "minione" not in read(client, undated).text


@pytest.mark.parametrize(
    ("fields", "last_moment"),
    [
        ({"bez_godziny": True, "koniec": day(2030, 5, 13)}, day(2030, 5, 13, 23, 59)),
        ({"bez_godziny": True}, day(2030, 5, 12, 23, 59)),
        ({}, day(2030, 5, 12, 23, 59)),
        ({"koniec": day(2030, 5, 12, 14)}, day(2030, 5, 12, 14)),
    ],
    ids=["days without hours", "a day without an hour", "an hour without an end", "a known end"],
)
def test_a_meeting_is_upcoming_until_the_last_moment_known_of_it(client, fields, last_moment):
    spotkanie = make_spotkanie(poczatek=day(2030, 5, 12, 10), **fields)
    for now, expected in ((last_moment, 1), (last_moment + timedelta(minutes=2), 0)):
        with mock.patch("django.utils.timezone.now", return_value=now):
            assert spotkanie.is_upcoming() == expected
            assert Spotkanie.objects.upcoming().count() == expected
            assert f'data-total="{expected}"' in read(client, "/spotkania/?termin=nadchodzace").html


def test_an_unknown_fact_is_said_to_be_unknown(client):
    spotkanie = make_spotkanie()
    text = read(client, spotkanie).text
    for label in ("Podsumowanie:", "Gdzie", "Forma", "Organizator", "Partnerzy", "Uczestnicy z samorządów"):
        assert f"{label} brak danych" in text
    for label in ("Uczestnicy z organizacji", "Tematy", "Wnioski", "Program", "Materiały", "Źródła"):
        assert f"{label} brak danych" in text
    assert "Brak danych o praktykach, o których mówiono." in text
    assert "Spotkanie nie ma jeszcze podsumowania." in read(client, "/spotkania/").text


def test_an_archived_meeting_says_that_its_materials_are_not_given_away(client):
    spotkanie = make_spotkanie(status=Status.ARCHIVED)
    make_material(spotkanie=spotkanie, tytul="Slajdy")
    text = read(client, spotkanie).text
    assert "Materiałów z archiwum nie udostępniamy." in text
    assert "Slajdy" not in text


def test_no_participants_is_not_an_unknown_number(client):
    text = read(client, make_spotkanie(liczba_uczestnikow_jst=0)).text
    assert "Uczestnicy z samorządów 0 Uczestnicy z organizacji brak danych" in text


def test_a_material_says_its_kind_form_author_and_licence(client):
    spotkanie = make_spotkanie()
    rodzaj = Material.Rodzaj
    make_material(
        content=b"x" * 2048,
        filename="wzór umowy.pdf",
        rodzaj=rodzaj.WZOR,
        licencja="cc-by",
        autor="OPUS",
        spotkanie=spotkanie,
    )
    make_material(url="https://www.opus.org.pl/film", rodzaj=rodzaj.NAGRANIE, spotkanie=spotkanie)
    text = read(client, spotkanie).text
    assert "Wzór dokumentu, plik: PDF, 2,0 KB Autor: OPUS · Licencja: CC BY 4.0" in text
    assert "Nagranie, link: opus.org.pl" in text
    text = read(client, "/materialy/").text
    assert f"Skąd {spotkanie} Plik PDF, 2,0 KB Autor OPUS Licencja CC BY 4.0" in text
    assert f"Skąd {spotkanie} Link opus.org.pl Autor brak danych Licencja brak danych" in text


def test_empty_pages_say_so(client):
    assert "Nie ma jeszcze prelegentów." in read(client, "/spotkania/prelegenci/").text
    assert "Tu jeszcze nic nie ma" in read(client, "/materialy/").text
    assert "Tu jeszcze nic nie ma" in read(client, "/spotkania/").text
    cykl = make_cykl()
    make_spotkanie(cykl=cykl, poczatek=timezone.now() + timedelta(days=1))
    text = read(client, cykl).text
    assert "Opis cyklu: brak danych" in text
    assert "Żadne spotkanie tego cyklu jeszcze się nie odbyło." in text


def test_the_card_of_a_meeting_marks_its_place_in_the_list(client):
    spotkanie = make_spotkanie(poczatek=day(2021, 9, 23, 10), organizator_opis="Biuro Rewitalizacji")
    page = read(client, "/spotkania/")
    assert f'data-slug="{spotkanie.slug}"' in page.html
    assert "23 wrz 2021" in page.text
    assert "Organizator Biuro Rewitalizacji" in page.text
