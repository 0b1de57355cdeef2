"""Speakers: one person across all meetings."""

from django.db import models
from django.urls import reverse

from platforma.lib.fields import AutoSlugField, SortKeyField
from platforma.lib.publication import published_q, readable_q


class PrelegentQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the people who spoke at a public meeting."""
        return self._named(published_q("wystapienia__spotkanie", now))

    def readable(self, now=None):
        """Return the people named by a meeting that readers can open; nobody else is shown to them."""
        spoke, stated = readable_q("wystapienia__spotkanie", now), readable_q("wypowiedzi__spotkanie", now)
        return self._named(spoke) | self._named(stated)

    def _named(self, condition):
        return self.filter(pk__in=self.model.objects.filter(condition).values("pk"))

    def with_published_counts(self, now=None):
        """Annotate `liczba_spotkan`: at how many public meetings each person spoke."""
        public = published_q("wystapienia__spotkanie", now)
        return self.annotate(
            liczba_spotkan=models.Count("wystapienia__spotkanie", filter=public, distinct=True),
        ).order_by(*self.model._meta.ordering)  # grouping would drop it


class Prelegent(models.Model):
    """One person across all meetings. Role and organisation belong to the meeting, not to the person."""

    imie = models.CharField("imię", max_length=60)
    nazwisko = models.CharField("nazwisko", max_length=80)
    slug = AutoSlugField("imie_nazwisko")
    notka = models.TextField("notka", blank=True, help_text="Publiczna tylko z odnotowaną zgodą.")
    zdjecie = models.FileField(
        "zdjęcie", upload_to="prelegenci/", blank=True, help_text="Publiczne tylko ze zgodą."
    )
    www = models.URLField("strona internetowa", max_length=500, blank=True)
    zgoda = models.DateField("data zgody na notkę i zdjęcie", null=True, blank=True)
    sort_key = SortKeyField("nazwisko", "imie")
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = PrelegentQuerySet.as_manager()

    class Meta:
        verbose_name = "prelegent"
        verbose_name_plural = "prelegenci"
        ordering = ["sort_key", "slug"]

    def __str__(self):
        return self.imie_nazwisko

    def get_absolute_url(self):
        return reverse("spotkania:prelegent_detail", args=[self.slug])

    @property
    def imie_nazwisko(self) -> str:
        return f"{self.imie} {self.nazwisko}"

    @property
    def publiczna_notka(self) -> str:
        return self.notka if self.zgoda else ""
