"""The numbers that law sets for instruments, each with the days it is in force."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from platforma.lib import polish


class ParametrPrawnyQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """Return the parameters valid on `day` (default: today in Poland)."""
        day = day or timezone.localdate()
        return self.filter(Q(obowiazuje_do__isnull=True) | Q(obowiazuje_do__gte=day), obowiazuje_od__lte=day)

    def of_changed_keys(self):
        """Return the values whose key has another value too, before or after them."""
        others = self.model.objects.filter(klucz=OuterRef("klucz")).exclude(pk=OuterRef("pk"))
        return self.filter(Exists(others))

    def by_key(self, day=None) -> dict[str, "ParametrPrawny"]:
        """Return what texts quote: each key with its value on `day`."""
        return {parametr.klucz: parametr for parametr in self.in_force(day).select_related("instrument")}


class ParametrPrawny(models.Model):
    """A number set by law, with the days it is valid; both ends belong to the range.

    Ranges of one `klucz` never overlap: PostgreSQL refuses them by an exclusion constraint, SQLite by
    `clean()` and the unique start.
    """

    class Jednostka(models.TextChoices):
        ZL = "zl", "zł"
        EURO = "euro", "euro"
        DNI = "dni", "dni"
        PROCENT = "procent", "%"

    instrument = models.ForeignKey("Instrument", on_delete=models.CASCADE, related_name="parametry")
    klucz = models.SlugField(
        "klucz", max_length=60, help_text="Wspólny dla kolejnych wartości tej samej liczby."
    )
    nazwa = models.CharField("nazwa", max_length=160)
    wartosc = models.DecimalField("wartość", max_digits=14, decimal_places=2)
    jednostka = models.CharField("jednostka", max_length=10, choices=Jednostka.choices, default=Jednostka.ZL)
    obowiazuje_od = models.DateField("obowiązuje od")
    obowiazuje_do = models.DateField("obowiązuje do", null=True, blank=True, help_text="Puste: nadal.")
    podstawa = models.CharField("podstawa", max_length=300, blank=True)
    zrodlo_url = models.URLField("adres źródła", max_length=800, blank=True)
    zweryfikowano = models.DateField(
        "zweryfikowano",
        null=True,
        blank=True,
        help_text="Puste: strona pokaże, że liczba czeka na potwierdzenie.",
    )

    objects = ParametrPrawnyQuerySet.as_manager()

    class Meta:
        verbose_name = "parametr prawny"
        verbose_name_plural = "parametry prawne"
        ordering = ["klucz", "-obowiazuje_od"]
        constraints = [
            models.UniqueConstraint(
                fields=["klucz", "obowiazuje_od"],
                name="praktyki_parametr_start",
                violation_error_message="Ten parametr ma już wartość od tego dnia.",
            ),
            models.CheckConstraint(
                name="praktyki_parametr_range",
                condition=Q(obowiazuje_do__isnull=True) | Q(obowiazuje_do__gte=F("obowiazuje_od")),
                violation_error_message="Koniec obowiązywania nie może być wcześniejszy niż początek.",
            ),
        ]

    def __str__(self):
        return f"{self.nazwa}: {polish.number(self.wartosc)} {self.get_jednostka_display()}"

    def get_absolute_url(self):
        """Return the address of its value and history among the limits of its instrument."""
        return f"{self.instrument.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"parametr-{self.klucz}"

    @property
    def is_ahead(self) -> bool:
        return self.obowiazuje_od > timezone.localdate()

    @property
    def w_liczbach(self) -> str:
        """The value with its unit, the way Poles write it; the spaces do not break."""
        space = "" if self.jednostka == self.Jednostka.PROCENT else "\u00a0"
        return f"{polish.amount(self.wartosc)}{space}{self.get_jednostka_display()}"

    def clean(self):
        if self.obowiazuje_od and self.overlapping().exists():
            raise ValidationError("Okres obowiązywania nachodzi na inną wartość tego samego parametru.")

    def overlapping(self):
        """Return other rows of the same key whose days meet this one's."""
        others = ParametrPrawny.objects.filter(klucz=self.klucz).exclude(pk=self.pk)
        if self.obowiazuje_do:
            others = others.filter(obowiazuje_od__lte=self.obowiazuje_do)
        return others.filter(Q(obowiazuje_do__isnull=True) | Q(obowiazuje_do__gte=self.obowiazuje_od))

    def is_in_force(self, day=None) -> bool:
        day = day or timezone.localdate()
        return self.obowiazuje_od <= day and (self.obowiazuje_do is None or day <= self.obowiazuje_do)


@dataclass(frozen=True)
class LegalParameter:
    """One number set by law: its value in force, if any, and all its values, newest first."""

    nazwa: str
    aktualny: ParametrPrawny | None
    historia: list[ParametrPrawny]

    @property
    def anchor(self) -> str:
        return self.historia[0].anchor
