"""`manage.py load_content`: put the project's own content into the database, as often as one likes."""

import json
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from platforma import signals
from platforma.lib import content, history, statistics
from platforma.lib.progress import ShowsProgress
from platforma.models import LoadedRow, Synonim
from praktyki.models import (
    Instrument,
    Jst,
    Odbiorca,
    Organizacja,
    Praktyka,
    PrzypadekKreatora,
    Pytanie,
    Temat,
    TerminRoczny,
    Wojewodztwo,
)
from spotkania.models import Cykl, Material, Prelegent, Spotkanie

KINDS = {  # a kind comes after those it refers to
    "wojewodztwa": Wojewodztwo,
    "tematy": Temat,
    "odbiorcy": Odbiorca,
    "terminy": TerminRoczny,
    "instrumenty": Instrument,
    "jst": Jst,
    "organizacje": Organizacja,
    "praktyki": Praktyka,
    "cykle": Cykl,
    "prelegenci": Prelegent,
    "spotkania": Spotkanie,
    "materialy": Material,
    "synonimy": Synonim,
    "kreator": Pytanie,
    "przypadki_kreatora": PrzypadekKreatora,
}

REASON = "wczytanie treści serwisu (load_content)"


class Command(ShowsProgress, BaseCommand):
    help = (
        "Wczytuje treść serwisu z folderu fixtures/. Można uruchamiać wielokrotnie: niczego nie podwaja, "
        "nie cofa zmian redakcji i nie przywraca tego, co redakcja usunęła."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="folder z plikami JSON"
        )

    def handle(self, *, folder, **options):
        rows = {name: self._read(folder / f"{name}.json") for name in KINDS}
        tally = Counter()
        try:
            with history.authored(reason=REASON), signals.together():
                loader = content.ContentLoader(LoadedRow, folder / "files")
                for name, model in KINDS.items():
                    self.show(f"{name}: {len(rows[name])}")
                    tally += loader.load(model, rows[name])
        except content.ContentError as error:
            raise CommandError(f"Nie wczytano niczego. {error}") from error
        statistics.renew()
        self.show("")
        self.stdout.write(
            f"Wczytano treść: nowe {tally[content.CREATED]}, zmienione {tally[content.UPDATED]}, "
            f"bez zmian {tally[content.UNCHANGED]}, zachowano zmiany redakcji: {tally[content.KEPT]}."
        )
        if orphaned := tally[content.ORPHANED]:
            self.stdout.write(f"Pominięto, bo redakcja usunęła to, do czego należą: {orphaned}.")

    def _read(self, path):
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"Nie można odczytać pliku {path}.") from error
        except json.JSONDecodeError as error:
            raise CommandError(f"Plik {path} nie jest poprawnym JSON-em (wiersz {error.lineno}).") from error
