"""The log of adoptions: which units run a practice, and until when their word for it holds."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone

from platforma.lib.dates import add_months, validate_not_in_future

from .praktyka import Praktyka
from .slowniki import Jst

MONTHS_CONFIRMED = 18  # how long a confirmation of an adoption holds


class Wdrozenie(models.Model):
    """A unit that adopted the practice, or plans to, or gave it up; a confirmation holds for 18 months."""

    class Status(models.TextChoices):
        PLANUJEMY = "planujemy", "planuje"
        DZIALA = "dziala", "działa"
        ZMIENIONE = "zmienione", "działa po zmianach"
        PORZUCONE = "porzucone", "porzucone"

    RUNNING = (Status.DZIALA, Status.ZMIENIONE)

    praktyka = models.ForeignKey(Praktyka, on_delete=models.CASCADE, related_name="wdrozenia")
    jst = models.ForeignKey(
        Jst, verbose_name="jednostka samorządu", on_delete=models.PROTECT, related_name="wdrozenia"
    )
    status = models.CharField("stan wdrożenia", max_length=10, choices=Status.choices)
    co_zmieniono = models.TextField(
        "co zmieniono albo dlaczego porzucono",
        blank=True,
        help_text="Obowiązkowe przy stanach „działa po zmianach” i „porzucone”: to wiedza dla innych.",
    )
    data = models.DateField(
        "od kiedy ten stan", null=True, blank=True, help_text="Przy „planuje” może leżeć w przyszłości."
    )
    potwierdzono = models.DateField(
        "potwierdzono",
        null=True,
        blank=True,
        validators=[validate_not_in_future],
        help_text="Kiedy samorząd ostatnio to potwierdził. Po 18 miesiącach: „niepotwierdzone”.",
    )
    potwierdzone_do = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = "wdrożenie"
        verbose_name_plural = "dziennik wdrożeń"
        ordering = [F("data").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="praktyki_wdrozenie_unique",
                fields=["praktyka", "jst"],
                violation_error_message="Ta jednostka jest już w dzienniku; zmień jej wiersz.",
            ),
            models.CheckConstraint(
                name="praktyki_wdrozenie_opis",
                condition=Q(status__in=("planujemy", "dziala")) | ~Q(co_zmieniono=""),
                violation_error_message="Napisz, co zmieniono albo dlaczego porzucono.",
            ),
            models.CheckConstraint(
                name="praktyki_wdrozenie_potwierdzone_do",
                condition=Q(potwierdzono__isnull=True, potwierdzone_do__isnull=True)
                | Q(
                    potwierdzono__isnull=False,
                    potwierdzone_do__isnull=False,
                    potwierdzone_do__gt=F("potwierdzono"),
                ),
                violation_error_message="Termin potwierdzenia wynika z jego daty.",
            ),
        ]

    def __str__(self):
        return f"{self.jst}: {self.get_status_display()}"

    def save(self, **kwargs):
        self._set_term()
        super().save(**kwargs)

    def clean(self):
        self._set_term()

    def _set_term(self):
        self.potwierdzone_do = self.potwierdzono and add_months(self.potwierdzono, MONTHS_CONFIRMED)

    def is_confirmed(self, day=None) -> bool:
        """Tell whether the unit confirmed this within the 18 months before `day` (default: today)."""
        return self.potwierdzone_do is not None and (day or timezone.localdate()) <= self.potwierdzone_do


def confirmed_q(now=None) -> Q:
    """Return the condition "a unit that runs the practice confirmed it within 18 months before `now`"."""
    today = timezone.localdate(now or timezone.now())
    rows = Wdrozenie.objects.filter(status__in=Wdrozenie.RUNNING, potwierdzone_do__gte=today)
    return Q(pk__in=rows.values("praktyka"))


def unconfirmed_q(now=None) -> Q:
    """Return the condition "has a log of adoptions in which nothing is confirmed"."""
    return Q(pk__in=Wdrozenie.objects.values("praktyka")) & ~confirmed_q(now)


def expiry_moments(rows, now) -> list:
    """Return `(moment, pk)` of the practices among `rows` that stop being confirmed: when each will."""
    today = timezone.localdate(now)
    confirmed = Wdrozenie.objects.filter(status__in=Wdrozenie.RUNNING, potwierdzone_do__gte=today)
    last_days = dict(confirmed.order_by().values_list("praktyka").annotate(Max("potwierdzone_do")))
    # By key: asked the other way round, SQLite walks through all practices.
    public = rows.order_by().filter(pk__in=list(last_days)).values_list("pk", flat=True)
    return [
        (timezone.make_aware(datetime.combine(last_days[key] + timedelta(days=1), time())), key)
        for key in public
    ]
