"""Materials to take home: a file with its versions, or a link."""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from platforma.lib.fields import FoldedTextField, SortKeyField
from platforma.lib.publication import published_q
from praktyki.models import Instrument, Praktyka

from .program import Wystapienie
from .spotkanie import Spotkanie

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
MAX_FILE_MB = 20


class MaterialQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the materials whose day has come and whose every owner is public."""
        now = now or timezone.now()
        return self.filter(
            Q(publiczny_od__isnull=True) | Q(publiczny_od__lte=timezone.localdate(now)),
            Q(spotkanie__isnull=True) | published_q("spotkanie", now),
            Q(praktyka__isnull=True) | published_q("praktyka", now),
        ).exclude(postac=Material.Postac.PLIK, wersje__isnull=True)

    def for_list(self):
        related = self.select_related("spotkanie", "praktyka", "instrument")
        return related.prefetch_related("wersje", "praktyka__rozstrzygniecia")

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

    def newest(self):
        return self.order_by("-created_at", "-pk")


class Material(models.Model):
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

    DOCUMENTS = (Rodzaj.WZOR, Rodzaj.REGULAMIN, Rodzaj.UCHWALA)

    tytul = models.CharField("tytuł", max_length=250)
    rodzaj = models.CharField("rodzaj", max_length=20, choices=Rodzaj.choices, default=Rodzaj.INNE)
    postac = models.CharField("postać", max_length=10, choices=Postac.choices, default=Postac.LINK)
    url = models.URLField("adres", max_length=800, blank=True, help_text="Tylko dla linku.")
    opis = models.TextField("opis", blank=True)
    licencja = models.CharField("licencja", max_length=120, blank=True)
    autor = models.CharField("autor", max_length=200, blank=True)
    publiczny_od = models.DateField("publiczny od", null=True, blank=True, help_text="Puste: od razu.")
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

    @property
    def najnowsza_wersja(self):
        """The newest uploaded version, or None for a link; reads the prefetched list when there is one."""
        return max(self.wersje.all(), key=lambda wersja: wersja.pk, default=None)


def version_path(wersja, filename: str) -> str:
    """Keep uploads of one material together, under a name that keeps the original ending only."""
    return (
        f"materialy/{wersja.material_id}/{timezone.now():%Y%m%d%H%M%S%f}{PurePath(filename).suffix.lower()}"
    )


def validate_size(plik):
    if plik.size > MAX_FILE_MB * 1024 * 1024:
        raise ValidationError(f"Plik jest większy niż {MAX_FILE_MB} MB.")


class WersjaMaterialu(models.Model):
    """One upload; the newest answers at the material's stable address."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="wersje")
    plik = models.FileField(
        "plik",
        upload_to=version_path,
        max_length=200,
        validators=[
            FileExtensionValidator(
                sorted(CONTENT_TYPES),
                message=f"Dozwolone rodzaje plików: {', '.join(sorted(CONTENT_TYPES))}.",
            ),
            validate_size,
        ],
    )
    nazwa_pliku = models.CharField("nazwa pliku", max_length=200, editable=False)
    size = models.PositiveBigIntegerField("rozmiar w bajtach", editable=False, default=0)
    sha256 = models.CharField("skrót SHA-256", max_length=64, editable=False, blank=True)
    content_type = models.CharField("typ treści", max_length=120, editable=False, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto dodał",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("dodano", auto_now_add=True)

    class Meta:
        verbose_name = "wersja pliku"
        verbose_name_plural = "wersje pliku"
        ordering = ["-pk"]

    def __str__(self):
        return self.nazwa_pliku

    def save(self, **kwargs):
        if not self.plik._committed:
            self._describe_upload()
        super().save(**kwargs)

    def _describe_upload(self):
        self.nazwa_pliku = PurePath(self.plik.name).name[-200:]
        self.size = self.plik.size
        self.sha256 = hashlib.file_digest(self.plik.open("rb"), "sha256").hexdigest()
        self.plik.seek(0)
        extension = PurePath(self.nazwa_pliku).suffix.lower().lstrip(".")
        self.content_type = CONTENT_TYPES.get(extension, "application/octet-stream")
