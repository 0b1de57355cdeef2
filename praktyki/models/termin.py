"""Days of the year that the law fixes for every unit of local government."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import date_format

from platforma.lib.fields import AutoSlugField

LEAP_YEAR = 2000


class TerminRoczny(models.Model):
    """A duty with a fixed last day, said in relation to the year in which a task starts."""

    class Rok(models.IntegerChoices):
        PRZED = -1, "rok przed zadaniem"
        ZADANIA = 0, "rok zadania"
        PO = 1, "rok po zadaniu"

    nazwa = models.CharField("co trzeba zrobić", max_length=160, unique=True)
    slug = AutoSlugField()
    opis = models.TextField("objaśnienie", blank=True)
    dzien = models.PositiveSmallIntegerField(
        "dzień", validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    miesiac = models.PositiveSmallIntegerField(
        "miesiąc", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    rok = models.SmallIntegerField("rok", choices=Rok.choices, default=Rok.ZADANIA)
    podstawa = models.CharField("podstawa", max_length=300)
    zrodlo_url = models.URLField("adres źródła", max_length=800, blank=True)
    zweryfikowano = models.DateField(
        "zweryfikowano",
        null=True,
        blank=True,
        help_text="Puste: strona pokaże, że termin czeka na potwierdzenie.",
    )
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    class Meta:
        verbose_name = "termin roczny"
        verbose_name_plural = "terminy roczne"
        ordering = ["rok", "miesiac", "dzien", "slug"]

    def __str__(self):
        return self.nazwa

    def clean(self):
        if (
            self.dzien
            and self.miesiac in range(1, 13)
            and self.dzien > monthrange(LEAP_YEAR, self.miesiac)[1]
        ):
            raise ValidationError({"dzien": "Ten miesiąc nie ma tylu dni."})

    @property
    def dzien_roku(self) -> str:
        """The day in words: "30 listopada"."""
        return date_format(self._day(LEAP_YEAR), "j E")

    def day_for(self, year: int) -> date:
        """Return its day for a task that starts in `year`; 29 February is the 28th where there is none."""
        return self._day(year + self.rok)

    def _day(self, year):
        return date(year, self.miesiac, min(self.dzien, monthrange(year, self.miesiac)[1]))
