"""Calendars (RFC 5545) of meetings: one, a speaker's, a series', or exactly what a filter finds.

A meeting whose day is unknown cannot stand in a calendar; the page that links to one says how many do not.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import icalendar
from django.http import HttpResponse

from platforma.lib.identity import permanent_id
from platforma.lib.pages import absolute
from platforma.lib.text import printable

WARSAW = ZoneInfo("Europe/Warsaw")
CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=12)


def calendar_response(spotkania: Iterable, name: str, filename: str) -> HttpResponse:
    """Answer with the calendar `name` of those of `spotkania` whose day is known."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Platforma Dobrych Praktyk//Spotkania//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for title in ("name", "x-wr-calname"):  # RFC 7986, and what programs read before it
        calendar.add(title, icalendar.vText(" ".join(printable(name).split())))
    calendar.add("x-wr-timezone", str(WARSAW))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(_warsaw())
    for spotkanie in spotkania:
        if spotkanie.poczatek:
            calendar.add_component(event(spotkanie))
    response = HttpResponse(calendar.to_ical(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return response


@cache
def _warsaw() -> icalendar.Timezone:
    """Return Polish time by the rule in force since 1996 (Directive 2000/84/EC), which every program reads.

    Not `Timezone.from_tzinfo`: its list of dates ends in 2037, and vobject takes all of it for winter.
    """
    zone = icalendar.Timezone()
    zone.add("tzid", "Europe/Warsaw")
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, before, after, start, month in (
        (icalendar.TimezoneDaylight(), "CEST", winter, summer, datetime(1996, 3, 31, 2), 3),
        (icalendar.TimezoneStandard(), "CET", summer, winter, datetime(1996, 10, 27, 3), 10),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", start)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def event(spotkanie) -> icalendar.Event:
    """Return the event of a meeting of a known day: a whole-day one where the hour is unknown."""
    event = icalendar.Event()
    event.add("uid", str(permanent_id(spotkanie)))
    event.add("dtstamp", spotkanie.updated_at)
    event.add("created", spotkanie.created_at)
    event.add("last-modified", spotkanie.updated_at)
    event.add("sequence", spotkanie.sequence)
    event.add("status", "CANCELLED" if spotkanie.is_cancelled else "CONFIRMED")
    event.add("summary", printable(_summary(spotkanie)))
    event.add("url", absolute(spotkanie.get_absolute_url()))
    _add_times(event, spotkanie)
    if description := _description(spotkanie):
        event.add("description", printable(description))
    if place := spotkanie.miejsce or ("online" if spotkanie.forma == "online" else ""):
        event.add("location", printable(place))
    if names := [printable(instrument.nazwa) for instrument in spotkanie.instrumenty.all()]:
        event.add("categories", names)
    return event


def _add_times(event, spotkanie):
    start, end = spotkanie.local_start, spotkanie.local_end
    if spotkanie.bez_godziny:
        event.add("dtstart", start.date())
        event.add("dtend", (end or start).date() + timedelta(days=1))  # the day after the last one
        event.add("transp", "TRANSPARENT")
        return
    event.add("dtstart", start.astimezone(WARSAW))
    if end and end > start:
        event.add("dtend", end.astimezone(WARSAW))


def _summary(spotkanie) -> str:
    return f"Odwołane: {spotkanie.tytul}" if spotkanie.is_cancelled else spotkanie.tytul


def _description(spotkanie) -> str:
    online = spotkanie.link_online if spotkanie.is_upcoming() and not spotkanie.is_cancelled else ""
    lines = [
        spotkanie.powod_odwolania and f"Powód odwołania: {spotkanie.powod_odwolania}",
        spotkanie.streszczenie,
        online and f"Dołącz przez internet: {online}",
        absolute(spotkanie.get_absolute_url()),
    ]
    return "\n\n".join(filter(None, lines))
