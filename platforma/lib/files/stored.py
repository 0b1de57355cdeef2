"""What is known of an uploaded file besides its bytes: written once, when it comes."""

import hashlib

from django.db import models

from platforma.lib.files.delivery import Delivery
from platforma.lib.files.formats import content_type_of
from platforma.lib.files.names import clean_name

HEAD = 16  # bytes that tell a format


class StoredFile(models.Model):
    """An abstract row of one file; the child has the bytes in its field `plik`."""

    nazwa_pliku = models.CharField("nazwa pliku", max_length=200, editable=False)
    size = models.PositiveBigIntegerField("rozmiar w bajtach", editable=False, default=0)
    sha256 = models.CharField("skrót SHA-256", max_length=64, editable=False, blank=True)
    content_type = models.CharField("typ treści", max_length=120, editable=False, blank=True)
    created_at = models.DateTimeField("dodano", auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.nazwa_pliku

    def save(self, **kwargs):
        if not self.plik._committed:
            self.describe_upload()
        super().save(**kwargs)

    def describe_upload(self) -> None:
        """Note the name, size, digest and type of a file that is about to be stored."""
        self.nazwa_pliku = clean_name(self.plik.name)
        file = self.plik.open("rb")
        self.size = file.size
        self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        self.content_type = content_type_of(self.nazwa_pliku, file.read(HEAD))
        file.seek(0)

    def delivery(self) -> Delivery:
        """Return the file as it is handed out; whether they may have it is for the caller to ask."""
        return Delivery(
            self.plik, self.nazwa_pliku, self.content_type, self.size, self.sha256, self.created_at
        )
