"""Speakers: one person across all meetings."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from platforma.lib import history
from platforma.lib.fields import AutoSlugField, SortKeyField
from platforma.lib.files.refusal import Refusal
from platforma.lib.photos import cleaned_photo
from platforma.lib.publication import published_q, readable_q

PHOTOS = "prelegenci"  # in the storage
PERSONAL_TEXTS = ("notka", "zdjecie_autor", "www")  # old versions lose them with the consent


class PrelegentQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the people who spoke at a public meeting."""
        return self._named(published_q("wystapienia__spotkanie", now))

    def readable(self, now=None):
        """Return the people named by a meeting that readers can open; nobody else is shown to them."""
        spoke, stated = readable_q("wystapienia__spotkanie", now), readable_q("wypowiedzi__spotkanie", now)
        return self._named(spoke) | self._named(stated)

    def consented(self):
        """Return the people who have not withdrawn their consent; nothing public names the others."""
        return self.filter(zgoda_wycofana__isnull=True)

    def _named(self, condition):
        return self.consented().filter(pk__in=self.model.objects.filter(condition).values("pk"))

    def with_published_counts(self, now=None):
        """Annotate `liczba_spotkan`: at how many public meetings each person spoke."""
        public = published_q("wystapienia__spotkanie", now)
        return self.annotate(
            liczba_spotkan=models.Count("wystapienia__spotkanie", filter=public, distinct=True),
        ).order_by(*self.model._meta.ordering)  # grouping would drop it


def photo_path(prelegent, filename: str) -> str:
    """Name a photo by the moment it came, so that the name tells nothing and no cache mistakes it."""
    return f"{PHOTOS}/{timezone.now():%Y%m%d%H%M%S%f}.jpg"


def validate_photo(zdjecie):
    if zdjecie._committed:
        return
    try:
        cleaned_photo(zdjecie.open("rb"))
    except Refusal as refusal:
        raise ValidationError(f"Plik zdjęcia {refusal}", code="refused") from refusal


class Prelegent(models.Model):
    """One person across all meetings. Role and organisation belong to the meeting, not to the person."""

    imie = models.CharField("imię", max_length=60)
    nazwisko = models.CharField("nazwisko", max_length=80)
    slug = AutoSlugField("imie_nazwisko")
    notka = models.TextField("notka", blank=True, help_text="Publiczna tylko z odnotowaną zgodą.")
    zdjecie = models.FileField(
        "zdjęcie",
        upload_to=photo_path,
        blank=True,
        validators=[validate_photo],
        help_text="Publiczne tylko ze zgodą. JPEG, PNG albo WebP; zapisujemy je od nowa, bez danych aparatu.",
    )
    zdjecie_autor = models.CharField("autor i licencja zdjęcia", max_length=200, blank=True)
    www = models.URLField("strona internetowa", max_length=500, blank=True)
    zgoda = models.DateField("data zgody na notkę i zdjęcie", null=True, blank=True)
    zgoda_wycofana = models.DateField(
        "data wycofania zgody",
        null=True,
        blank=True,
        help_text="Od razu znikają: strona osoby, notka, zdjęcie, jej wypowiedzi oraz nazwisko i rola "
        "w programach. Nazwisko wpisane w streszczenie lub opis usuń ręcznie.",
    )
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

    def save(self, **kwargs):
        if self.zdjecie and not self.zdjecie._committed:
            self.zdjecie = ContentFile(cleaned_photo(self.zdjecie.open("rb")), name="zdjecie.jpg")
        super().save(**kwargs)
        history.forget(self, *self.unkept_texts)

    def get_absolute_url(self):
        return reverse("spotkania:prelegent_detail", args=[self.slug])

    @property
    def imie_nazwisko(self) -> str:
        return f"{self.imie} {self.nazwisko}"

    @property
    def unkept_texts(self) -> tuple[str, ...]:
        """The fields that no version keeps, not even that of the deletion."""
        return PERSONAL_TEXTS if self.zgoda_wycofana else ()

    @property
    def is_public(self) -> bool:
        """Tell whether the person may be named; pages must also ask whether a public meeting names them."""
        return self.zgoda_wycofana is None

    @property
    def has_consent(self) -> bool:
        """Tell whether the person's note and photo may be shown."""
        return self.zgoda is not None and self.is_public

    @property
    def publiczna_notka(self) -> str:
        return self.notka if self.has_consent else ""

    @property
    def photo_url(self) -> str:
        """The address of the photo, or "" where readers must not see one."""
        if not (self.has_consent and self.zdjecie):
            return ""
        return reverse("spotkania:prelegent_photo", args=[self.slug])
