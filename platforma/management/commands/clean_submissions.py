"""`manage.py clean_submissions`: delete what people sent in and is kept no longer; for cron, once a day."""

from django.core.management.base import BaseCommand

from platforma.lib import limits
from platforma.zgloszenia import retention


class Command(BaseCommand):
    help = (
        "Usuwa dane kontaktowe i załączniki po SUBMISSION_DAYS dniach od decyzji oraz porzucone zgłoszenia."
    )

    def handle(self, **options):
        limits.forget_past()
        self.stdout.write(
            f"Usunięte dane kontaktowe: {retention.remove_personal_data()}, "
            f"porzucone zgłoszenia: {retention.remove_abandoned()}, "
            f"wysłane wiadomości: {retention.remove_mail()}."
        )
