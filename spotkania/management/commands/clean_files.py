"""`manage.py clean_files`: delete stored files that no row names, left by uploads that were undone."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from spotkania.models import WersjaMaterialu
from spotkania.models.wersja import FOLDER

AGE = timedelta(days=1)  # a younger file may belong to a transaction that has not ended


class Command(BaseCommand):
    help = "Usuwa z magazynu pliki materiałów, do których nie prowadzi żaden wpis, starsze niż doba."

    def handle(self, **options):
        named = set(WersjaMaterialu.objects.values_list("plik", flat=True))
        before = timezone.now() - AGE
        orphans = [
            name
            for name in stored_names(FOLDER)
            if name not in named and default_storage.get_modified_time(name) < before
        ]
        for name in orphans:
            default_storage.delete(name)
        self.stdout.write(f"Usunięte pliki bez wpisu: {len(orphans)}.")


def stored_names(folder: str) -> Iterator[str]:
    """Yield the names of all files under `folder` of the storage."""
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from stored_names(f"{folder}/{name}")
