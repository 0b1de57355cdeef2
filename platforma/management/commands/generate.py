"""`manage.py generate`: fill the database with synthetic practices and meetings, for benchmarks."""

import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from platforma import synthetic
from platforma.lib.polish import plural
from platforma.lib.progress import ShowsProgress
from platforma.lib.sqlite import prepare_to_write_much


class Command(ShowsProgress, BaseCommand):
    help = (
        "Tworzy syntetyczne praktyki i spotkania do pomiarów. Każdy wpis jest oznaczony w tytule i adresie; "
        "to samo ziarno daje te same wpisy. Odmawia, gdy w bazie jest prawdziwa treść."
    )

    def add_arguments(self, parser):
        parser.add_argument("--praktyki", type=int, default=1_000, metavar="N", help="ile praktyk")
        parser.add_argument("--spotkania", type=int, default=0, metavar="M", help="ile spotkań")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="ziarno losowania")
        parser.add_argument(
            "--mix",
            action="store_true",
            help="dopisz, choć w bazie jest prawdziwa treść: zostanie wymieszana",
        )

    def handle(self, *, praktyki, spotkania, seed, mix, **options):
        if min(praktyki, spotkania, seed) < 0:
            raise CommandError("Liczby wpisów i ziarno nie mogą być ujemne.")
        if synthetic.has_real_content() and not mix:
            raise CommandError(
                "W bazie jest prawdziwa treść. Podaj pustą bazę (VAR=/inny/folder) albo dodaj --mix."
            )
        if synthetic.has_seed(seed):
            raise CommandError(f"Wpisy z ziarnem {seed} już są w bazie. Podaj inne: --seed {seed + 1}.")
        started = time.monotonic()
        prepare_to_write_much(connection)
        try:
            writer = synthetic.Writer(seed)
            self._follow("praktyki", writer.praktyki(praktyki), praktyki)
            self._follow("spotkania", writer.spotkania(spotkania), spotkania)
        finally:
            self.show("indeks wyszukiwarki…")
            call_command("reindex", stdout=self.stdout)
        self.stdout.write(
            f"Utworzono {praktyki} {plural(praktyki, 'praktykę', 'praktyki', 'praktyk')} i {spotkania} "
            f"{plural(spotkania, 'spotkanie', 'spotkania', 'spotkań')} w {time.monotonic() - started:.0f} s."
        )

    def _follow(self, name, steps, count):
        done = 0
        for step in steps:
            done += step
            self.show(f"{name}: {done} z {count}")
        self.show("")
