from django.db import models
from django.db.models import Q


class ZrodloBase(models.Model):
    """A published source of what an entry says; known by its title even where its address is lost."""

    tytul = models.CharField("tytuł", max_length=300)
    url = models.URLField("adres", max_length=800, blank=True)
    wydawca = models.CharField("wydawca", max_length=200, blank=True)
    rok = models.PositiveSmallIntegerField("rok", null=True, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        abstract = True
        verbose_name = "źródło"
        verbose_name_plural = "źródła"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_rok",
                condition=Q(rok__isnull=True) | Q(rok__range=(1900, 2100)),
                violation_error_message="Rok źródła musi leżeć między 1900 a 2100.",
            ),
        ]

    def __str__(self):
        return self.tytul
