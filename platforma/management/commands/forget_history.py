"""Empty fields in every old version of one row: for personal data that nobody has a ground to keep."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from platforma.lib import history


class Command(BaseCommand):
    help = (
        "Czyści wskazane pola tekstowe we wszystkich zapisanych wersjach jednego wpisu (np. dane osobowe "
        "wpisane przez pomyłkę). Obecnej treści nie zmienia: tę najpierw popraw w panelu."
    )

    def add_arguments(self, parser):
        parser.add_argument("model", help="np. praktyki.praktyka")
        parser.add_argument("numer", type=int, help="numer wpisu, z jego adresu w panelu")
        parser.add_argument("pola", nargs="+", help="nazwy pól, np. kontakt")

    def handle(self, *, model, numer, pola, **options):
        tracked = self._tracked(model)
        for name in pola:
            try:
                field = tracked.versions._meta.get_field(name)
            except FieldDoesNotExist:
                raise CommandError(f"Nie ma takiego pola w historii: {name}.") from None
            if not history.holds_text(field):
                raise CommandError(f"To nie jest pole tekstowe wpisu: {name}.")
        count = history.forget(tracked.model(pk=numer), *pola)
        if not count:
            raise CommandError(f"W historii nie ma wpisu nr {numer}.")
        self.stdout.write(f"Wyczyszczono pola ({', '.join(pola)}) w wersjach: {count}.")

    def _tracked(self, name):
        try:
            tracked = history.tracked(apps.get_model(name))
        except (LookupError, ValueError):
            tracked = None
        if tracked is None:
            raise CommandError(f"Nie ma historii takich wpisów: {name}.")
        return tracked
