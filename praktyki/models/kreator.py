"""The chooser of instruments: its questions, answers and rules, and the cases it is checked with."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from .instrument import Instrument
from .parametr import ParametrPrawny
from .slowniki import Odbiorca

START = "start"  # the parameter of the chooser's address that no question may be called


class PytanieQuerySet(models.QuerySet):
    def for_chooser(self):
        """Fetch answers and rules with what they name, in a constant number of queries."""
        return self.prefetch_related("odpowiedzi__odbiorcy", "odpowiedzi__reguly__instrument")


class Pytanie(models.Model):
    """A question; one with a unit may also be answered with a number, which then picks the answer."""

    class Jednostka(models.TextChoices):
        ZL = "zl", "zł"
        DNI = "dni", "dni"

    slug = models.SlugField("nazwa w adresie", max_length=40, unique=True)
    tresc = models.CharField("pytanie", max_length=200)
    podpowiedz = models.CharField("podpowiedź", max_length=300, blank=True)
    jednostka = models.CharField(
        "odpowiedź liczbą",
        max_length=10,
        choices=Jednostka.choices,
        blank=True,
        help_text="Z jednostką pytanie ma też pole na liczbę, a odpowiedzi są jej przedziałami.",
    )
    kolejnosc = models.PositiveSmallIntegerField("kolejność", default=100)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = PytanieQuerySet.as_manager()

    class Meta:
        verbose_name = "pytanie kreatora"
        verbose_name_plural = "pytania kreatora"
        ordering = ["kolejnosc", "slug"]

    def __str__(self):
        return self.tresc

    def get_absolute_url(self):
        return f"{reverse('praktyki:kreator')}#pytanie-{self.slug}"

    def clean(self):
        if self.slug == START or "_" in self.slug:
            raise ValidationError(
                {"slug": "Użyj innej nazwy, bez znaku „_”: ta w adresie kreatora jest zajęta."}
            )


class Odpowiedz(models.Model):
    """One answer. Where the question has a unit, it reaches from the answer below it up to its own bound."""

    pytanie = models.ForeignKey(Pytanie, on_delete=models.CASCADE, related_name="odpowiedzi")
    slug = models.SlugField("nazwa w adresie", max_length=40)
    tresc = models.CharField("odpowiedź", max_length=200)
    najwyzej = models.DecimalField(
        "najwyżej",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Największa liczba tej odpowiedzi; puste przy ostatniej, która nie ma końca.",
    )
    odbiorcy = models.ForeignKey(
        Odbiorca,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="odpowiedzi_kreatora",
        verbose_name="zawęża praktyki do odbiorców",
    )
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "odpowiedź kreatora"
        verbose_name_plural = "odpowiedzi kreatora"
        ordering = ["pytanie__kolejnosc", "pytanie__slug", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pytanie", "slug"],
                name="praktyki_odpowiedz_slug",
                violation_error_message="To pytanie ma już odpowiedź o tej nazwie.",
            ),
            models.UniqueConstraint(
                fields=["pytanie", "najwyzej"],
                name="praktyki_odpowiedz_bound",
                violation_error_message="To pytanie ma już odpowiedź z tą granicą.",
            ),
        ]

    def __str__(self):
        return self.tresc


class Regula(models.Model):
    """What one answer says about one instrument: it speaks for it with a weight, or rules it out.

    A rule with a legal parameter is decided by comparing the reader's number with the value in force on the
    first day: it counts only where the comparison bears it out.
    """

    class Rodzaj(models.TextChoices):
        ZA = "za", "przemawia za"
        PRZECIW = "przeciw", "wyklucza"

    class Porownanie(models.TextChoices):
        NAJWYZEJ = "najwyzej", "najwyżej tyle"
        PONIZEJ = "ponizej", "mniej niż tyle"

    odpowiedz = models.ForeignKey(Odpowiedz, on_delete=models.CASCADE, related_name="reguly")
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="reguly_kreatora")
    rodzaj = models.CharField("rodzaj", max_length=10, choices=Rodzaj.choices)
    waga = models.PositiveSmallIntegerField("waga", default=0, help_text="Zero, gdy reguła wyklucza.")
    powod = models.CharField("powód", max_length=300)
    przepis = models.CharField(
        "przepis", max_length=200, blank=True, help_text="Puste: strona pokaże „podstawa: brak danych”."
    )
    parametr = models.SlugField(
        "klucz parametru prawnego",
        max_length=60,
        blank=True,
        help_text="Liczbę z odpowiedzi porównamy z wartością tego parametru w dniu rozpoczęcia.",
    )
    porownanie = models.CharField("liczba musi być", max_length=10, choices=Porownanie.choices, blank=True)
    zweryfikowano = models.DateField(
        "zweryfikowano",
        null=True,
        blank=True,
        help_text="Puste: strona pokaże, że powód czeka na potwierdzenie.",
    )

    class Meta:
        verbose_name = "reguła kreatora"
        verbose_name_plural = "reguły kreatora"
        ordering = ["odpowiedz__pytanie__kolejnosc", "odpowiedz__position", "rodzaj", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["odpowiedz", "instrument"],
                name="praktyki_regula_once",
                violation_error_message="Ta odpowiedź ma już regułę o tym instrumencie.",
            ),
            models.CheckConstraint(
                name="praktyki_regula_weight",
                condition=Q(rodzaj="za", waga__gte=1) | Q(rodzaj="przeciw", waga=0),
                violation_error_message="Reguła „za” ma wagę od 1, a reguła wykluczająca wagę 0.",
            ),
            models.CheckConstraint(
                name="praktyki_regula_limit",
                condition=Q(parametr="", porownanie="") | ~(Q(parametr="") | Q(porownanie="")),
                violation_error_message="Parametr prawny i sposób porównania podaje się razem.",
            ),
        ]

    def __str__(self):
        return f"{self.odpowiedz} – {self.get_rodzaj_display()}: {self.instrument}"

    def clean(self):
        if not self.parametr or not self.odpowiedz_id:
            return
        units = {parametr.jednostka for parametr in ParametrPrawny.objects.filter(klucz=self.parametr)}
        if not units:
            raise ValidationError({"parametr": "Nie ma parametru prawnego o tym kluczu."})
        if self.odpowiedz.pytanie.jednostka not in units:
            raise ValidationError({"parametr": "To pytanie nie pyta o liczbę w jednostce tego parametru."})


class PrzypadekKreatora(models.Model):
    """A real situation with the instrument that must come first: the chooser is checked with all of them."""

    opis = models.CharField("sytuacja", max_length=200, unique=True)
    adres = models.CharField(
        "odpowiedzi",
        max_length=500,
        help_text="Odpowiedz na pytania w kreatorze i wklej adres wyniku (wystarczy to, co po znaku „?”).",
    )
    oczekiwane = models.ManyToManyField(
        Instrument,
        related_name="przypadki_kreatora",
        verbose_name="pierwszy ma być",
        help_text="Jeden z tych instrumentów.",
    )
    kolejnosc = models.PositiveSmallIntegerField("kolejność", default=100)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    class Meta:
        verbose_name = "przypadek kreatora"
        verbose_name_plural = "przypadki kreatora"
        ordering = ["kolejnosc", "pk"]

    def __str__(self):
        return self.opis

    def get_absolute_url(self):
        return f"{reverse('praktyki:kreator')}?{self.adres}"
