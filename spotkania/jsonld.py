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
    ]
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
            "location": {"@type": "Place", "name": spotkanie.miejsce} if spotkanie.miejsce else None,
            "organizer": [
                {"@type": "Organization", "name": organizacja.nazwa}
                for organizacja in spotkanie.organizatorzy.all()
            ],
            "performer": [{"@type": "Person", "name": str(person)} for person in dict.fromkeys(speakers)],
        }
    )


def prelegent(prelegent) -> dict:
    return compact(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "name": prelegent.imie_nazwisko,
            "description": prelegent.publiczna_notka,
            "url": absolute(prelegent.get_absolute_url()),
        }
    )


def _moment(spotkanie, moment):
    """Return the ISO moment in Polish time, or only the day where the hour is unknown."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return local.date().isoformat() if spotkanie.bez_godziny else local.isoformat()
