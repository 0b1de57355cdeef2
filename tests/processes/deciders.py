"""Editors who decide about the same submissions at once, for `tests/zgloszenia/test_at_once.py`."""

from django.core import mail
from django.test import override_settings
from django.utils import timezone

from platforma.lib.limits import allow
from platforma.lib.mail import Wiadomosc, send_due
from platforma.models import Zgloszenie
from platforma.zgloszenia import actions
from praktyki.models import Praktyka

from . import spawned


def fill(number: int) -> list[int]:
    """Make submissions that wait; return their keys."""
    rows = [
        Zgloszenie.objects.create(
            tytul=f"Zgłoszenie {n}", ticket=f"bilet-{n}", state="received", sent_at=timezone.now()
        )
        for n in range(number)
    ]
    return [row.pk for row in rows]


def decide(own: int, keys: list[int]) -> list[str]:
    """Try to decide about each submission; return what this process decided."""
    decided = []
    for key in keys:
        zgloszenie = Zgloszenie.objects.get(pk=key)
        spawned.board.wait(timeout=60)
        try:
            if own % 2:
                actions.decline(zgloszenie, by=None, reason="Powód.")
            else:
                actions.make_draft(zgloszenie, by=None)
        except actions.AlreadyDecided:
            continue
        decided.append(key)
    return decided


def queue(number: int) -> int:
    """Put messages into the queue; return how many."""
    for n in range(number):
        Wiadomosc.objects.create(adres="jan@example.org", temat=f"Wiadomość {n}", tekst="Tak.", html="Tak.")
    return number


def send(own: int) -> int:
    """Send what waits, as fast as possible; return how many messages this process sent."""
    spawned.board.wait(timeout=60)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        send_due()
    return len(mail.outbox) if hasattr(mail, "outbox") else 0


def begin(own: int, times: int, most: int) -> int:
    """Ask for a place in one bucket; return how often there was one."""
    spawned.board.wait(timeout=60)
    return sum(allow("begin", "192.0.2.1", most=most, seconds=10**9) for _time in range(times))


def count() -> tuple[int, int]:
    """Return how many practices there are, and how many submissions lead to one."""
    return Praktyka.objects.count(), Zgloszenie.objects.filter(praktyka__isnull=False).count()
