"""The reference lists that practices and meetings are described with."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from taggit.models import TagBase

from platforma.lib import polish
from platforma.lib.fields import AutoSlugField, SortKeyField
from platforma.lib.publication import published_count, published_q, readable_q

teryt_is_whole = RegexValidator(
    r"^([0-9]{2}|[0-9]{4}|[0-9]{7})\Z",
    "Kod ma dwie, cztery albo siedem cyfr; arkusze gubią zero z przodu, np. 0201011 zapisują jako 201011.",
)


class Wojewodztwo(models.Model):
    nazwa = models.CharField("nazwa", max_length=40, unique=True)
    slug = AutoSlugField()
    teryt = models.CharField("kod TERYT", max_length=2, unique=True)
    lat = models.FloatField("szerokość geograficzna", null=True, blank=True)
    lon = models.FloatField("długość geograficzna", null=True, blank=True)
    sort_key = SortKeyField("nazwa")

    class Meta:
        verbose_name = "województwo"
        verbose_name_plural = "województwa"
        ordering = ["sort_key"]

    def __str__(self):
        return self.nazwa


class JstQuerySet(models.QuerySet):
    def by_wojewodztwo(self):
        """Return the units by voivodeship, then by name; those of an unknown voivodeship come last."""
        return self.select_related("wojewodztwo").order_by(
            F("wojewodztwo__sort_key").asc(nulls_last=True), "sort_key", "slug"
        )

    def with_practices(self, now=None):
        """Return the units that a public practice names."""
        return self.filter(pk__in=self.model.objects.filter(published_q("praktyki", now)).values("pk"))

    def with_published_counts(self, now=None):
        """Annotate `liczba_praktyk`: how many public practices each unit has."""
        return self.annotate(liczba_praktyk=published_count(self.model, "praktyki", now))


class Jst(models.Model):
    class Typ(models.TextChoices):
        GMINA_MIEJSKA = "gmina-miejska", "gmina miejska"
        GMINA_WIEJSKA = "gmina-wiejska", "gmina wiejska"
        GMINA_MIEJSKO_WIEJSKA = "gmina-miejsko-wiejska", "gmina miejsko-wiejska"
        MIASTO_NA_PRAWACH_POWIATU = "miasto-na-prawach-powiatu", "miasto na prawach powiatu"
        POWIAT = "powiat", "powiat"
        WOJEWODZTWO = "wojewodztwo", "województwo"
        METROPOLIA = "metropolia", "metropolia"

    nazwa = models.CharField("nazwa", max_length=120)
    slug = AutoSlugField()
    typ = models.CharField("typ", max_length=30, choices=Typ.choices, blank=True)
    teryt = models.CharField(
        "kod TERYT",
        max_length=7,
        blank=True,
        validators=[teryt_is_whole],
        help_text="Dwie cyfry województwa, cztery powiatu, siedem gminy.",
    )
    wojewodztwo = models.ForeignKey(
        Wojewodztwo,
        verbose_name="województwo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jst",
    )
    powiat = models.CharField("powiat", max_length=80, blank=True)
    ludnosc = models.PositiveIntegerField("liczba mieszkańców", null=True, blank=True)
    ludnosc_rok = models.PositiveSmallIntegerField("rok liczby mieszkańców", null=True, blank=True)
    ludnosc_zrodlo = models.URLField("źródło liczby mieszkańców", max_length=500, blank=True)
    lat = models.FloatField("szerokość geograficzna", null=True, blank=True)
    lon = models.FloatField("długość geograficzna", null=True, blank=True)
    w_gzm = models.BooleanField("w Metropolii GZM", default=False)
    sort_key = SortKeyField("nazwa")
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = JstQuerySet.as_manager()

    class Meta:
        verbose_name = "jednostka samorządu"
        verbose_name_plural = "jednostki samorządu"
        ordering = ["sort_key", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["teryt"],
                condition=~Q(teryt=""),
                name="praktyki_jst_teryt",
                violation_error_message="Jednostka z tym kodem TERYT już jest w bazie.",
            ),
            models.CheckConstraint(
                name="praktyki_jst_position",
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__range=(49, 55), lon__range=(14, 25)),
                violation_error_message="Podaj obie współrzędne (49–55° N, 14–25° E) albo żadnej.",
            ),
        ]

    def __str__(self):
        return self.nazwa

    def get_absolute_url(self):
        return reverse("praktyki:jst_detail", args=[self.slug])

    def published_meetings(self):
        """Return the public meetings that its offices organised, partnered or spoke at, latest first."""
        return _published_meetings_of(self.organizacje.all())


class OrganizacjaQuerySet(models.QuerySet):
    NAMED_BY = (
        "praktyki",
        "spotkania_organizowane",
        "spotkania_partnerskie",
        "udzialy__wystapienie__spotkanie",
    )

    def published(self, now=None):
        """Return the organisations that a public entry names."""
        return self._named(published_q, now)

    def readable(self, now=None):
        """Return the organisations that an entry readers can open names; others are not shown to them."""
        return self._named(readable_q, now)

    def _named(self, state_q, now):
        named = Q()
        for path in self.NAMED_BY:
            named |= Q(pk__in=self.model.objects.filter(state_q(path, now)).values("pk"))
        return self.filter(named)


class Organizacja(models.Model):
    class Typ(models.TextChoices):
        FUNDACJA = "fundacja", "fundacja"
        STOWARZYSZENIE = "stowarzyszenie", "stowarzyszenie"
        ZWIAZEK = "zwiazek", "federacja, związek lub sieć"
        LGD = "lgd", "lokalna grupa działania"
        KOSCIELNA = "koscielna", "organizacja kościelna"
        KLUB = "klub", "klub sportowy"
        KGW_OSP = "kgw-osp", "koło gospodyń lub ochotnicza straż"
        SPOLKA = "spolka", "spółka"
        UCZELNIA = "uczelnia", "uczelnia"
        PUBLICZNA = "publiczna", "instytucja publiczna"
        INNA = "inna", "inna"

    nazwa = models.CharField("nazwa", max_length=200, unique=True)
    slug = AutoSlugField()
    typ = models.CharField("typ", max_length=20, choices=Typ.choices, blank=True)
    jst = models.ForeignKey(
        Jst,
        verbose_name="jednostka samorządu",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organizacje",
        help_text="Tylko dla urzędu: samorząd, którego to urząd.",
    )
    krs = models.CharField("numer KRS", max_length=10, blank=True)
    www = models.URLField("strona internetowa", max_length=500, blank=True)
    sort_key = SortKeyField("nazwa")
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = OrganizacjaQuerySet.as_manager()

    class Meta:
        verbose_name = "organizacja"
        verbose_name_plural = "organizacje"
        ordering = ["sort_key", "slug"]

    def __str__(self):
        return self.nazwa

    def get_absolute_url(self):
        return reverse("praktyki:organizacja_detail", args=[self.slug])

    def published_meetings(self):
        """Return the public meetings it organised, partnered or spoke at, latest first."""
        return _published_meetings_of([self])

    def published_speakers(self) -> list:
        """Return the people who spoke for it at a public meeting, by name."""
        appearances = self.udzialy.published().select_related("prelegent")
        speakers = {udzial.prelegent for udzial in appearances if udzial.prelegent.is_public}
        return sorted(speakers, key=lambda prelegent: prelegent.sort_key)


def _published_meetings_of(organisations):
    meetings = Organizacja._meta.get_field("spotkania_organizowane").related_model.objects
    return meetings.published().of_organisations(organisations).for_cards().chronological()


class Temat(models.Model):
    nazwa = models.CharField("nazwa", max_length=120, unique=True)
    slug = AutoSlugField()
    kolejnosc = models.PositiveSmallIntegerField("kolejność", default=100)

    class Meta:
        verbose_name = "temat"
        verbose_name_plural = "tematy"
        ordering = ["kolejnosc", "slug"]

    def __str__(self):
        return self.nazwa

    def get_absolute_url(self):
        return f"{reverse('praktyki:list')}?temat={self.slug}"


class Sfera(models.Model):
    """A sphere of public tasks: art. 4 ust. 1 ustawy o działalności pożytku publicznego i o wolontariacie."""

    temat = models.ForeignKey(Temat, verbose_name="temat", on_delete=models.CASCADE, related_name="sfery")
    numer = models.CharField("punkt art. 4 ust. 1", max_length=6, unique=True)
    kolejnosc = models.PositiveSmallIntegerField("kolejność", default=100)
    etykieta = models.CharField("skrót treści", max_length=200)
    zweryfikowano = models.DateField("porównano z ustawą", null=True, blank=True)

    class Meta:
        verbose_name = "sfera zadań publicznych"
        verbose_name_plural = "sfery zadań publicznych"
        ordering = ["kolejnosc"]

    def __str__(self):
        return f"{self.numer}. {self.etykieta}"


class Odbiorca(models.Model):
    nazwa = models.CharField("nazwa", max_length=120, unique=True)
    slug = AutoSlugField()
    kolejnosc = models.PositiveSmallIntegerField("kolejność", default=100)

    class Meta:
        verbose_name = "grupa odbiorców"
        verbose_name_plural = "grupy odbiorców"
        ordering = ["kolejnosc", "slug"]

    def __str__(self):
        return self.nazwa

    def get_absolute_url(self):
        return f"{reverse('praktyki:list')}?odbiorcy={self.slug}"


class TagQuerySet(models.QuerySet):
    def used_by(self, model, now=None):
        """Return the tags that a public row of the publishable `model` carries."""
        return self.filter(pk__in=model.objects.published(now).values("tagi"))


class Tag(TagBase):
    sort_key = SortKeyField("name")

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = "tag"
        verbose_name_plural = "tagi"
        ordering = ["sort_key", "slug"]

    def slugify(self, tag, i=None):
        """Keep ł, which Django's own slug drops."""
        slug = polish.slugify(tag) or "tag"
        return f"{slug}-{i}" if i else slug

    def get_absolute_url(self):
        return f"{reverse('praktyki:list')}?tag={self.slug}"
