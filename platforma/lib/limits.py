"""Limits that hold in all processes together: buckets in the database, filled by one conditional UPDATE."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Kubelek(models.Model):
    """How often one thing was done by one sender in one stretch of time; the key tells nobody who it was."""

    key = models.CharField(max_length=40)
    window = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "platforma"
        verbose_name = "licznik limitu"
        verbose_name_plural = "liczniki limitów"
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="platforma_kubelek_key")]

    def __str__(self):
        return f"{self.key[:8]}: {self.count}"


def allow(what: str, who: str = "", *, most: int, seconds: int, now=None) -> bool:
    """Count one more `what` of `who` and return True; False where there were `most` in this stretch already.

    Stretches of `seconds` follow one another from 1970 on, so at a border twice as many may pass.
    """
    window = int((now or timezone.now()).timestamp()) // seconds
    key = salted_hmac("platforma.limits", f"{what}\n{who}", algorithm="sha256").hexdigest()[:40]
    bucket = Kubelek.objects.filter(key=key, window=window, count__lt=most)
    if bucket.update(count=F("count") + 1):
        return True
    ends_at = datetime.fromtimestamp((window + 1) * seconds, UTC)
    Kubelek.objects.bulk_create([Kubelek(key=key, window=window, ends_at=ends_at)], ignore_conflicts=True)
    return bool(bucket.update(count=F("count") + 1))


def forget_past(now=None) -> int:
    """Delete the buckets of past stretches; return how many there were."""
    return Kubelek.objects.filter(ends_at__lt=now or timezone.now()).delete()[0]
