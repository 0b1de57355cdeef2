"""`manage.py send_mail_queue`: send the e-mail that waits; for cron, every minute or two."""

from django.core.management.base import BaseCommand

from platforma.lib.mail import send_due
from platforma.zgloszenia.notices import tell_of_publication


class Command(BaseCommand):
    help = "Wysyła czekające wiadomości e-mail; nieudane ponawia coraz rzadziej, najwyżej osiem razy."

    def handle(self, **options):
        tell_of_publication()
        sent, failed = send_due()
        self.stdout.write(f"Wysłane: {sent}, nieudane: {failed}.")
