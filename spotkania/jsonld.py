"""schema.org descriptions of meetings and speakers; only what the page itself says."""

from django.utils import timezone

from platforma.lib.pages import absolute, compact

_ATTENDANCE = {
    "stacjonarne": "https://schema.org/OfflineEventAttendanceMode",
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "hybrydowe": "https://schema.org/MixedEventAttendanceMode",
}


def spotkanie(spotkanie) -> dict:
    speakers = [
        udzial.prelegent
        for wystapienie in spotkanie.wystapienia.all()
        for udzial in wystapienie.udzialy.all()
        if udzial.prelegent.is_public
    ]
    status = "EventCancelled" if spotkanie.is_cancelled else "EventScheduled"
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": spotkanie.tytul,
            "description": spotkanie.streszczenie,
            "inLanguage": "pl",
            "url": absolute(spotkanie.get_absolute_url()),
            "startDate": _moment(spotkanie, spotkanie.poczatek),
            "endDate": _moment(spotkanie, spotkanie.koniec),
            "eventAttendanceMode": _ATTENDANCE.get(spotkanie.forma),
            "eventStatus": f"https://schema.org/{status}",
            "location": _locations(spotkanie),
            "image": absolute(spotkanie.picture_url) if spotkanie.is_published() else None,
            "organizer": _organizers(spotkanie),
            "performer": [
                {"@type": "Person", "name": str(person), "url": absolute(person.get_absolute_url())}
                for person in dict.fromkeys(speakers)
            ],
            "superEvent": {
                "@type": "EventSeries",
                "name": spotkanie.cykl.nazwa,
                "url": absolute(spotkanie.cykl.get_absolute_url()),
            }
            if spotkanie.cykl
            else None,
        }
    )


def _locations(spotkanie) -> list[dict]:
    place = {"@type": "Place", "name": spotkanie.miejsce} if spotkanie.miejsce else None
    online = {"@type": "VirtualLocation", "url": absolute(spotkanie.get_absolute_url())}
    return [one for one in (place, online if spotkanie.forma in ("online", "hybrydowe") else None) if one]


def _organizers(spotkanie) -> list[dict]:
    names = [organizacja.nazwa for organizacja in spotkanie.organizatorzy.all()]
    if spotkanie.organizator_opis:
        names.append(spotkanie.organizator_opis)
    return [{"@type": "Organization", "name": name} for name in names]


def prelegent(prelegent) -> dict:
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "name": prelegent.imie_nazwisko,
            "description": prelegent.publiczna_notka,
            "image": prelegent.photo_url and absolute(prelegent.photo_url),
            "url": absolute(prelegent.get_absolute_url()),
        }
    )


def _moment(spotkanie, moment):
    """Return the ISO moment in Polish time, or only the day where the hour is unknown."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return local.date().isoformat() if spotkanie.bez_godziny else local.isoformat()
