"""The programme of a meeting: its points, who spoke in which role, and what was said."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

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
    online = models.BooleanField(
        "online",
        null=True,
        blank=True,
        help_text="Nieznane: źródło nie mówi, czy na miejscu, czy przez internet.",
    )
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

    @property
    def publiczna_rola(self) -> str:
        """The role, which may tell who it was as well as a name does."""
        return self.rola if self.prelegent.is_public else ""


class WypowiedzQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the statements of public meetings, without those of people who withdrew their consent."""
        return self.filter(published_q("spotkanie", now)).consented()

    def consented(self):
        return self.filter(prelegent__zgoda_wycofana__isnull=True)

    def for_page(self):
        related = self.select_related("spotkanie__cykl", "prelegent", "instrument", "praktyka")
        return related.prefetch_related("instrument__parametry", "praktyka__rozstrzygniecia")

    def questions_for(self, spotkanie):
        """Return the questions that statements of `spotkanie` may answer: its own and its series'."""
        if spotkanie is None:
            return self.none()
        same = Q(spotkanie=spotkanie)
        if spotkanie.cykl_id:
            same |= Q(spotkanie__cykl=spotkanie.cykl_id)
        return self.filter(same, typ=Wypowiedz.Typ.PYTANIE)

    def of_series(self, cykl):
        return self.filter(spotkanie__cykl=cykl)

    def unanswered(self, now=None):
        """Return the questions that no statement of a public meeting answers."""
        answers = self.model.objects.published(now).filter(odpowiedz_na=OuterRef("pk"))
        return self.filter(~Exists(answers), typ=Wypowiedz.Typ.PYTANIE)

    def with_answers(self):
        """Fetch the question that each answers, and the public answers to each as `public_answers`."""
        answers = self.model.objects.published().select_related("spotkanie")
        return self.select_related("odpowiedz_na__spotkanie", "odpowiedz_na__prelegent").prefetch_related(
            models.Prefetch("odpowiedzi", answers, to_attr="public_answers")
        )


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
    odpowiedz_na = models.ForeignKey(
        "self",
        verbose_name="odpowiedź na",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="odpowiedzi",
        help_text="Pytanie z tego spotkania albo z wcześniejszego w tym samym cyklu.",
    )
    minuta = models.PositiveSmallIntegerField("minuta nagrania", null=True, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    search_text = FoldedTextField("tresc")

    objects = WypowiedzQuerySet.as_manager()

    class Meta:
        verbose_name = "wypowiedź"
        verbose_name_plural = "wnioski, pytania i odpowiedzi"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="spotkania_wypowiedz_odpowiedz_na",
                condition=Q(odpowiedz_na__isnull=True) | Q(typ="odpowiedz"),
                violation_error_message="Na pytanie odpowiada tylko wypowiedź typu „odpowiedź”.",
            ),
        ]

    def __str__(self):
        return self.tresc

    def get_absolute_url(self):
        return f"{self.spotkanie.get_absolute_url()}#{self.anchor}"

    def clean(self):
        question = self.odpowiedz_na
        if question is None:
            return
        if question.typ != self.Typ.PYTANIE:
            raise ValidationError({"odpowiedz_na": "Ta wypowiedź nie jest pytaniem."})
        same_series = self.spotkanie.cykl_id and question.spotkanie.cykl_id == self.spotkanie.cykl_id
        if question.spotkanie_id != self.spotkanie_id and not same_series:
            raise ValidationError({"odpowiedz_na": "To pytanie padło na spotkaniu spoza tego cyklu."})

    @property
    def anchor(self) -> str:
        return f"w-{self.pk}"

    @property
    def answered_question(self):
        """The question it answers, where readers may see that one; else None."""
        question = self.odpowiedz_na
        return question if question and question.is_public and question.spotkanie.is_published() else None

    @property
    def later_answers(self) -> list:
        """The public answers given at other meetings; reads what `with_answers` fetched."""
        return [row for row in self.public_answers if row.spotkanie_id != self.spotkanie_id]

    @property
    def is_public(self) -> bool:
        """Tell whether the person it is signed with, if any, has not withdrawn consent."""
        return self.prelegent is None or self.prelegent.is_public

    def legal_changes(self, day=None) -> list[Change]:
        """Return what has changed, and what will, in the legal numbers of the instrument it is about.

        Words without a figure cannot be made wrong by a figure: of them only the page as a whole is warned.
        """
        says_a_number = any(char.isdigit() for char in self.tresc)
        instruments = [self.instrument] if self.instrument and says_a_number else []
        return changes_of(instruments, self.spotkanie.stan_prawny, day)
