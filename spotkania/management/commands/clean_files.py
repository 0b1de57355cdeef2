"""`manage.py clean_files`: delete stored files that no row names: of undone uploads, and replaced photos."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from spotkania.models import Prelegent, WersjaMaterialu
from spotkania.models.prelegent import PHOTOS
from spotkania.models.wersja import FOLDER

NAMED = ((FOLDER, WersjaMaterialu, "plik"), (PHOTOS, Prelegent, "zdjecie"))
AGE = timedelta(days=1)  # a younger file may belong to a transaction that has not ended


class Command(BaseCommand):
    help = (
        "Usuwa z magazynu pliki materiałów i zdjęcia, do których nie prowadzi żaden wpis, starsze niż doba."
    )

    def handle(self, **options):
        before = timezone.now() - AGE
        orphans = [
            name
            for folder, model, field in NAMED
            for name in sorted(
                {*stored_names(folder)}.difference(model.objects.values_list(field, flat=True))
            )
            if default_storage.get_modified_time(name) < before
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
