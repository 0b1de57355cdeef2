"""`manage.py extract_texts`: read the text of uploaded files for the search, now."""

from django.core.management.base import BaseCommand

from spotkania.extraction import read_waiting
from spotkania.models import WersjaMaterialu


class Command(BaseCommand):
    help = "Odczytuje dla wyszukiwarki tekst plików, które na to czekają. Serwer robi to sam co 10 sekund."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="odczytaj jeszcze raz wszystkie pliki")

    def handle(self, *, all, **options):
        if all:
            WersjaMaterialu.objects.update(
                text_state=WersjaMaterialu.TextState.WAITING, text_claimed_at=None, text_attempts=0
            )
        self.stdout.write(f"Odczytane pliki: {read_waiting()}.")
        for wersja in WersjaMaterialu.objects.filter(text_state=WersjaMaterialu.TextState.FAILED):
            self.stdout.write(f"Nieodczytany {wersja} (materiał {wersja.material_id}): {wersja.text_note}")
