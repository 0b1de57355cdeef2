"""`manage.py send_mail_queue`: send the e-mail that waits; the server does so every minute."""

from django.core.management.base import BaseCommand

from platforma.zgloszenia.notices import send_mail


class Command(BaseCommand):
    help = "Wysyła czekające wiadomości e-mail; nieudane ponawia coraz rzadziej, najwyżej osiem razy."

    def handle(self, **options):
        sent, failed = send_mail()
        self.stdout.write(f"Wysłane: {sent}, nieudane: {failed}.")
