"""`manage.py check_links`: ask every address that entries name, and keep what was found; for cron."""

from collections import Counter
from contextlib import closing
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from platforma import links
from platforma.lib.links.check import LinkChecker
from platforma.lib.links.models import SprawdzonyAdres, Wynik
from platforma.lib.links.request import Client
from platforma.lib.progress import ShowsProgress
from platforma.lib.spreadsheets import csv_lines

KEPT_AT_ONCE = 50
MAX_WITNESSES = 3
AGENT = f"PlatformaDobrychPraktyk-linki/1.0 (+{settings.SITE_URL})"


class Command(ShowsProgress, BaseCommand):
    help = (
        "Sprawdza, czy działają wszystkie adresy podane we wpisach. Wyniki widać w panelu redakcji; "
        "naprawiony link znika z listy przy następnym sprawdzeniu. Nie łączy się z adresami prywatnymi."
    )

    def add_arguments(self, parser):
        parser.add_argument("--broken", action="store_true", help="sprawdź tylko te, które nie działały")
        parser.add_argument("--report", type=Path, help="zapisz raport CSV do tego pliku")
        parser.add_argument("--pause", type=float, default=1.0, help="sekundy między pytaniami do serwera")
        parser.add_argument("--timeout", type=float, default=20, help="najdłużej sekund na jedną odpowiedź")

    def handle(self, *, broken, report, pause, timeout, **options):
        if pause < 0 or timeout <= 0:
            raise CommandError("Przerwa nie może być ujemna, a czas na odpowiedź musi być dodatni.")
        used = links.every_url()
        links.forget_unused(used)
        asked = set(SprawdzonyAdres.objects.broken().values_list("url", flat=True)) if broken else used
        self._check(LinkChecker(self.client(timeout), pause), links.oldest_first(asked))
        if report:
            self._write(report)

    def client(self, timeout) -> Client:
        return Client(agent=AGENT, timeout=timeout)

    def _check(self, checker, urls):
        """Keep nothing until a server has answered: a machine without network breaks no link.

        Where all that were asked are silent, others that answered before are asked whether there is network.
        """
        tally, waiting, is_online = Counter(), [], False
        try:
            with closing(checker.check_all(urls)) as found:
                for number, (url, outcome) in enumerate(found, 1):
                    self.show(f"{number} z {len(urls)}: {url}")
                    tally[outcome.wynik] += 1
                    waiting.append((url, outcome))
                    is_online = is_online or outcome.status is not None
                    if is_online and len(waiting) >= KEPT_AT_ONCE:
                        links.keep(waiting)
                        waiting = []
        finally:  # an interruption costs nothing that was found
            if is_online:
                links.keep(waiting)
        self.show("")
        if urls and not is_online:
            if not self._has_network(checker, urls):
                raise CommandError("Nie odpowiedział żaden serwer, więc niczego nie zapisano. Czy jest sieć?")
            links.keep(waiting)
        self.stdout.write(f"Sprawdzone adresy: {len(urls)}.")
        for wynik in Wynik:
            if tally[wynik]:
                self.stdout.write(f"  {wynik.label}: {tally[wynik]}")

    def _has_network(self, checker, urls) -> bool:
        witnesses = islice(links.witnesses(urls), MAX_WITNESSES)
        return any(checker.check(url).status is not None for url in witnesses)

    def _write(self, path):
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(csv_lines(links.report(SprawdzonyAdres.objects.all())))
        except OSError as error:
            raise CommandError(f"Nie można zapisać raportu {path}: {error.strerror}.") from error
        self.stdout.write(f"Raport: {path}")
