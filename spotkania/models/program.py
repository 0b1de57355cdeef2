"""The programme of a meeting: its points, who spoke in which role, and what was said."""

from django.db import models
from django.db.models import F, Q

from platforma.lib.fields import FoldedTextField
from platforma.lib.legal_clock import Change
from platforma.lib.publication import published_q
from praktyki.models import Instrument, Organizacja, Praktyka
from praktyki.models.cytat import QuotingTextField
from praktyki.models.instrument import changes_of

from .prelegent import Prelegent
from .spotkanie import Spotkanie


class Wystapienie(models.Model):
    """A point of the programme."""

    spotkanie = models.ForeignKey(Spotkanie, on_delete=models.CASCADE, related_name="wystapienia")
    tytul = models.CharField(
        "temat", max_length=250, blank=True, help_text="Puste: źródło nie podaje tematu."
    )
    od = models.TimeField("od", null=True, blank=True)
    do = models.TimeField("do", null=True, blank=True)
    prelegenci = models.ManyToManyField(
        Prelegent, verbose_name="prelegenci", through="UdzialPrelegenta", related_name="wystapienia"
    )
    online = models.BooleanField("online", default=False)
    opis = models.TextField("opis", blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    search_text = FoldedTextField("tytul", "opis")

    class Meta:
        verbose_name = "wystąpienie"
        verbose_name_plural = "wystąpienia"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="spotkania_wystapienie_godziny",
                condition=Q(do__isnull=True) | Q(od__isnull=False, do__gte=F("od")),
                violation_error_message="Koniec wystąpienia nie może być wcześniejszy niż początek.",
            ),
        ]

    def __str__(self):
        return self.tytul or f"wystąpienie {self.position}"


class UdzialPrelegentaQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the appearances at public meetings."""
        return self.filter(published_q("wystapienie__spotkanie", now))

    def for_page(self):
        """Fetch the meeting of each appearance, latest first."""
        return self.select_related("wystapienie__spotkanie", "organizacja").order_by(
            F("wystapienie__spotkanie__rok").desc(nulls_last=True),
            F("wystapienie__spotkanie__poczatek").desc(nulls_last=True),
            "pk",
        )


class UdzialPrelegenta(models.Model):
    """Who spoke, in which role and for which organisation *at that meeting*."""

    wystapienie = models.ForeignKey(Wystapienie, on_delete=models.CASCADE, related_name="udzialy")
    prelegent = models.ForeignKey(Prelegent, on_delete=models.PROTECT, related_name="udzialy")
    rola = models.CharField("rola", max_length=160, blank=True)
    organizacja = models.ForeignKey(
        Organizacja,
        verbose_name="organizacja",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="udzialy",
    )
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    objects = UdzialPrelegentaQuerySet.as_manager()

    class Meta:
        verbose_name = "udział prelegenta"
        verbose_name_plural = "udziały prelegentów"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wystapienie", "prelegent"],
                name="spotkania_udzial_unique",
                violation_error_message="Ta osoba jest już w tym wystąpieniu.",
            ),
        ]

    def __str__(self):
        return str(self.prelegent)


class WypowiedzQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the statements of public meetings."""
        return self.filter(published_q("spotkanie", now))

    def for_page(self):
        related = self.select_related("spotkanie", "prelegent", "instrument", "praktyka")
        return related.prefetch_related("instrument__parametry", "praktyka__rozstrzygniecia")

    def by_type(self):
        """Return conclusions first, then questions, then answers, each kind in the editor's order."""
        kinds = [models.When(typ=typ, then=position) for position, typ in enumerate(Wypowiedz.Typ.values)]
        return self.order_by(models.Case(*kinds), "position", "pk")


class Wypowiedz(models.Model):
    """One anchored statement: a conclusion, a question or an answer."""

    class Typ(models.TextChoices):
        WNIOSEK = "wniosek", "wniosek"
        PYTANIE = "pytanie", "pytanie"
        ODPOWIEDZ = "odpowiedz", "odpowiedź"

    spotkanie = models.ForeignKey(Spotkanie, on_delete=models.CASCADE, related_name="wypowiedzi")
    typ = models.CharField("typ", max_length=10, choices=Typ.choices, default=Typ.WNIOSEK)
    tresc = QuotingTextField("treść")
    prelegent = models.ForeignKey(
        Prelegent,
        verbose_name="prelegent",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="wypowiedzi",
    )
    instrument = models.ForeignKey(
        Instrument,
        verbose_name="instrument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="wypowiedzi",
    )
    praktyka = models.ForeignKey(
        Praktyka,
        verbose_name="praktyka",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="wypowiedzi",
    )
    minuta = models.PositiveSmallIntegerField("minuta nagrania", null=True, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    search_text = FoldedTextField("tresc")

    objects = WypowiedzQuerySet.as_manager()

    class Meta:
        verbose_name = "wypowiedź"
        verbose_name_plural = "wnioski, pytania i odpowiedzi"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.tresc

    def get_absolute_url(self):
        return f"{self.spotkanie.get_absolute_url()}#wypowiedz-{self.pk}"

    def legal_changes(self, day=None) -> list[Change]:
        """Return what has changed, and what will, in the legal numbers of the instrument it is about.

        Words without a figure cannot be made wrong by a figure: of them only the page as a whole is warned.
        """
        says_a_number = any(char.isdigit() for char in self.tresc)
        instruments = [self.instrument] if self.instrument and says_a_number else []
        return changes_of(instruments, self.spotkanie.stan_prawny, day)
