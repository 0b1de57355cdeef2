"""The pages on which a reader may report an error."""

from django.conf import settings
from django.urls import Resolver404, resolve

from praktyki.models import Instrument, Praktyka
from spotkania.models import Spotkanie

DOORS = {
    "praktyki:detail": lambda: Praktyka.objects.readable(),
    "praktyki:instrument_detail": lambda: Instrument.objects.all(),
    "spotkania:detail": lambda: Spotkanie.objects.readable(),
}


def page_at(address: str):
    """Return the practice, instrument or meeting whose page is at `address`, with our origin or without."""
    path = address.strip().removeprefix(settings.SITE_URL).partition("?")[0].partition("#")[0]
    try:
        match = resolve(path)
    except Resolver404:
        return None
    door = DOORS.get(match.view_name)
    return door and door().filter(slug=match.kwargs["slug"]).first()
