"""Handing a stored file to a reader: as a download, in the part asked for, and never as a page of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

CHUNK = 64 * 1024  # bytes
SAFETY = {  # of every answer about a file, "not modified" included: a browser takes its headers over
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",  # what is withdrawn must not live on in a cache between us
    "Accept-Ranges": "bytes",
}
_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Delivery:
    """One stored file; `sha256` in hexadecimal is its identity, `modified` the moment it came."""

    file: File
    name: str
    content_type: str
    size: int
    sha256: str
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{self.sha256}"'

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """Answer GET or HEAD: 200, 206, 304, 412 or 416 (RFC 9110); 404 where the storage lost the file."""
        try:
            file = self.file.open("rb")
        except OSError as error:
            raise Http404 from error
        modified = int(self.modified.timestamp())
        whole = HttpResponse(headers=self._headers(modified))
        response = get_conditional_response(request, self.etag, modified, whole)
        if response is whole and request.method == "GET":
            response = self._stream(whole, file, self._wanted_span(request, modified))
        if not response.streaming:
            file.close()
        for name, value in SAFETY.items():
            response.headers[name] = value
        return response

    def _headers(self, modified):
        return {
            "Content-Type": self.content_type,
            "Content-Length": str(self.size),
            "Content-Disposition": content_disposition_header(True, self.name),
            "ETag": self.etag,
            "Last-Modified": http_date(modified),
            **SAFETY,
        }

    def _wanted_span(self, request, modified):
        """Return what to send of the file, see `read_range`.

        A range of another version than the one whose part the reader holds (If-Range) is the whole file.
        """
        condition = request.headers.get("If-Range", "").strip()
        is_same = condition in ("", self.etag) or parse_http_date_safe(condition) == modified
        return read_range(request.headers.get("Range", "") if is_same else "", self.size)

    def _stream(self, whole, file, span):
        start, end = span or (0, self.size)
        if span and start == end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{self.size}"})
        response = StreamingHttpResponse(read_part(file, start, end), headers=whole.headers)
        response._resource_closers.append(file.close)
        if span:
            response.status_code = 206
            response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{self.size}"
            response.headers["Content-Length"] = str(end - start)
        return response


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """Return `(start, end)`, end excluded, of a Range header; start = end where the file has no such bytes.

    We serve one range of bytes. Several, other units and nonsense mean the whole: None (RFC 9110, 14.2).
    """
    match = _RANGE.fullmatch(header.strip())
    if not match or match[1] == match[2] == "":
        return None
    if match[1] == "":
        return max(0, size - int(match[2])), size
    start, last = int(match[1]), int(match[2] or size)
    if match[2] and last < start:
        return None
    return (start, min(last + 1, size)) if start < size else (size, size)


def read_part(file: File, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of `file` from `start` to `end`, a little at a time."""
    file.seek(start)
    left = end - start
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
