"""Materials to take home: a file with its versions, or a link."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from platforma.lib.fields import DayStartField, FoldedTextField, SortKeyField
from platforma.lib.files.checks import validate_upload as validate_size  # noqa: F401  (named by migration 0001)
from platforma.lib.publication import Status, published_q
from praktyki.models import Instrument, Praktyka

from .program import Wystapienie
from .spotkanie import Spotkanie
from .wersja import WersjaMaterialu, version_path  # noqa: F401  (version_path: likewise)

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = ("public_at", "spotkanie__published_at", "praktyka__published_at")


class MaterialQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the materials whose day has come and whose every owner is public."""
        now = now or timezone.now()
        return self.with_content().filter(
            Q(public_at__isnull=True) | Q(public_at__lte=now),
            Q(spotkanie__isnull=True) | published_q("spotkanie", now),
            Q(praktyka__isnull=True) | published_q("praktyka", now),
        )

    def scheduled(self, now=None):
        """Return the materials that time alone will make public, with `published_at`: when."""
        moments = (Coalesce(moment, ALWAYS, output_field=models.DateTimeField()) for moment in MOMENTS)
        rows = self.with_content().with_published_owners().annotate(published_at=Greatest(*moments))
        return rows.filter(published_at__gt=now or timezone.now())

    def with_content(self):
        """Leave out the files of which no version is left for readers."""
        wersje = WersjaMaterialu.objects.public().filter(material=OuterRef("pk"))
        return self.filter(Q(postac=Material.Postac.LINK) | Q(Exists(wersje)))

    def with_published_owners(self):
        """Leave out what belongs to drafts and archived entries; a scheduled entry counts as published."""
        return self.filter(
            Q(spotkanie__isnull=True) | Q(spotkanie__status=Status.PUBLISHED),
            Q(praktyka__isnull=True) | Q(praktyka__status=Status.PUBLISHED),
        )

    def for_index(self):
        """Return the rows that are or will be public, with all that they are found by."""
        return (
            self.with_content()
            .with_published_owners()
            .select_related("spotkanie", "praktyka", "instrument")
            .prefetch_related("wersje__tresc")
        )

    def for_list(self):
        related = self.select_related("spotkanie", "praktyka", "instrument")
        return related.prefetch_related("wersje", "praktyka__rozstrzygniecia")

    def for_cards(self):
        """Fetch what a card of the library shows, in a constant number of queries."""
        return self.for_list()

    def files(self):
        return self.filter(postac=Material.Postac.PLIK)

    def documents(self):
        """Return what another office can copy: templates, by-laws, resolutions."""
        return self.filter(rodzaj__in=Material.DOCUMENTS)

    def other_than_documents(self):
        return self.exclude(rodzaj__in=Material.DOCUMENTS)

    def about_instrument(self, instrument):
        """Return the materials of the instrument itself and of the practices that use it."""
        return self.filter(Q(instrument=instrument) | Q(praktyka__in=instrument.praktyki.values("pk")))

    def of_speaker(self, prelegent):
        """Return the materials of the person's own points of a programme."""
        return self.filter(wystapienie__prelegenci=prelegent)

    def years(self):
        """Return the years of materials and of their meetings, latest first."""
        pairs = self.order_by().values_list("rok", "spotkanie__rok").distinct()
        return sorted({year for pair in pairs for year in pair if year}, reverse=True)

    def newest(self):
        return self.order_by("-created_at", "-pk")


class Material(models.Model):
    found = None  # as of a Publishable

    class Postac(models.TextChoices):
        LINK = "link", "link"
        PLIK = "plik", "plik"

    class Rodzaj(models.TextChoices):
        PREZENTACJA = "prezentacja", "prezentacja"
        NAGRANIE = "nagranie", "nagranie"
        WZOR = "wzor", "wzór dokumentu"
        REGULAMIN = "regulamin", "regulamin"
        UCHWALA = "uchwala", "uchwała"
        PUBLIKACJA = "publikacja", "publikacja"
        INNE = "inne", "inne"

    class Jezyk(models.TextChoices):
        POLSKI = "pl", "polski"
        ANGIELSKI = "en", "angielski"
        UKRAINSKI = "uk", "ukraiński"
        NIEMIECKI = "de", "niemiecki"
        CZESKI = "cs", "czeski"
        INNY = "inny", "inny"

    class Licencja(models.TextChoices):
        CC0 = "cc0", "CC0 (bez ograniczeń)"
        CC_BY = "cc-by", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
        CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
        CC_BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA 4.0"
        CC_BY_ND = "cc-by-nd", "CC BY-ND 4.0"
        CC_BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND 4.0"
        URZEDOWY = "urzedowy", "materiał urzędowy"
        ZASTRZEZONE = "zastrzezone", "wszelkie prawa zastrzeżone"

    DOCUMENTS = (Rodzaj.WZOR, Rodzaj.REGULAMIN, Rodzaj.UCHWALA)

    tytul = models.CharField("tytuł", max_length=250)
    rodzaj = models.CharField("rodzaj", max_length=20, choices=Rodzaj.choices, default=Rodzaj.INNE)
    postac = models.CharField("postać", max_length=10, choices=Postac.choices, default=Postac.LINK)
    url = models.URLField("adres", max_length=800, blank=True, help_text="Tylko dla linku.")
    opis = models.TextField("opis", blank=True)
    licencja = models.CharField("licencja", max_length=20, choices=Licencja.choices, blank=True)
    licencja_opis = models.CharField(
        "licencja słownie", max_length=120, blank=True, help_text="Warunki, których nie ma na liście."
    )
    jezyk = models.CharField("język", max_length=5, choices=Jezyk.choices, default=Jezyk.POLSKI, blank=True)
    rok = models.PositiveSmallIntegerField(
        "rok powstania", null=True, blank=True, help_text="Puste: liczy się rok spotkania."
    )
    autor = models.CharField("autor", max_length=200, blank=True)
    publiczny_od = models.DateField("publiczny od", null=True, blank=True, help_text="Puste: od razu.")
    public_at = DayStartField("publiczny_od")
    spotkanie = models.ForeignKey(
        Spotkanie,
        verbose_name="spotkanie",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="materialy",
    )
    wystapienie = models.ForeignKey(
        Wystapienie,
        verbose_name="wystąpienie",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="materialy",
    )
    praktyka = models.ForeignKey(
        Praktyka,
        verbose_name="praktyka",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="materialy",
    )
    instrument = models.ForeignKey(
        Instrument,
        verbose_name="instrument",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="materialy",
    )
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    sort_key = SortKeyField("tytul")
    search_text = FoldedTextField("tytul", "opis", "autor")
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "materiał"
        verbose_name_plural = "materiały"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="spotkania_material_plik_albo_link",
                condition=(Q(postac="link") & ~Q(url="")) | Q(postac="plik", url=""),
                violation_error_message="Link musi mieć adres, a plik nie może go mieć.",
            ),
            models.CheckConstraint(
                name="spotkania_material_owner",
                condition=Q(spotkanie__isnull=False)
                | Q(praktyka__isnull=False)
                | Q(instrument__isnull=False),
                violation_error_message="Wskaż spotkanie, praktykę albo instrument.",
            ),
            models.CheckConstraint(
                name="spotkania_material_wystapienie",
                condition=Q(wystapienie__isnull=True) | Q(spotkanie__isnull=False),
                violation_error_message="Materiał wystąpienia musi mieć też spotkanie.",
            ),
        ]

    def __str__(self):
        return self.tytul

    def get_absolute_url(self):
        """The address a reader follows: the link itself, or the newest version of the file."""
        if self.postac == self.Postac.LINK:
            return self.url
        wersja = self.najnowsza_wersja
        return reverse("spotkania:material_file", args=[self.pk, wersja.nazwa_pliku]) if wersja else ""

    def clean(self):
        if self.wystapienie and self.wystapienie.spotkanie_id != self.spotkanie_id:
            raise ValidationError({"wystapienie": "To wystąpienie należy do innego spotkania."})

    @cached_property
    def published_at(self) -> datetime:
        """The moment from which a public material has been public: the latest of all it waited for."""
        moments = [self.created_at, self.public_at]
        moments += [owner.published_at for owner in (self.spotkanie, self.praktyka) if owner]
        return max(filter(None, moments))

    @property
    def publiczne_wersje(self) -> list[WersjaMaterialu]:
        """The versions readers may have, newest first; reads the prefetched list when there is one."""
        rows = (wersja for wersja in self.wersje.all() if not wersja.wycofana)
        return sorted(rows, key=lambda wersja: -wersja.pk)

    @property
    def najnowsza_wersja(self) -> WersjaMaterialu | None:
        """The version that answers at the material's address; None for a link."""
        return next(iter(self.publiczne_wersje), None)

    @property
    def starsze_wersje(self) -> list[WersjaMaterialu]:
        return self.publiczne_wersje[1:]

    @property
    def warunki(self) -> str:
        """What one may do with it, in words; "" when nobody said."""
        return self.licencja_opis or self.get_licencja_display()
