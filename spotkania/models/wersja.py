"""The uploads of a material: the newest that was not withdrawn answers at the material's address."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from platforma.lib.files.checks import validate_upload
from platforma.lib.files.formats import UNKNOWN, WITH_TEXT, extension_of
from platforma.lib.files.stored import StoredFile
from platforma.lib.polish import plural

PAGES, SLIDES = ("strona", "strony", "stron"), ("slajd", "slajdy", "slajdów")
FOLDER = "materialy"  # in the storage


def version_path(wersja, filename: str) -> str:
    """Keep uploads of one material together, under a name that keeps the original ending only."""
    return f"{FOLDER}/{wersja.material_id}/{timezone.now():%Y%m%d%H%M%S%f}.{extension_of(filename)}"


class WersjaMaterialuQuerySet(models.QuerySet):
    def public(self):
        """Return the versions readers may have, of materials that are public themselves."""
        return self.filter(wycofana=False)

    def to_read(self, stale_before):
        """Return the versions whose text waits, and those whose reader has not answered since that moment."""
        lost = Q(text_state=WersjaMaterialu.TextState.READING, text_claimed_at__lt=stale_before)
        return self.filter(Q(text_state=WersjaMaterialu.TextState.WAITING) | lost).order_by("pk")

    def claim(self, pk, stale_before, now) -> bool:
        """Take the version for reading; False where another process was quicker."""
        return bool(
            self.to_read(stale_before)
            .filter(pk=pk)
            .order_by()
            .update(
                text_state=WersjaMaterialu.TextState.READING,
                text_claimed_at=now,
                text_attempts=F("text_attempts") + 1,
            )
        )


class WersjaMaterialu(StoredFile):
    """One upload. Its bytes never change; an editor may withdraw it, and then nobody gets it."""

    class TextState(models.TextChoices):
        """How far the text of the file has come on its way to the search."""

        WAITING = "waiting", "czeka na odczytanie"
        READING = "reading", "odczytywany"
        DONE = "done", "odczytany"
        FAILED = "failed", "nieodczytany"
        NONE = "none", "plik nie ma tekstu"

    material = models.ForeignKey("spotkania.Material", on_delete=models.CASCADE, related_name="wersje")
    plik = models.FileField("plik", upload_to=version_path, max_length=200, validators=[validate_upload])
    wycofana = models.BooleanField(
        "wycofana", default=False, help_text="Wycofanej wersji czytelnicy nie pobiorą pod żadnym adresem."
    )
    pages = models.PositiveIntegerField("liczba stron", null=True, blank=True, editable=False)
    text_state = models.CharField(
        "tekst dla wyszukiwarki",
        max_length=10,
        choices=TextState.choices,
        default=TextState.WAITING,
        editable=False,
        db_index=True,
    )
    text_note = models.CharField("powód", max_length=300, blank=True, editable=False)
    text_claimed_at = models.DateTimeField("odczyt zaczęto", null=True, blank=True, editable=False)
    text_attempts = models.PositiveSmallIntegerField("próby odczytu", default=0, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto dodał",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = WersjaMaterialuQuerySet.as_manager()
    warnings: tuple[str, ...] = ()  # what the check of a new file noticed, for whoever uploads it

    class Meta:
        verbose_name = "wersja pliku"
        verbose_name_plural = "wersje pliku"
        ordering = ["-pk"]

    def save(self, **kwargs):
        type(self.material).objects.filter(pk=self.material_id).update(updated_at=timezone.now())
        super().save(**kwargs)

    def get_absolute_url(self):
        """The address of this very version, whatever came after it."""
        return reverse("spotkania:material_version", args=[self.material_id, self.pk, self.nazwa_pliku])

    @property
    def format(self) -> str:
        """What a reader calls the kind of file: "PDF", "DOCX"."""
        return PurePath(self.nazwa_pliku).suffix.lstrip(".").upper()

    @property
    def length(self) -> str:
        """How long it is: "12 stron", "3 slajdy"; "" where that is not known."""
        if self.pages is None:
            return ""
        forms = SLIDES if extension_of(self.nazwa_pliku) in ("pptx", "odp") else PAGES
        return f"{self.pages} {plural(self.pages, *forms)}"

    def describe_upload(self):
        super().describe_upload()
        if inspection := getattr(self.plik, "inspection", None):
            self.pages, self.warnings = inspection.pages, inspection.warnings
        if self.content_type == UNKNOWN or extension_of(self.nazwa_pliku) not in WITH_TEXT:
            self.text_state = self.TextState.NONE


class TrescWersji(models.Model):
    """The text read from a file, apart from its row: lists of materials must not drag it along."""

    wersja = models.OneToOneField(
        WersjaMaterialu, on_delete=models.CASCADE, primary_key=True, related_name="tresc"
    )
    tekst = models.TextField("tekst")

    class Meta:
        verbose_name = "treść pliku"
        verbose_name_plural = "treści plików"

    def __str__(self):
        return str(self.wersja)
