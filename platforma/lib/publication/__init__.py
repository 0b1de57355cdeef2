"""Publication: the states of an entry, who moved it, and the one door to the public.

Every page, list, export, feed and file starts from `.published()`. States move only by the methods of
`Publishable`, each exactly once however many press at the same time; the database refuses rows that
contradict them. What is public is looked at anew before `przeglad_do`, and a note says who did so.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from platforma.lib.publication.readiness import Need
from platforma.lib.publication.transitions import (  # noqa: F401  (the names belong to publication)
    NotReadyError,
    Status,
    TransitionError,
    Transitions,
    review_day,
)


def published_q(prefix: str = "", now=None) -> Q:
    """Return the condition "is public at `now`", for the row itself or for one reached by `prefix`."""
    return _state_q([Status.PUBLISHED], prefix, now)


def readable_q(prefix: str = "", now=None) -> Q:
    """Return the condition "answers at its own address": public, or archived and shown with a notice."""
    return _state_q([Status.PUBLISHED, Status.ARCHIVED], prefix, now)


def _state_q(states, prefix, now):
    lookup = f"{prefix}__" if prefix else ""
    return Q(**{f"{lookup}status__in": states, f"{lookup}published_at__lte": now or timezone.now()})


def published_count(model, relation: str, now=None):
    """Return the expression "how many public rows `relation` leads to", counted apart from any other join."""
    field = model._meta.get_field(relation)
    rows = field.related_model.objects.published(now).filter(**{field.field.name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(field.field.name).annotate(n=Count("pk")).values("n")), 0)


class PublishableQuerySet(models.QuerySet):
    """The verbs that decide what a reader may see."""

    def published(self, now=None):
        """Return the rows that are public at `now` (default: the present)."""
        return self.filter(published_q(now=now))

    def scheduled(self, now=None):
        """Return the rows that wait for their date of publication."""
        return self.filter(status=Status.PUBLISHED, published_at__gt=now or timezone.now())

    def readable(self, now=None):
        """Return the rows that answer at their own address: public ones, and archived ones with a notice."""
        return self.filter(readable_q(now=now))

    def overdue(self, now=None):
        """Return the public rows whose day of review has passed."""
        return self.published(now).filter(przeglad_do__lt=timezone.localdate(now))

    def credit(self, user) -> None:
        """Count `user` among the authors of these rows, where their forms did not; one statement for all."""
        link = self.model.contributors.through
        entry = self.model.contributors.field.m2m_column_name()
        keys = self.values_list("pk", flat=True)
        rows = (link(**{entry: key, "user_id": user.pk}) for key in keys)
        link.objects.bulk_create(rows, ignore_conflicts=True)

    def due_by(self, day: date, now=None):
        """Return the public rows whose day of review comes by `day`, those overdue among them."""
        return self.published(now).filter(przeglad_do__lte=day)


def _account(name: str) -> models.ForeignKey:
    """Return the field of a person whom the entry outlives."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class Publishable(Transitions, models.Model):
    """An entry that is written, checked, published and one day archived."""

    found = None  # what a search that found it marked in its texts, see `Kind.mark`

    status = models.CharField(
        "stan", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField("data publikacji", null=True, blank=True, editable=False)
    status_reason = models.TextField("powód cofnięcia lub archiwizacji", blank=True, editable=False)
    status_changed_at = models.DateTimeField("data zmiany stanu", null=True, blank=True, editable=False)
    status_changed_by = _account("kto zmienił stan")
    successor = models.ForeignKey(
        "self",
        verbose_name="następca",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        help_text="Wpis, który zastępuje ten po przeniesieniu do archiwum.",
    )
    first_published_at = models.DateTimeField("pierwsza publikacja", null=True, blank=True, editable=False)
    przeglad_do = models.DateField("przejrzeć do", null=True, blank=True, editable=False)
    checked_at = models.DateTimeField("ostatnio sprawdzono", null=True, blank=True, editable=False)
    checked_by = _account("kto sprawdził")
    created_by = _account("kto utworzył")
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="kto zmieniał od ostatniej publikacji",
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_at",
                condition=Q(status__in=(Status.PUBLISHED, Status.ARCHIVED), published_at__isnull=False)
                | Q(status__in=(Status.DRAFT, Status.REVIEW), published_at__isnull=True),
                violation_error_message="Datę publikacji ma wpis opublikowany i tylko on.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_own_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=models.F("pk")),
                violation_error_message="Wpis nie może zastępować sam siebie.",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "published_at"], name="%(app_label)s_%(class)s_public"),
        ]

    def save(self, **kwargs):
        if kwargs.get("update_fields") is None and self.published_at:
            self.first_published_at = self.first_published_at or self.published_at
            if self.status == Status.PUBLISHED and self.przeglad_do is None:
                self.przeglad_do = review_day(self.published_at)
        super().save(**kwargs)

    def is_published(self, now=None) -> bool:
        """Tell whether a reader may see the entry in lists at `now`."""
        return self.status == Status.PUBLISHED and self.published_at <= (now or timezone.now())

    def is_readable(self, now=None) -> bool:
        """Tell whether the entry answers at its own address at `now`: public, or archived with a notice."""
        return self.is_archived or self.is_published(now)

    def is_scheduled(self, now=None) -> bool:
        """Tell whether the entry waits for its date of publication."""
        return self.status == Status.PUBLISHED and not self.is_published(now)

    def is_overdue(self, now=None) -> bool:
        """Tell whether the day of review of a public entry has passed."""
        due = self.przeglad_do
        return due is not None and self.is_published(now) and due < timezone.localdate(now)

    @property
    def is_archived(self) -> bool:
        return self.status == Status.ARCHIVED

    def public_successor(self, now=None):
        """Return the entry that replaces this one, or what replaces that in turn, if readers may see it."""
        seen, entry = {self.pk}, self.successor
        while entry and entry.is_archived and entry.pk not in seen:
            seen.add(entry.pk)
            entry = entry.successor
        return entry if entry and entry.is_published(now) else None

    def needs(self) -> list[Need]:
        """Return what makes an entry of this kind a good one, and which of it this one has."""
        return []
