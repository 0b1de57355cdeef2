"""Build the search index anew, and tell every process that anything may have changed."""

from django.core.management.base import BaseCommand
from django.db import transaction

from platforma.lib import kinds, revision, statistics


class Command(BaseCommand):
    help = "Buduje od nowa indeks wyszukiwarki; także po imporcie hurtowym albo zmianach wprost w bazie."

    @transaction.atomic
    def handle(self, **options):
        for kind, count in kinds.reindex_everything():
            self.stdout.write(f"{kind.model._meta.verbose_name_plural}: {count}")
        revision.bump_everything()
        statistics.renew()
