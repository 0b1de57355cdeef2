"""Files sent along with a submission."""

import secrets
from functools import partial

from django.db import models, transaction

from platforma.lib.files.checks import validate_upload
from platforma.lib.files.formats import extension_of
from platforma.lib.files.stored import StoredFile

from .zgloszenie import Zgloszenie

FOLDER = "zgloszenia"  # in the storage


def attachment_path(zalacznik, filename: str) -> str:
    return f"{FOLDER}/{zalacznik.zgloszenie_id}/{secrets.token_hex(8)}.{extension_of(filename)}"


class ZalacznikQuerySet(models.QuerySet):
    def to_move(self):
        """Return the files that are not among the materials of the draft yet."""
        return self.filter(moved_at=None)

    def take(self, pk, now) -> bool:
        """Take a file for moving; False where somebody else was quicker."""
        return bool(self.to_move().filter(pk=pk).update(moved_at=now))


class Zalacznik(StoredFile):
    """A file sent along: looked into like every upload, seen by editors only."""

    zgloszenie = models.ForeignKey(Zgloszenie, on_delete=models.CASCADE, related_name="zalaczniki")
    plik = models.FileField("plik", upload_to=attachment_path, max_length=200, validators=[validate_upload])
    moved_at = models.DateTimeField("dołączono do szkicu", null=True, blank=True, editable=False)

    objects = ZalacznikQuerySet.as_manager()

    class Meta:
        verbose_name = "załącznik"
        verbose_name_plural = "załączniki"
        ordering = ["pk"]

    def delete_with_bytes(self) -> None:
        """Delete the row, and the stored file once the row is gone for certain."""
        self.delete()
        transaction.on_commit(partial(self.plik.storage.delete, self.plik.name), robust=True)
