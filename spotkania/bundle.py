"""All files of a meeting as one archive, with a note on where each comes from and what one may do with it."""

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from platforma.lib.files.names import unique_names
from platforma.lib.files.zipping import Member, zip_size
from platforma.lib.pages import absolute

README = "README.txt"


class Bundle:
    """The public files among `materialy` of `spotkanie`; its note also lists the links."""

    def __init__(self, spotkanie, materialy):
        self.spotkanie = spotkanie
        self.files = [material for material in materialy if material.najnowsza_wersja]
        self.links = [material for material in materialy if material.url]
        versions = [material.najnowsza_wersja for material in self.files]
        _readme, *names = unique_names([README, *(wersja.nazwa_pliku for wersja in versions)])
        self.named = list(zip(names, versions, self.files, strict=True))

    def __len__(self):
        return len(self.files)

    def get_absolute_url(self):
        return reverse("spotkania:bundle", args=[self.spotkanie.slug])

    @property
    def name(self) -> str:
        return f"materialy-{self.spotkanie.slug}.zip"

    @cached_property
    def size(self) -> int:
        """Bytes to download."""
        sizes = [(name, wersja.size) for name, wersja, _material in self.named]
        return zip_size([*sizes, (README, len(self._readme(missing=set())))])

    def members(self) -> Iterator[Member]:
        """Yield the files, then the note: it names those that the storage has lost."""
        missing = set()
        for name, wersja, _material in self.named:
            try:
                file = wersja.plik.open("rb")
            except OSError:
                missing.add(name)
            else:
                yield Member(name, wersja.created_at, lambda file=file: file)
        readme = self._readme(missing)
        yield Member(README, timezone.now(), lambda: BytesIO(readme))

    def _readme(self, missing) -> bytes:
        context = {
            "spotkanie": self.spotkanie,
            "adres": absolute(self.spotkanie.get_absolute_url()),
            "dzis": timezone.localdate(),
            "pliki": [
                (name, wersja, material, absolute(material.get_absolute_url()), name in missing)
                for name, wersja, material in self.named
            ],
            "linki": self.links,
            "zrodla": self.spotkanie.zrodla.all(),
        }
        text = render_to_string("spotkania/paczka_readme.txt", context)
        return "\r\n".join(text.splitlines()).encode() + b"\r\n"
