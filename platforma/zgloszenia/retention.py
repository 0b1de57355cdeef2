"""What is kept no longer: personal data after the decision, submissions never sent, e-mail long gone out.

`clean` runs in each server process, and from `manage.py clean_submissions`; many at once do no harm.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from platforma.lib import limits
from platforma.lib.mail import Wiadomosc
from platforma.models import Zgloszenie
from platforma.models.zgloszenie import PERSONAL

from .notices import tell_author

State = Zgloszenie.State
NO_ANSWER = "Nie dostaliśmy uzupełnienia na czas, dlatego zamknęliśmy zgłoszenie. Możesz wysłać nowe."
MAIL_DAYS = 30  # and never longer than the data of submissions


def clean(now=None) -> dict[str, int]:
    """Do all of it; return how many of each there were, under Polish names for the operator."""
    limits.forget_past(now)
    return {
        "zamknięte bez uzupełnienia": close_unanswered(now),
        "usunięte dane kontaktowe": remove_personal_data(now),
        "porzucone zgłoszenia": remove_abandoned(now),
        "wysłane wiadomości": remove_mail(now),
    }


def close_unanswered(now=None) -> int:
    """Decline what its author was asked to complete SUBMISSION_DAYS ago and did not."""
    now, closed = now or timezone.now(), 0
    decision = {"decided_at": now, "odpowiedz": NO_ANSWER}
    for zgloszenie in Zgloszenie.objects.unanswered(now):
        with transaction.atomic():
            waiting = Zgloszenie.objects.unanswered(now)
            if waiting.move(zgloszenie.pk, (State.MISSING,), State.DECLINED, **decision):
                tell_author(zgloszenie, "rozstrzygnieto")
                closed += 1
    return closed


def remove_personal_data(now=None) -> int:
    """Empty the contact data of what was decided SUBMISSION_DAYS ago, delete its files and its e-mail."""
    now, removed = now or timezone.now(), 0
    for zgloszenie in Zgloszenie.objects.personal_data_due(now):
        with transaction.atomic():
            Wiadomosc.objects.filter(tekst__contains=zgloszenie.get_absolute_url()).delete()
            _delete_files(zgloszenie)
            fields = dict.fromkeys(PERSONAL, "") | {"personal_removed_at": now}
            removed += Zgloszenie.objects.personal_data_due(now).filter(pk=zgloszenie.pk).update(**fields)
    return removed


def remove_abandoned(now=None) -> int:
    """Delete what was begun and never sent, its files too."""
    now, removed = now or timezone.now(), 0
    for zgloszenie in Zgloszenie.objects.abandoned(now):
        with transaction.atomic():
            rows = Zgloszenie.objects.abandoned(now).select_for_update().filter(pk=zgloszenie.pk)
            if rows.exists():  # its author may have come back meanwhile
                _delete_files(zgloszenie)
                zgloszenie.delete()
                removed += 1
    return removed


def remove_mail(now=None) -> int:
    """Delete messages sent or given up long ago: they hold addresses and secret links."""
    return Wiadomosc.objects.done_before((now or timezone.now()) - timedelta(days=mail_days())).delete()[0]


def mail_days() -> int:
    """Return how many days after its last attempt a message is kept."""
    return min(MAIL_DAYS, settings.SUBMISSION_DAYS)


def _delete_files(zgloszenie):
    for zalacznik in zgloszenie.zalaczniki.all():
        zalacznik.delete_with_bytes()
