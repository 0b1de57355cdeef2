"""Transitions: how an entry passes from state to state, each decided exactly once, and its reviews."""

from contextlib import contextmanager
from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format

from platforma.lib.dates import add_months
from platforma.lib.desk_mail import tell_of_entry
from platforma.lib.publication.readiness import Need, lacking

REVIEW_MONTHS = 12  # how long what is public counts as true without a look at it
MAX_REVIEW_MONTHS = 24  # a day further ahead would be no review at all
MAX_AHEAD_MONTHS = 24  # a publication planned later is a slip of the pen
SEND_BACK_ASKS = "Napisz, co trzeba poprawić: przeczyta to autor."
ARCHIVE_ASKS = "Napisz, dlaczego wpis trafia do archiwum: przeczytają to czytelnicy."
DUE_ASKS = "Podaj dzień, do którego trzeba przejrzeć wpis."
TOO_FAR_AHEAD = f"Zaplanuj publikację najdalej za {MAX_AHEAD_MONTHS} miesiące."
STATE_FIELDS = (
    *("status", "published_at", "first_published_at", "status_reason", "status_changed_at"),
    *("status_changed_by", "successor", "przeglad_do", "checked_at", "checked_by"),
)


class Status(models.TextChoices):
    """The four states; a *scheduled* entry is a published one whose `published_at` lies ahead."""

    DRAFT = "draft", "szkic"
    REVIEW = "review", "do sprawdzenia"
    PUBLISHED = "published", "opublikowane"
    ARCHIVED = "archived", "w archiwum"


class TransitionError(Exception):
    """The entry's state does not allow the step; the text is a Polish sentence for the editor."""


class NotReadyError(TransitionError):
    """The entry lacks what must be there before publication: `needs`."""

    def __init__(self, needs: list[Need]):
        names = ", ".join(f"„{need.label}”" for need in needs)
        super().__init__(f"Przed publikacją trzeba uzupełnić: {names}.")
        self.needs = needs


def review_day(moment: datetime) -> date:
    """Return the day by which what was published, or checked, at `moment` is to be looked at again."""
    return add_months(timezone.localdate(moment), REVIEW_MONTHS)


def is_review_day(due: date, since: datetime) -> bool:
    """Tell whether what was published, or checked, at `since` may wait for its review until `due`."""
    day = timezone.localdate(since)
    return day < due <= add_months(day, MAX_REVIEW_MONTHS)


def is_too_far_ahead(at: datetime, now: datetime | None = None) -> bool:
    """Tell whether a publication at `at` is planned later than anybody plans one."""
    return timezone.localdate(at) > add_months(timezone.localdate(now), MAX_AHEAD_MONTHS)


def date_published_rows(model) -> None:
    """Give the rows that came before these fields their first publication and their day of review.

    For migrations: `model` is a historical one, whose `save()` derives nothing.
    """
    for row in model.objects.filter(published_at__isnull=False, first_published_at__isnull=True):
        row.first_published_at = row.published_at
        row.przeglad_do = review_day(row.published_at) if row.status == Status.PUBLISHED else None
        row.save(update_fields=["first_published_at", "przeglad_do"])


class Transitions:
    """Mixin of `Publishable`: its steps as methods, which refuse with a `TransitionError` in Polish."""

    def publication_bar(self, by) -> str:
        """Return the Polish sentence why `by` may not publish it under the rule of two people, or ""."""
        if not settings.TWO_PERSON_RULE:
            return ""
        if by is None:
            return "Obowiązuje zasada dwóch osób, a nie wiadomo, kto publikuje."
        if by.pk not in self._author_keys():
            return ""
        return (
            "Obowiązuje zasada dwóch osób: ten wpis opublikuje ktoś inny niż osoba, która go utworzyła, "
            "przekazała do sprawdzenia albo zmieniała od ostatniej publikacji."
        )

    def _author_keys(self) -> set[int]:
        keys = set(self.contributors.values_list("pk", flat=True))
        return keys if self.first_published_at or not self.created_by_id else keys | {self.created_by_id}

    def submit(self, *, by=None, now=None):
        """Draft → review."""
        with self._turn(Status.DRAFT, to=Status.REVIEW, by=by, now=now):
            if by is not None:
                self.contributors.add(by)

    def send_back(self, *, by=None, reason="", now=None):
        """Review or published → draft, with the reason the author will read."""
        if not reason.strip():
            raise TransitionError(SEND_BACK_ASKS)
        now = now or timezone.now()
        with self._turn(Status.REVIEW, Status.PUBLISHED, to=Status.DRAFT, by=by, now=now, reason=reason):
            self._tell_author(by)
            self.first_published_at = self._first_seen(now)
            self.published_at = self.przeglad_do = self.checked_at = self.checked_by = None

    def _tell_author(self, by):
        """Write to who made the entry, else to who submitted it; nobody is told of their own step."""
        submitter = self.status_changed_by if self.status == Status.REVIEW else None
        author = self.created_by or submitter
        if author is None or author != by:
            tell_of_entry(self, "wpis_cofniety", user=author)

    def _first_seen(self, now) -> datetime | None:
        """Return the moment since when readers could have seen the entry; None where none could yet."""
        first = self.first_published_at or self.published_at
        return first if first and first <= now else None

    def publish(self, *, by=None, at: datetime | None = None, due: date | None = None, now=None):
        """Review or archived → published, public from `at` (default: at once), to be reviewed by `due`.

        Refused while something required is missing, and under the rule of two people to its authors.
        """
        now = now or timezone.now()
        with self._turn(Status.REVIEW, Status.ARCHIVED, to=Status.PUBLISHED, by=by, now=now):
            stored = type(self)._base_manager.get(pk=self.pk)
            if missing := lacking(stored.needs(), required=True):
                raise NotReadyError(missing)
            if bar := self.publication_bar(by):
                raise TransitionError(bar)
            if at and is_too_far_ahead(at, now):
                raise TransitionError(TOO_FAR_AHEAD)
            self._set_review(due, at or now)
            self.published_at = at or now
            self.first_published_at = self.first_published_at or self.published_at
            self.checked_at = self.checked_by = None
            self.contributors.clear()

    def archive(self, *, by=None, reason="", successor=None, now=None):
        """Published → archived: gone from lists, still readable at its address with a notice.

        Readers see the reason, and the successor once it is public itself.
        """
        if not reason.strip():
            raise TransitionError(ARCHIVE_ASKS)
        if successor is not None and successor.pk == self.pk:
            raise TransitionError("Wpis nie może zastępować sam siebie.")
        now = now or timezone.now()
        with self._turn(Status.PUBLISHED, to=Status.ARCHIVED, by=by, now=now, reason=reason):
            if self.is_scheduled(now):
                raise TransitionError(
                    "Wpisu zaplanowanego nie można przenieść do archiwum; można go cofnąć do szkicu."
                )
            self.successor = successor or self.successor
            self.przeglad_do = None

    def confirm(self, *, by=None, due: date | None = None, now=None):
        """Note that `by` looked at the public entry and it still holds; the next review is by `due`."""
        now = now or timezone.now()
        with self._public_row(now):
            self._set_review(due, now)
            self.checked_at, self.checked_by = now, by

    def plan_review(self, *, by=None, due: date | None = None, now=None):
        """Move the day of review without saying that anybody looked; the admin's log says who moved it."""
        now = now or timezone.now()
        if due is None:
            raise TransitionError(DUE_ASKS)
        with self._public_row(now):
            self._set_review(due, now)

    def _set_review(self, due, since):
        if due is not None and not is_review_day(due, since):
            raise TransitionError(
                f"Dzień przeglądu musi leżeć po {date_format(timezone.localdate(since), 'j E Y')} "
                f"i najdalej {MAX_REVIEW_MONTHS} miesiące później."
            )
        self.przeglad_do = due or review_day(since)

    @contextmanager
    def _public_row(self, now):
        """Lock the row, and save its review afterwards; neither its state nor its content changes."""
        with transaction.atomic():
            self._lock()
            if not self.is_published(now):
                raise TransitionError("Przegląd dotyczy tylko wpisu, który jest publiczny.")
            yield
            self.save(update_fields=["przeglad_do", "checked_at", "checked_by"])

    @contextmanager
    def _turn(self, *sources, to, by, now, reason=""):
        """Decide a step once: lock the row, see that its state is still the known one, save it afterwards."""
        with transaction.atomic():
            known = self.status
            self._lock()
            if self.status != known:
                raise TransitionError(f"Stan wpisu zmienił się w międzyczasie: {self.state_in_words()}.")
            if self.status not in sources:
                raise TransitionError(
                    f"Nie można zmienić stanu „{self.get_status_display()}” na „{Status(to).label}”."
                )
            yield
            self.status, self.status_reason = to, reason.strip()
            self.status_changed_by, self.status_changed_at = by, now or timezone.now()
            self.save(update_fields=[*STATE_FIELDS, "updated_at"])

    def _lock(self):
        """Hold the row until the transaction ends and read its state; SQLite holds the whole database."""
        rows = type(self)._base_manager.select_for_update(no_key=True)
        try:
            self.refresh_from_db(fields=STATE_FIELDS, from_queryset=rows)
        except type(self).DoesNotExist:
            raise TransitionError("Tego wpisu już nie ma: ktoś go usunął.") from None

    def state_in_words(self) -> str:
        """Return the state, since when and by whom, as part of a sentence for editors."""
        words = f"jest „{self.get_status_display()}”"
        if self.status_changed_at:
            words += f" od {date_format(timezone.localtime(self.status_changed_at), 'j E Y, H:i')}"
        if person := self.status_changed_by:
            words += f" ({person.get_full_name() or person.get_username()})"
        return words
