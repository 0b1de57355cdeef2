"""A practice: what a unit of local government did with an instrument, for whom, and with what result."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from platforma.lib.fields import AutoSlugField, FoldedTextField, SortKeyField
from platforma.lib.legal_clock import Change
from platforma.lib.publication import Publishable, PublishableQuerySet, Status

from .cytat import QuotingTextField
from .instrument import Instrument, changes_of
from .readiness import needs_of
from .slowniki import Jst, Odbiorca, Organizacja, Tag, Temat, Wojewodztwo
from .zrodlo import ZrodloBase


class PraktykaQuerySet(PublishableQuerySet):
    def for_cards(self):
        """Fetch what a card shows, in a constant number of queries."""
        units = models.Prefetch("jst", Jst.objects.select_related("wojewodztwo"))
        return self.with_warnings().prefetch_related("instrumenty", units, "wojewodztwa")

    def with_warnings(self):
        """Annotate whether a ruling struck the practice down, which every card must say."""
        rulings = self.model._meta.get_field("rozstrzygniecia").related_model.objects
        return self.annotate(podwazona=Exists(rulings.against().filter(praktyka=OuterRef("pk"))))

    def for_page(self):
        """Fetch everything a practice's page shows, in a constant number of queries."""
        return (
            self.for_cards()
            .select_related("successor")
            .prefetch_related("organizacje", "tematy", "odbiorcy", "tagi", "zrodla", "instrumenty__parametry")
            .prefetch_related("liczby_wysilku", "glosy", "wdrozenia__jst", "rozstrzygniecia")
        )

    def for_note(self, slugs):
        """Return the rows of `slugs` with all that a note for the treasurer says of them and their law."""
        of_instruments = ("parametry", "podstawy_prawne", "kroki")
        return (
            self.for_cards()
            .filter(slug__in=slugs)
            .prefetch_related("liczby_wysilku", "rozstrzygniecia")
            .prefetch_related(*(f"instrumenty__{name}" for name in of_instruments))
        )

    def for_index(self):
        """Return the rows that are or will be public."""
        return self.filter(status=Status.PUBLISHED)

    def with_one_voice(self):
        """Return the practices of which only the office or only the organisation speaks."""
        return self.annotate(sides=Count("glosy__strona", distinct=True)).filter(sides=1)

    def adopted_by(self, jst):
        """Return the practices in whose log of adoptions the unit stands."""
        return self.filter(pk__in=jst.wdrozenia.values("praktyka"))

    def newest(self):
        return self.order_by("-published_at", "sort_key", "pk")


class PraktykaTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="praktyki_tagi")
    content_object = models.ForeignKey("Praktyka", on_delete=models.CASCADE, related_name="praktyki_tagi")


class Praktyka(Publishable):
    alike = None  # how alike its unit is to the reader's own, see `own_unit.describe`

    class Pewnosc(models.TextChoices):
        WYSOKA = "wysoka", "wysoka"
        SREDNIA = "srednia", "średnia"
        NISKA = "niska", "niska"

    tytul = models.CharField("tytuł", max_length=200)
    slug = AutoSlugField("tytul")
    streszczenie = models.TextField("streszczenie", help_text="Jedno–dwa zdania, które widać na karcie.")
    instrumenty = models.ManyToManyField(Instrument, verbose_name="instrumenty", related_name="praktyki")
    jst = models.ManyToManyField(Jst, verbose_name="jednostki samorządu", related_name="praktyki", blank=True)
    wojewodztwa = models.ManyToManyField(
        Wojewodztwo,
        verbose_name="województwa",
        related_name="praktyki",
        blank=True,
        help_text="Tylko gdy nie wynikają z jednostek samorządu.",
    )
    obszar = models.CharField(
        "obszar słownie",
        max_length=160,
        blank=True,
        help_text="Gdy jednostki nie mówią wszystkiego, np. dzielnica.",
    )
    organizacje = models.ManyToManyField(
        Organizacja, verbose_name="organizacje", related_name="praktyki", blank=True
    )
    tematy = models.ManyToManyField(Temat, verbose_name="tematy", related_name="praktyki", blank=True)
    odbiorcy = models.ManyToManyField(Odbiorca, verbose_name="odbiorcy", related_name="praktyki", blank=True)
    odbiorcy_opis = models.CharField("odbiorcy słownie", max_length=300, blank=True)
    tagi = TaggableManager("tagi", through=PraktykaTag, blank=True, help_text="Oddzielone przecinkami.")
    rok_od = models.PositiveSmallIntegerField("rok rozpoczęcia", null=True, blank=True)
    rok_do = models.PositiveSmallIntegerField(
        "rok zakończenia", null=True, blank=True, help_text="Puste: nadal działa albo nie wiadomo."
    )
    kwota_zl = models.DecimalField(
        "kwota w złotych",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Kwota do filtrowania; co ona znaczy, mówi opis kwoty.",
    )
    kwota_opis = models.CharField("opis kwoty", max_length=300, blank=True)
    problem = QuotingTextField("problem", blank=True)
    rozwiazanie = QuotingTextField("rozwiązanie", blank=True)
    rezultaty = QuotingTextField("rezultaty", blank=True)
    czynniki_sukcesu = QuotingTextField("czynniki sukcesu", blank=True)
    trudnosci = QuotingTextField("trudności", blank=True)
    warunki_przeniesienia = QuotingTextField(
        "warunki przeniesienia", blank=True, help_text="Wniosek redakcji: co musi być prawdą w innej gminie."
    )
    podstawa_prawna = QuotingTextField("podstawa prawna", blank=True)
    stan_prawny = models.DateField(
        "stan prawny na dzień",
        null=True,
        blank=True,
        help_text="Gdy zmieni się parametr prawny instrumentu, strona powie, co się zmieniło od tego dnia.",
    )
    kontakt = models.TextField(
        "kontakt", blank=True, help_text="Publiczny kontakt do urzędu, bez danych prywatnych."
    )
    pewnosc = models.CharField("pewność opisu", max_length=10, choices=Pewnosc.choices, blank=True)
    uwagi_redakcji = models.TextField("uwagi redakcji", blank=True, help_text="Nigdy nie są publikowane.")
    sort_key = SortKeyField("tytul")
    search_text = FoldedTextField(
        "tytul",
        "streszczenie",
        "obszar",
        "odbiorcy_opis",
        "kwota_opis",
        "problem",
        "rozwiazanie",
        "rezultaty",
        "czynniki_sukcesu",
        "trudnosci",
        "warunki_przeniesienia",
        "podstawa_prawna",
    )

    objects = PraktykaQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "praktyka"
        verbose_name_plural = "praktyki"
        ordering = ["sort_key", "pk"]
        permissions = [("publish_praktyka", "Może publikować, cofać i archiwizować praktyki")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="praktyki_praktyka_lata",
                condition=Q(rok_od__isnull=True) | Q(rok_do__isnull=True) | Q(rok_do__gte=F("rok_od")),
                violation_error_message="Rok zakończenia nie może być wcześniejszy niż rok rozpoczęcia.",
            ),
            models.CheckConstraint(
                name="praktyki_praktyka_rok",
                condition=(Q(rok_od__isnull=True) | Q(rok_od__range=(1989, 2100)))
                & (Q(rok_do__isnull=True) | Q(rok_do__range=(1989, 2100))),
                violation_error_message="Lata muszą leżeć między 1989 a 2100.",
            ),
            models.CheckConstraint(
                name="praktyki_praktyka_kwota",
                condition=Q(kwota_zl__isnull=True) | Q(kwota_zl__gte=0),
                violation_error_message="Kwota nie może być ujemna.",
            ),
        ]

    def __str__(self):
        return self.tytul

    def get_absolute_url(self):
        return reverse("praktyki:detail", args=[self.slug])

    def needs(self):
        return needs_of(self)

    @property
    def picture_url(self) -> str:
        """The address of the picture drawn for links to this page."""
        return reverse("praktyki:picture", args=[self.slug])

    def voivodeships(self) -> list[Wojewodztwo]:
        """Return the voivodeships of its units and its own, each once; reads what `for_cards` fetched."""
        of_units = (jst.wojewodztwo for jst in self.jst.all() if jst.wojewodztwo)
        return list(dict.fromkeys([*of_units, *self.wojewodztwa.all()]))

    @property
    def okres(self) -> str:
        """The years in words: "2013–2015", "od 2013", "do 2018", or empty when unknown."""
        if self.rok_od and self.rok_do:
            return str(self.rok_od) if self.rok_od == self.rok_do else f"{self.rok_od}–{self.rok_do}"
        if self.rok_od:
            return f"od {self.rok_od}"
        return f"do {self.rok_do}" if self.rok_do else ""

    @property
    def rozstrzygniecia_przeciw(self) -> list:
        """The rulings that struck its resolution down and still stand."""
        return [row for row in self.rozstrzygniecia.all() if row.is_against]

    @cached_property
    def podwazona(self) -> bool:
        """Whether such a ruling stands, which every list must warn of; `for_cards` brings it along."""
        return bool(self.rozstrzygniecia_przeciw)

    @property
    def ostrzezenie(self) -> str:
        """What must stand beside the title wherever it is named; usually nothing."""
        return "podstawa prawna podważona" if self.podwazona else ""

    @property
    def glosy_urzedu(self) -> list:
        return [glos for glos in self.glosy.all() if glos.strona == glos.Strona.URZAD]

    @property
    def glosy_organizacji(self) -> list:
        return [glos for glos in self.glosy.all() if glos.strona == glos.Strona.ORGANIZACJA]

    def legal_changes(self, day=None) -> list[Change]:
        """Return what has changed in its instruments' legal numbers since it was described, and what will."""
        return changes_of(self.instrumenty.all(), self.stan_prawny, day)


class Zrodlo(ZrodloBase):
    praktyka = models.ForeignKey(Praktyka, on_delete=models.CASCADE, related_name="zrodla")

    class Meta(ZrodloBase.Meta):
        pass
