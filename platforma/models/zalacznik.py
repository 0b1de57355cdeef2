"""Files sent along with a submission."""

import hashlib
import secrets
from functools import partial

from django.db import models, transaction

from platforma.lib.files.checks import validate_upload
from platforma.lib.files.delivery import Delivery
from platforma.lib.files.formats import content_type_of, extension_of
from platforma.lib.files.names import clean_name

from .zgloszenie import Zgloszenie

FOLDER = "zgloszenia"  # in the storage
HEAD = 16  # bytes that tell a format


def attachment_path(zalacznik, filename: str) -> str:
    return f"{FOLDER}/{zalacznik.zgloszenie_id}/{secrets.token_hex(8)}.{extension_of(filename)}"


class ZalacznikQuerySet(models.QuerySet):
    def to_move(self):
        """Return the files that are not among the materials of the draft yet."""
        return self.filter(moved_at=None)

    def take(self, pk, now) -> bool:
        """Take a file for moving; False where somebody else was quicker."""
        return bool(self.to_move().filter(pk=pk).update(moved_at=now))


class Zalacznik(models.Model):
    """A file sent along: looked into like every upload, seen by editors only."""

    zgloszenie = models.ForeignKey(Zgloszenie, on_delete=models.CASCADE, related_name="zalaczniki")
    plik = models.FileField("plik", upload_to=attachment_path, max_length=200, validators=[validate_upload])
    nazwa_pliku = models.CharField("nazwa pliku", max_length=200, editable=False)
    size = models.PositiveBigIntegerField("rozmiar w bajtach", editable=False, default=0)
    sha256 = models.CharField("skrót SHA-256", max_length=64, editable=False, blank=True)
    content_type = models.CharField("typ treści", max_length=120, editable=False, blank=True)
    moved_at = models.DateTimeField("dołączono do szkicu", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("dodano", auto_now_add=True)

    objects = ZalacznikQuerySet.as_manager()

    class Meta:
        verbose_name = "załącznik"
        verbose_name_plural = "załączniki"
        ordering = ["pk"]

    def __str__(self):
        return self.nazwa_pliku

    def save(self, **kwargs):
        if not self.plik._committed:
            self._describe_upload()
        super().save(**kwargs)

    def delete_with_bytes(self) -> None:
        """Delete the row, and the stored file once the row is gone for certain."""
        self.delete()
        transaction.on_commit(partial(self.plik.storage.delete, self.plik.name), robust=True)

    def delivery(self) -> Delivery:
        """Return the file as it is handed out; whether they may have it is for the caller to ask."""
        return Delivery(
            self.plik, self.nazwa_pliku, self.content_type, self.size, self.sha256, self.created_at
        )

    def _describe_upload(self):
        self.nazwa_pliku = clean_name(self.plik.name)
        file = self.plik.open("rb")
        self.size = file.size
        self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        self.content_type = content_type_of(self.nazwa_pliku, file.read(HEAD))
        file.seek(0)
