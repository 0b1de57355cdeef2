"""Instruments of financial cooperation: what each is, what the law says, who may use it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from platforma.lib import legal_clock
from platforma.lib.fields import AutoSlugField, FoldedTextField
from platforma.lib.publication import published_count

from .cytat import QuotingTextField
from .parametr import LegalParameter
from .termin import TerminRoczny
from .zrodlo import ZrodloBase

MOST_DAYS = 3650  # of one step: ten years
LINES_HELP = "Każda pozycja w osobnym wierszu."


class InstrumentQuerySet(models.QuerySet):
    def for_page(self):
        """Fetch everything an instrument's page shows, in a constant number of queries."""
        return self.prefetch_related("kroki", "podstawy_prawne", "parametry", "aliasy", "zrodla")

    def judged(self):
        """Return the instruments that the chooser has rules about, in the order that decides a tie."""
        ruled = self.filter(reguly_kreatora__isnull=False).distinct()
        return ruled.order_by("kolejnosc_remisu", "kolejnosc", "slug")

    def with_published_counts(self, now=None):
        """Annotate `liczba_praktyk` and `liczba_spotkan`: the public entries of each instrument."""
        return self.annotate(
            liczba_praktyk=published_count(self.model, "praktyki", now),
            liczba_spotkan=published_count(self.model, "spotkania", now),
        )


class Instrument(models.Model):
    class Dokladnosc(models.TextChoices):
        DZIEN = "dzien", "dzień"
        ROK = "rok", "rok"
        SZACUNEK = "szacunek", "szacunek"

    nazwa = models.CharField("pełna nazwa", max_length=120, unique=True)
    nazwa_krotka = models.CharField(
        "krótka nazwa", max_length=40, blank=True, help_text="Na kartach i w filtrach; pusta = pełna nazwa."
    )
    nazwa_mnoga = models.CharField("nazwa w liczbie mnogiej", max_length=120)
    slug = AutoSlugField()
    kolejnosc = models.PositiveSmallIntegerField("kolejność", default=100)
    kolejnosc_remisu = models.PositiveSmallIntegerField(
        "kolejność przy remisie", default=100, help_text="W kreatorze, przy równej liczbie punktów."
    )
    definicja = models.TextField("definicja")
    kto_moze_otrzymac = models.TextField("kto może otrzymać", blank=True, help_text=LINES_HELP)
    kto_inicjuje = models.TextField("kto inicjuje", blank=True)
    tryb_wyboru = models.TextField("tryb wyboru", blank=True)
    limit_kwoty = QuotingTextField(
        "limit kwoty", blank=True, help_text="Opis słowny; liczby wpisz w parametrach prawnych."
    )
    limit_czasu = QuotingTextField("limit czasu", blank=True)
    zalety = QuotingTextField("zalety", blank=True, help_text=LINES_HELP)
    ograniczenia = QuotingTextField("ograniczenia", blank=True, help_text=LINES_HELP)
    dokumenty = models.TextField("potrzebne dokumenty", blank=True, help_text=LINES_HELP)
    kiedy_stosowac = QuotingTextField("kiedy stosować", blank=True)
    kiedy_nie_stosowac = QuotingTextField("kiedy nie stosować", blank=True)
    stan_prawny = models.DateField(
        "stan prawny na dzień",
        null=True,
        blank=True,
        help_text="Dzień, na który fakty potwierdza najnowsze źródło.",
    )
    stan_prawny_dokladnosc = models.CharField(
        "dokładność daty", max_length=10, choices=Dokladnosc.choices, default=Dokladnosc.DZIEN
    )
    stan_prawny_uwagi = models.TextField("uwagi o stanie prawnym", blank=True)
    do_potwierdzenia = models.TextField(
        "do potwierdzenia", blank=True, help_text="Co w opisie czeka na potwierdzenie. " + LINES_HELP
    )
    search_text = FoldedTextField("nazwa", "nazwa_mnoga", "definicja", "kiedy_stosowac")
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "instrument"
        verbose_name_plural = "instrumenty"
        ordering = ["kolejnosc", "slug"]

    def __str__(self):
        return self.etykieta

    def get_absolute_url(self):
        return reverse("praktyki:instrument_detail", args=[self.slug])

    @property
    def etykieta(self) -> str:
        return self.nazwa_krotka or self.nazwa

    @property
    def stan_slownie(self) -> str:
        """The day of the law it describes, no more exact than it is known: "1 stycznia 2026", "ok. 2021"."""
        form = {
            self.Dokladnosc.DZIEN: "j E Y",
            self.Dokladnosc.ROK: "Y",
            self.Dokladnosc.SZACUNEK: r"\o\k. Y",
        }
        return date_format(self.stan_prawny, form[self.stan_prawny_dokladnosc]) if self.stan_prawny else ""

    @property
    def inne_nazwy(self) -> list["AliasInstrumentu"]:
        return [alias for alias in self.aliasy.all() if not alias.mylona]

    @property
    def mylone_nazwy(self) -> list["AliasInstrumentu"]:
        return [alias for alias in self.aliasy.all() if alias.mylona]

    def published_documents(self):
        """Return the public templates, by-laws and resolutions of the instrument and of its practices."""
        materials = Instrument._meta.get_field("materialy").related_model.objects
        return materials.published().documents().about_instrument(self).for_list()

    def legal_parameters(self, day=None) -> list[LegalParameter]:
        """Return each legal number with its value on `day` (default: today) and its history."""
        by_key = {}
        for parametr in self.parametry.all():
            by_key.setdefault(parametr.klucz, []).append(parametr)
        return [
            LegalParameter(rows[0].nazwa, next((row for row in rows if row.is_in_force(day)), None), rows)
            for rows in by_key.values()
        ]

    def legal_changes(self, day=None) -> list[legal_clock.Change]:
        """Return what has changed in its legal numbers since it was described, and what will."""
        return changes_of([self], self.stan_prawny, day)


def changes_of(instruments, described_on, day=None) -> list[legal_clock.Change]:
    """Compare the legal numbers of `instruments` on the day of a description with those on `day` (today)."""
    values = [parametr for instrument in instruments for parametr in instrument.parametry.all()]
    return legal_clock.changes(values, described_on, day or timezone.localdate())


class AliasInstrumentu(models.Model):
    """Another name people use for an instrument, by which search finds it; or one it is confused with."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="aliasy")
    nazwa = models.CharField("inna nazwa", max_length=120)
    uwaga = models.CharField("uwaga", max_length=200, blank=True, help_text="Np. „nazwa z ustawy”.")
    mylona = models.BooleanField(
        "tylko mylona",
        default=False,
        help_text="To co innego: wyszukiwarka nie prowadzi stąd do instrumentu.",
    )
    search_text = FoldedTextField("szukana_nazwa")
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "inna nazwa"
        verbose_name_plural = "inne nazwy"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "nazwa"],
                name="praktyki_alias_unique",
                violation_error_message="Ten instrument ma już taką nazwę.",
            ),
        ]

    def __str__(self):
        return self.nazwa

    @property
    def szukana_nazwa(self) -> str:
        return "" if self.mylona else self.nazwa


class KrokInstrumentu(models.Model):
    """One step of the procedure, in order; how long it takes is known only where a source says so."""

    class Rodzaj(models.TextChoices):
        PRZEPIS = "przepis", "przepis"
        ZWYCZAJ = "zwyczaj", "praktyka urzędów"

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="kroki")
    tresc = QuotingTextField("krok")
    po_starcie = models.BooleanField(
        "od startu zadania", default=False, help_text="Realizacja i wszystko, co następuje po niej."
    )
    termin = models.ForeignKey(
        TerminRoczny,
        verbose_name="stały termin",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="kroki",
        help_text="Krok sprzed startu, który prawo każe skończyć do tego dnia roku.",
    )
    dni_min = models.PositiveSmallIntegerField("dni co najmniej", null=True, blank=True)
    dni_max = models.PositiveSmallIntegerField("dni najwyżej", null=True, blank=True)
    dni_robocze = models.BooleanField("dni robocze", default=False)
    dni_rodzaj = models.CharField("skąd czas", max_length=10, choices=Rodzaj.choices, default=Rodzaj.PRZEPIS)
    dni_podstawa = models.CharField(
        "podstawa czasu",
        max_length=300,
        blank=True,
        help_text="Przepis albo dokument; bez niej nie podawaj dni.",
    )
    dni_zrodlo_url = models.URLField("adres źródła czasu", max_length=800, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "krok"
        verbose_name_plural = "przebieg krok po kroku"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="praktyki_krok_dni",
                condition=(Q(dni_min__isnull=True) | Q(dni_min__lte=MOST_DAYS))
                & (Q(dni_max__isnull=True) | Q(dni_max__lte=MOST_DAYS))
                & (Q(dni_min__isnull=True) | Q(dni_max__isnull=True) | Q(dni_max__gte=F("dni_min"))),
                violation_error_message="Najdłuższy czas kroku nie może być krótszy niż najkrótszy ani "
                f"dłuższy niż {MOST_DAYS} dni.",
            ),
            models.CheckConstraint(
                name="praktyki_krok_podstawa",
                condition=Q(dni_min__isnull=True, dni_max__isnull=True) | ~Q(dni_podstawa=""),
                violation_error_message="Podaj podstawę czasu kroku: przepis albo dokument.",
            ),
        ]

    def __str__(self):
        return self.tresc

    @property
    def czas(self) -> str:
        """How long it takes, in words: "co najmniej 21 dni", "7 dni", or "" where no source says it."""
        unit = "dni roboczych" if self.dni_robocze else "dni"
        if self.dni_min is None and self.dni_max is None:
            return ""
        if self.dni_min == self.dni_max:
            return f"{self.dni_max} {unit}"
        if self.dni_max is None:
            return f"co najmniej {self.dni_min} {unit}"
        return (
            f"najwyżej {self.dni_max} {unit}" if not self.dni_min else f"{self.dni_min}–{self.dni_max} {unit}"
        )


class PodstawaPrawna(models.Model):
    """A provision the instrument rests on."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="podstawy_prawne")
    akt = models.CharField("akt prawny", max_length=300)
    artykul = models.CharField("artykuł", max_length=160, blank=True)
    uwagi = models.TextField("czego dotyczy", blank=True)
    url = models.URLField("adres", max_length=800, blank=True)
    zweryfikowano = models.DateField(
        "zweryfikowano",
        null=True,
        blank=True,
        help_text="Puste: strona pokaże, że przepis czeka na potwierdzenie.",
    )
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "podstawa prawna"
        verbose_name_plural = "podstawy prawne"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.artykul}, {self.akt}" if self.artykul else self.akt


class ZrodloInstrumentu(ZrodloBase):
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="zrodla")

    class Meta(ZrodloBase.Meta):
        pass
