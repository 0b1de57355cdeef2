"""What is kept no longer: personal data after the decision, submissions never sent, e-mail long gone out."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from platforma.lib.mail import Wiadomosc
from platforma.models import Zgloszenie
from platforma.models.zgloszenie import PERSONAL

MAIL_DAYS = 30  # and never longer than the data of submissions


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
    days = min(MAIL_DAYS, settings.SUBMISSION_DAYS)
    return Wiadomosc.objects.done_before((now or timezone.now()) - timedelta(days=days)).delete()[0]


def _delete_files(zgloszenie):
    for zalacznik in zgloszenie.zalaczniki.all():
        zalacznik.delete_with_bytes()
