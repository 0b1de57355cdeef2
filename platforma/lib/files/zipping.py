"""Archives made while they are sent: no whole file, and no whole archive, is ever in memory."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from platforma.lib.files.delivery import CHUNK, SAFETY

_PER_MEMBER = 30 + 16 + 46  # bytes: its header, its checksum after it, its line in the list (APPNOTE 4.3)
_END = 22


@dataclass(frozen=True)
class Member:
    """One file of an archive; `open` gives its bytes when their turn comes."""

    name: str
    modified: datetime
    open: Callable[[], IO[bytes]]


class _Outbox:
    """What the archive wrote and nobody took yet."""

    def __init__(self):
        self._written = bytearray()

    def write(self, data) -> int:
        self._written += data
        return len(data)

    def flush(self):
        """Nothing waits: `take` gives what was written."""

    def take(self) -> bytes:
        taken, self._written = bytes(self._written), bytearray()
        return taken


def stream_zip(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield an archive of `members` as they are: what is worth packing is packed already."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:
        for member in members:
            moment = max(timezone.localtime(member.modified).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
            info = zipfile.ZipInfo(member.name, moment)
            info.external_attr = 0o644 << 16
            with member.open() as source, archive.open(info, "w") as part:
                while chunk := source.read(CHUNK):
                    part.write(chunk)
                    yield outbox.take()
            yield outbox.take()
    yield outbox.take()


def zip_size(files: Iterable[tuple[str, int]]) -> int:
    """Return the bytes of the archive of `(name, size)`; exactly what `stream_zip` makes."""
    return _END + sum(size + _PER_MEMBER + 2 * len(name.encode()) for name, size in files)


def zip_response(request: HttpRequest, name: str, members: Iterable[Member]) -> HttpResponseBase:
    """Answer GET with the archive as a download called `name`, HEAD with its headers."""
    headers = {
        **SAFETY,
        "Content-Type": "application/zip",
        "Content-Disposition": content_disposition_header(True, name),
        "Accept-Ranges": "none",
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(stream_zip(members), headers=headers)
