"""`manage.py clean_submissions`: delete what people sent in and is kept no longer; the server does so too."""

from django.core.management.base import BaseCommand

from platforma.zgloszenia import retention


class Command(BaseCommand):
    help = (
        "Usuwa dane kontaktowe i załączniki po SUBMISSION_DAYS dniach od decyzji oraz porzucone zgłoszenia."
    )

    def handle(self, **options):
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in retention.clean().items()))
