"""The content revision: one number that says "what readers see may have changed", and a log of what changed.

`bump` belongs in the transaction that changes the rows. It updates one row, so PostgreSQL makes such
transactions commit one after another, and a reader who sees number n sees everything logged up to n.
"""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models import F, Max, Min

from platforma.lib.joint import JointRead

KEPT_CHANGES = 20_000
EVERYTHING = "*"
SELECT = "SELECT number FROM platforma_rewizja WHERE id = 1"
LABELS = "labels"  # the kind of a change to names that facets show


class Rewizja(models.Model):
    """The number itself; one row, made by a migration."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "platforma"
        verbose_name = "rewizja treści"
        verbose_name_plural = "rewizja treści"

    def __str__(self):
        return str(self.number)


class Zmiana(models.Model):
    """One row of one kind that changed at revision `number`; kind "*" means anything may have."""

    number = models.PositiveBigIntegerField(db_index=True)
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        app_label = "platforma"
        verbose_name = "zmiana treści"
        verbose_name_plural = "zmiany treści"

    def __str__(self):
        return f"{self.number}: {self.kind} {self.object_id}"


def bump(changes: Iterable[tuple[str, int]]) -> None:
    """Log `(kind, primary key)` changes under the next revision; nothing to log changes nothing."""
    changes = sorted(set(changes))
    if not changes:
        return
    with transaction.atomic():
        Rewizja.objects.filter(pk=1).update(number=F("number") + 1)
        number = current()
        Zmiana.objects.bulk_create(Zmiana(number=number, kind=kind, object_id=pk) for kind, pk in changes)
        if number % 1000 == 0:
            Zmiana.objects.filter(number__lte=number - KEPT_CHANGES).delete()


def bump_everything() -> None:
    """Say that anything may have changed: for bulk imports and SQL by hand."""
    bump([(EVERYTHING, 0)])


def current() -> int:
    """Return the revision, with one query that requests of this process asking at the same moment share."""
    return _number() if connection.in_atomic_block else _shared.get()


def _checked() -> int:
    """Read the number, and so learn whether the connection kept from the last request still works.

    Django would ask the server just that first, and double the time of a page answered from its copy.
    """
    if connection.health_check_done or not connection.health_check_enabled:
        return _number()
    connection.health_check_done = True
    try:
        return _number()
    except (OperationalError, InterfaceError):
        connection.close()
        return _number()


def _number() -> int:
    """Every request asks, so it is SQL without the work of the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT)
        return cursor.fetchone()[0]


_shared = JointRead(_checked)


def changes_since(number: int) -> set[tuple[str, int]]:
    """Return what changed after revision `number`; {(EVERYTHING, 0)} where the log is too short."""
    span = Zmiana.objects.aggregate(oldest=Min("number"), newest=Max("number"))
    if span["oldest"] is None or span["oldest"] > number + 1:
        return {(EVERYTHING, 0)}
    return set(Zmiana.objects.filter(number__gt=number).values_list("kind", "object_id"))


@contextmanager
def snapshot():
    """Let everything read inside come from one moment of the database, while others go on writing.

    It takes no lock on either database; inside a transaction it is that transaction's view that counts.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _reading_only_begins(), transaction.atomic():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


@contextmanager
def _reading_only_begins():
    """Begin transactions of SQLite without the lock for writing, which the settings ask for."""
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = mode
