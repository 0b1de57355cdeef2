"""`manage.py import_table`: import a table of editors from a file, with progress; for thousands of rows."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from platforma.lib.progress import ShowsProgress
from platforma.lib.tables.reading import UnreadableTable, read_table
from platforma.tables import TABLES, import_rows


class Command(ShowsProgress, BaseCommand):
    help = (
        "Sprawdza tabelę XLSX lub CSV i, z opcją --save, zapisuje ją w całości albo wcale. "
        "Działa z prawami podanej osoby; niczego nie publikuje."
    )

    def add_arguments(self, parser):
        parser.add_argument("table", choices=sorted(TABLES), help="co importować")
        parser.add_argument("file", type=Path, help="plik XLSX albo CSV")
        parser.add_argument("--user", required=True, help="konto, w którego imieniu działa import")
        parser.add_argument("--save", action="store_true", help="zapisz; bez tego tylko sprawdza")

    def handle(self, *, table, file, user, save, **options):
        account = get_user_model().objects.filter(username=user, is_active=True, is_staff=True).first()
        if account is None:
            raise CommandError(f"Nie ma czynnego konta redakcji „{user}”.")
        try:
            headings, rows = read_table(file.name, file.read_bytes())
        except OSError as error:
            raise CommandError(f"Nie można odczytać pliku {file}: {error.strerror}.") from error
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        outcome = import_rows(table, headings, rows, account, save=save, progress=self._follow)
        self.show("")
        for mistake in outcome.mistakes:
            self.stderr.write(f"wiersz {mistake.row}, {mistake.column}: {mistake.about} ({mistake.value})")
        if outcome.mistakes:
            raise CommandError(f"Błędy: {len(outcome.mistakes)}. Niczego nie zapisano.")
        self.stdout.write(
            f"{'Zapisano' if save else 'Do zapisania'}: nowe {len(outcome.added)}, "
            f"zmienione {len(outcome.changed)}, bez zmian {outcome.unchanged}."
        )

    def _follow(self, done, total, is_check):
        if done % 50 == 0 or done == total:
            self.show(f"{'Sprawdzono' if is_check else 'Zapisano'}: {done} z {total}")
