"""Publication: the states of an entry, who moved it, and the one door to the public.

Every page, list, export, feed and file starts from `.published()`. States move only by the methods of
`Publishable`; the database refuses rows that contradict them.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone


class Status(models.TextChoices):
    """The four states; a *scheduled* entry is a published one whose `published_at` lies ahead."""

    DRAFT = "draft", "szkic"
    REVIEW = "review", "do sprawdzenia"
    PUBLISHED = "published", "opublikowane"
    ARCHIVED = "archived", "w archiwum"


class TransitionError(Exception):
    """The entry's state does not allow the step; the text is a Polish sentence for the editor."""


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


class Publishable(models.Model):
    """An entry that is written, checked, published and one day archived."""

    found = None  # what a search that found it marked in its texts, see `Kind.mark`

    status = models.CharField(
        "stan", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField("data publikacji", null=True, blank=True, editable=False)
    status_reason = models.TextField("powód cofnięcia lub archiwizacji", blank=True, editable=False)
    status_changed_at = models.DateTimeField("data zmiany stanu", null=True, blank=True, editable=False)
    status_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto zmienił stan",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name="następca",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        help_text="Wpis, który zastępuje ten po przeniesieniu do archiwum.",
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

    def is_published(self, now=None) -> bool:
        """Tell whether a reader may see the entry in lists at `now`."""
        return self.status == Status.PUBLISHED and self.published_at <= (now or timezone.now())

    def is_scheduled(self, now=None) -> bool:
        """Tell whether the entry waits for its date of publication."""
        return self.status == Status.PUBLISHED and not self.is_published(now)

    @property
    def is_archived(self) -> bool:
        return self.status == Status.ARCHIVED

    def public_successor(self, now=None):
        """Return the entry that replaces this one, if readers may see it."""
        return self.successor if self.successor and self.successor.is_published(now) else None

    def submit(self, *, by=None, now=None):
        """Draft → review."""
        self._move(Status.DRAFT, to=Status.REVIEW, by=by, now=now)

    def send_back(self, *, by=None, reason="", now=None):
        """Review or published → draft, with the reason the author will read."""
        self._move(
            Status.REVIEW, Status.PUBLISHED, to=Status.DRAFT, by=by, reason=reason, published_at=None, now=now
        )

    def publish(self, *, by=None, at=None, now=None):
        """Review or archived → published, public from `at` (default: at once)."""
        now = now or timezone.now()
        self._move(
            Status.REVIEW, Status.ARCHIVED, to=Status.PUBLISHED, by=by, published_at=at or now, now=now
        )

    def archive(self, *, by=None, reason="", now=None):
        """Published → archived: gone from lists, still readable at its address with a notice."""
        now = now or timezone.now()
        if self.is_scheduled(now):
            raise TransitionError(
                "Wpisu zaplanowanego nie można przenieść do archiwum; można go cofnąć do szkicu."
            )
        self._move(
            Status.PUBLISHED,
            to=Status.ARCHIVED,
            by=by,
            reason=reason,
            published_at=self.published_at,
            now=now,
        )

    def _move(self, *sources, to, by, now, reason="", published_at=None):
        if self.status not in sources:
            raise TransitionError(
                f"Nie można zmienić stanu „{self.get_status_display()}” na „{Status(to).label}”."
            )
        self.status = to
        self.published_at = published_at
        self.status_reason = reason
        self.status_changed_by = by
        self.status_changed_at = now or timezone.now()
        self.save()
