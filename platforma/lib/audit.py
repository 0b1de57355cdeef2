"""The event log: publications, rights and logins, written once and never changed.

Rows name people and entries as text, so that they outlive both. The database itself refuses a change of a row
(and PostgreSQL refuses a deletion before `KEPT_DAYS`). No IP address and nothing that was typed as a
password or as an unknown name is ever kept.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from platforma.lib import history

KEPT_DAYS = 730
FLOOD_MINUTES = 10
FLOOD = 50  # failed logins in that time; those above it are not kept, so that nobody can fill the disk


class ZdarzenieQuerySet(models.QuerySet):
    def expired(self, now=None):
        """Return the rows that have been kept long enough."""
        return self.filter(created_at__lt=(now or timezone.now()) - timedelta(days=KEPT_DAYS))

    def of_account(self, pk):
        """Return what happened to an account, and its logins."""
        return self.filter(model=get_user_model()._meta.label_lower, object_id=pk)

    def of_kinds(self, kinds):
        return self.filter(rodzaj__in=kinds)


class Zdarzenie(models.Model):
    """One event, in words."""

    class Rodzaj(models.TextChoices):
        STAN = "stan", "stan wpisu"
        USUNIECIE = "usuniecie", "usunięcie wpisu"
        KONTO = "konto", "konto"
        PRAWA = "prawa", "uprawnienia"
        LOGOWANIE = "logowanie", "zalogowanie"
        WYLOGOWANIE = "wylogowanie", "wylogowanie"
        ODMOWA = "odmowa", "nieudane logowanie"

    PUBLICATION = (Rodzaj.STAN, Rodzaj.USUNIECIE)

    created_at = models.DateTimeField("kiedy", default=timezone.now, db_index=True)
    rodzaj = models.CharField("rodzaj", max_length=12, choices=Rodzaj.choices, db_index=True)
    kto = models.CharField("kto", max_length=150, blank=True)
    opis = models.CharField("co się stało", max_length=500)
    obiekt = models.CharField("czego dotyczy", max_length=300, blank=True)
    model = models.CharField(max_length=80, blank=True)
    object_id = models.PositiveBigIntegerField(null=True)

    objects = ZdarzenieQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "zdarzenie"
        verbose_name_plural = "dziennik zdarzeń"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["model", "object_id"], name="platforma_zdarzenie_obiekt")]

    def __str__(self):
        return f"{self.get_rodzaj_display()}: {self.opis}"


def log(rodzaj, opis: str, *, obj=None, by=None) -> None:
    """Write one event about `obj`; `by` defaults to who or what is at work (see `history.authored`)."""
    by = by or history.author()
    Zdarzenie.objects.create(
        rodzaj=rodzaj,
        opis=opis[:500],
        kto=(history.name_of(by) or history.reason())[:150],
        obiekt=str(obj)[:300] if obj is not None else "",
        model=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
    )


def log_failed_login(account) -> None:
    """Write a failed login; `account` is the one whose name was typed, None where there is none."""
    since = timezone.now() - timedelta(minutes=FLOOD_MINUTES)
    recent = Zdarzenie.objects.of_kinds([Zdarzenie.Rodzaj.ODMOWA]).filter(created_at__gte=since).count()
    if recent > FLOOD:
        return
    opis = "Podano złe hasło." if account else "Podano nazwę, której nie ma żadne konto."
    if recent == FLOOD:
        opis += f" Dalszych prób z tych {FLOOD_MINUTES} minut nie zapisano."
    log(Zdarzenie.Rodzaj.ODMOWA, opis, obj=account)
