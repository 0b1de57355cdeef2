"""Links by which somebody without an account previews one entry, and what they wrote there."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from platforma.lib.codes import new_code
from platforma.lib.desk_mail import tell_of_entry

DAYS, MOST_DAYS = 14, 90  # how long a link is good
MAX_COMMENT = 4000  # characters
MOST_COMMENTS = 20  # of one link in 24 hours
KEPT_DAYS = 30  # a comment after it was dealt with, a link after it ended


class LinkEnded(Exception):
    """The link was revoked, has expired or is gone while the comment was being written."""


class TooManyComments(Exception):
    """More comments came by one link in a day than a person writes."""


def digest(code: str) -> str:
    """Return what is stored of a code: nothing that opens the page, should the database be seen by others.

    Random bits need no salt, and looking a digest up takes no longer the more of a guess is right.
    """
    return hashlib.sha256(code.encode(errors="surrogatepass")).hexdigest()


class LinkPodgladuQuerySet(models.QuerySet):
    def issue(self, entry, *, by=None, dla_kogo="", days=DAYS, now=None) -> tuple["LinkPodgladu", str]:
        """Make a link to `entry`, good for `days`; return it with its code, which nobody can tell later."""
        now, code = now or timezone.now(), new_code()
        link = self.create(
            **{entry._meta.model_name: entry},
            code_hash=digest(code),
            dla_kogo=dla_kogo,
            created_by=by,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        return link, code

    def alive(self, now=None):
        """Return the links that open something at `now`."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())

    def of_code(self, code: str, now=None):
        """Return the link of `code` while it is good; None for an unknown, expired or revoked one alike."""
        return self.alive(now).filter(code_hash=digest(code)).select_related(*ENTRIES).first()

    def for_list(self):
        """Fetch what the editors' list shows, the newest first."""
        return self.select_related("created_by", "revoked_by").annotate(liczba_uwag=Count("uwagi"))

    def revoke(self, pk, *, by, now=None) -> bool:
        """End a link; False where it was revoked before."""
        return bool(
            self.filter(pk=pk, revoked_at=None).update(revoked_at=now or timezone.now(), revoked_by=by)
        )

    def forgotten(self, now=None):
        """Return the links that ended KEPT_DAYS ago and hold no comment."""
        before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
        return self.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before), uwagi=None)


class LinkPodgladu(models.Model):
    """A secret address of one entry's preview; who may change the entry makes it and revokes it."""

    praktyka = models.ForeignKey(
        "praktyki.Praktyka", null=True, blank=True, on_delete=models.CASCADE, related_name="linki_podgladu"
    )
    spotkanie = models.ForeignKey(
        "spotkania.Spotkanie", null=True, blank=True, on_delete=models.CASCADE, related_name="linki_podgladu"
    )
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    dla_kogo = models.CharField("dla kogo", max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto utworzył",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("utworzono", default=timezone.now)
    expires_at = models.DateTimeField("ważny do")
    opened_on = models.DateField("ostatnio otwarty", null=True, blank=True)
    revoked_at = models.DateTimeField("odwołano", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto odwołał",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = LinkPodgladuQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "link do podglądu"
        verbose_name_plural = "linki do podglądu"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="platforma_linkpodgladu_entry",
                condition=Q(praktyka__isnull=True, spotkanie__isnull=False)
                | Q(praktyka__isnull=False, spotkanie__isnull=True),
            ),
            models.CheckConstraint(
                name="platforma_linkpodgladu_expires", condition=Q(expires_at__gt=F("created_at"))
            ),
        ]

    def __str__(self):
        return self.dla_kogo

    @property
    def entry(self):
        return self.praktyka or self.spotkanie

    @property
    def is_alive(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def note_opened(self, day=None) -> None:
        """Remember the day, and no more than the day, on which the link was last opened."""
        day = day or timezone.localdate()
        if self.opened_on != day:
            type(self).objects.filter(pk=self.pk).update(opened_on=day)


ENTRIES = ("praktyka", "spotkanie")


class UwagaPodgladuQuerySet(models.QuerySet):
    def open(self):
        """Return the comments that wait for an editor."""
        return self.filter(done_at=None)

    def of_entry(self, entry):
        return self.filter(**{f"link__{entry._meta.model_name}": entry}).select_related("link", "done_by")

    def entries_of(self, model):
        """Return the keys of the rows of `model` that these comments are about."""
        key = f"link__{model._meta.model_name}"
        return self.filter(**{f"{key}__isnull": False}).values(key)

    def receive(self, link, tresc: str, ticket: str, now=None) -> "UwagaPodgladu":
        """Store a comment that came by `link`: the one place where they come in, one text of one ticket once.

        Raises LinkEnded and TooManyComments. The link's row is locked meanwhile, so that neither a revoked
        link nor the limit is passed by requests that come at once.
        """
        now = now or timezone.now()
        ticket = digest(f"{ticket} {tresc}")[:32]  # after „wstecz” a form with the same ticket may say more
        with transaction.atomic():
            if not LinkPodgladu.objects.alive(now).select_for_update().filter(pk=link.pk).exists():
                raise LinkEnded
            if known := self.filter(link=link, ticket=ticket).first():
                return known
            if self.filter(link=link, created_at__gt=now - timedelta(days=1)).count() >= MOST_COMMENTS:
                raise TooManyComments
            tell_of_entry(link.entry, "wpis_uwaga")
            return self.create(link=link, tresc=tresc, ticket=ticket, created_at=now)

    def mark_done(self, pk, *, by, now=None) -> bool:
        """Note who dealt with a comment; False where somebody had before."""
        return bool(self.open().filter(pk=pk).update(done_at=now or timezone.now(), done_by=by))

    def reopen(self, pk) -> bool:
        return bool(self.filter(pk=pk).exclude(done_at=None).update(done_at=None, done_by=None))

    def forgotten(self, now=None):
        """Return the comments that were dealt with KEPT_DAYS ago."""
        return self.filter(done_at__lt=(now or timezone.now()) - timedelta(days=KEPT_DAYS))


class UwagaPodgladu(models.Model):
    """What somebody wrote about an entry they previewed; it may hold personal data, so it is kept briefly."""

    link = models.ForeignKey(LinkPodgladu, on_delete=models.CASCADE, related_name="uwagi")
    ticket = models.CharField(max_length=32, editable=False)
    tresc = models.TextField("treść uwagi", max_length=MAX_COMMENT)
    created_at = models.DateTimeField("przyszła", default=timezone.now)
    done_at = models.DateTimeField("załatwiono", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto załatwił",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = UwagaPodgladuQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "uwaga z podglądu"
        verbose_name_plural = "uwagi z podglądu"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["link", "ticket"], name="platforma_uwaga_ticket")]

    def __str__(self):
        return f"{self.link}: {self.created_at:%Y-%m-%d}"
