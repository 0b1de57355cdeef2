"""Calendars as an independent program (vobject) reads them: exactly the filter, stable, true to the hour."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from platforma.lib.publication import Status
from spotkania.models import Spotkanie
from tests.builders import (
    make_cykl,
    make_instrument,
    make_prelegent,
    make_spotkanie,
    make_wystapienie,
)
from tests.ics import read_calendar
from tests.reading import count_queries

pytestmark = pytest.mark.django_db

POLAND = ZoneInfo("Europe/Warsaw")


def events(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {event.summary.value: event for event in read_calendar(response.content)[1].values()}


def only(client, spotkanie):
    (event,) = events(client, f"/spotkania/{spotkanie.slug}.ics").values()
    return event


@pytest.mark.parametrize(("month", "offset"), [(1, 1), (7, 2)])
def test_an_hour_is_that_of_poland_in_winter_and_in_summer(client, month, offset):
    spotkanie = make_spotkanie(
        poczatek=datetime(2025, month, 15, 10, tzinfo=POLAND),
        koniec=datetime(2025, month, 15, 12, 30, tzinfo=POLAND),
    )
    response = client.get(f"/spotkania/{spotkanie.slug}.ics")
    assert b"DTSTART;TZID=Europe/Warsaw:2025" in response.content
    calendar, by_uid = read_calendar(response.content)
    assert calendar.vtimezone.tzid.value == "Europe/Warsaw"
    (event,) = by_uid.values()
    assert event.dtstart.value.utcoffset() == timedelta(hours=offset)
    assert event.dtend.value - event.dtstart.value == timedelta(hours=2, minutes=30)


@pytest.mark.parametrize(
    ("end", "last"), [(None, date(2014, 10, 7)), (datetime(2014, 10, 7, 23, 59), date(2014, 10, 8))]
)
def test_a_day_without_an_hour_is_a_whole_day(client, end, last):
    spotkanie = make_spotkanie(
        poczatek=datetime(2014, 10, 6, tzinfo=POLAND),
        koniec=end and end.replace(tzinfo=POLAND),
        bez_godziny=True,
    )
    event = only(client, spotkanie)
    assert (event.dtstart.value, event.dtend.value) == (date(2014, 10, 6), last)


def test_an_unknown_end_is_not_invented(client):
    event = only(client, make_spotkanie(poczatek=datetime(2025, 5, 5, 10, tzinfo=POLAND)))
    assert "dtend" not in event.contents
    assert "duration" not in event.contents


def test_a_meeting_without_a_day_has_no_calendar(client):
    make_spotkanie(tytul="Bez dnia", rok=2024)
    assert client.get("/spotkania/bez-dnia.ics").status_code == 404
    assert events(client, "/spotkania/kalendarz.ics") == {}


def test_the_calendar_holds_exactly_what_the_filter_finds(client):
    mikrogrant, regranting = make_instrument(nazwa="Mikrogrant"), make_instrument(nazwa="Regranting")
    for number in range(25):
        make_spotkanie(
            tytul=f"Spotkanie {number:02}",
            poczatek=timezone.now() + timedelta(days=number - 12),
            instrumenty=[mikrogrant if number % 2 else regranting],
        )
    make_spotkanie(tytul="Szkic", poczatek=timezone.now(), instrumenty=[mikrogrant], status=Status.DRAFT)
    for query in ("", "?instrument=mikrogrant", "?instrument=regranting&termin=nadchodzace", "?q=spotkanie"):
        expected, page = set(), 1
        while True:
            response = client.get(f"/spotkania/{query}{'&' if query else '?'}strona={page}")
            if response.status_code == 404:
                break
            expected |= {row.tytul for row in response.context["katalog"].rows}
            page += 1
        assert set(events(client, f"/spotkania/kalendarz.ics{query}")) == expected
        assert len(expected) > 5
        html = client.get(f"/spotkania/{query}").content.decode().replace("&amp;", "&")
        assert html.count(f'href="/spotkania/kalendarz.ics{query}"') >= (2 if "q=" not in query else 1)


def test_a_speaker_and_a_series_have_calendars_of_their_own(client):
    cykl, prelegent = make_cykl(nazwa="Platforma"), make_prelegent(imie="Jan", nazwisko="Kos")
    now = timezone.now()
    spoke, other = make_spotkanie(poczatek=now), make_spotkanie(poczatek=now, cykl=cykl)
    for _time in range(2):
        make_wystapienie(spoke, [(prelegent, "", None)])
    assert set(events(client, "/spotkania/prelegenci/jan-kos.ics")) == {spoke.tytul}
    assert set(events(client, "/spotkania/cykle/platforma.ics")) == {other.tytul}


def test_the_uid_outlives_every_edit_and_tells_nothing(client):
    prelegent = make_prelegent(nazwisko="Sekretna")
    spotkanie = make_spotkanie(poczatek=timezone.now())
    make_wystapienie(spotkanie, [(prelegent, "", None)])
    uid = only(client, spotkanie).uid.value
    Spotkanie.objects.filter(pk=spotkanie.pk).update(slug="inny-adres")
    spotkanie.refresh_from_db()
    spotkanie.tytul = "Inny tytuł"
    spotkanie.save()
    assert only(client, spotkanie).uid.value == uid
    assert len(uid) == 36
    assert "sekretna" not in client.get("/spotkania/inny-adres.ics").content.decode().lower()
    assert only(client, make_spotkanie(poczatek=timezone.now())).uid.value != uid


def test_the_sequence_grows_with_what_a_calendar_must_be_told_and_only_then(client):
    spotkanie = make_spotkanie(poczatek=timezone.now() + timedelta(days=5), miejsce="Katowice")
    steps = [
        ({"streszczenie": "Nowe."}, 0),
        ({"poczatek": timezone.now() + timedelta(days=6)}, 1),
        ({"miejsce": "Gliwice"}, 2),
        ({"uwagi_redakcji": "x"}, 2),
        ({"odwolano": timezone.localdate()}, 3),
        ({"odwolano": None}, 4),
    ]
    for change, expected in steps:
        for name, value in change.items():
            setattr(spotkanie, name, value)
        spotkanie.save()
        event = only(client, Spotkanie.objects.get())
        assert event.sequence.value == str(expected)
        assert event.status.value == ("CANCELLED" if spotkanie.is_cancelled else "CONFIRMED")
    spotkanie.miejsce = "Bytom"
    spotkanie.save(update_fields=["miejsce"])
    assert Spotkanie.objects.get().sequence == 5


def test_a_cancelled_meeting_stays_in_calendars_and_says_why(client):
    spotkanie = make_spotkanie(
        poczatek=timezone.now() + timedelta(days=5),
        odwolano=timezone.localdate(),
        powod_odwolania="Remont sali.",
        link_online="https://wideo.pl/x",
    )
    event = only(client, spotkanie)
    assert event.summary.value == f"Odwołane: {spotkanie.tytul}"
    assert "Remont sali." in event.description.value
    assert "wideo.pl" not in event.description.value


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń, " * 20,
        "Średnik; przecinek, ukośnik \\ i „cudzysłów”",
        "Wiersz\r\nBEGIN:VEVENT\r\nSUMMARY:podrzucone\nEND:VEVENT",
        "\x01\x0b\x1f\x7f znak sterujący 🙂 \u2028",
        'x:ALTREP="http://zly.pl"',
    ],
)
def test_no_text_breaks_out_of_its_property(client, text):
    spotkanie = make_spotkanie(
        tytul=text[:200], slug="dziwne", streszczenie=text, miejsce=text[:200], poczatek=timezone.now()
    )
    event = only(client, spotkanie)
    read = event.description.value.split("\n\nhttp")[0]
    kept = "".join(char for char in text.replace("\r\n", "\n") if char >= " " or char in "\n\t")
    assert read == kept.replace("\x7f", "")
    assert set(event.contents) <= {
        *("uid", "dtstamp", "created", "last-modified", "sequence", "status", "summary", "url"),
        *("dtstart", "description", "location", "categories"),
    }


def test_calendars_cost_the_same_for_any_number_of_meetings(client):
    cykl, prelegent = make_cykl(), make_prelegent()
    targets = ["/spotkania/kalendarz.ics", f"/spotkania/cykle/{cykl.slug}.ics"]
    targets.append(f"/spotkania/prelegenci/{prelegent.slug}.ics")
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            spotkanie = make_spotkanie(
                cykl=cykl, poczatek=timezone.now(), instrumenty=[make_instrument(), make_instrument()]
            )
            make_wystapienie(spotkanie, [(prelegent, "", None)])
        counts.append([count_queries(client, target) for target in targets])
    assert counts[0] == counts[1]
