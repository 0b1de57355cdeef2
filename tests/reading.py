"""A page as its reader meets it: the words, and where the links lead."""

import html
import re
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from platforma.middleware import public_pages


@dataclass(frozen=True)
class Page:
    html: str

    @property
    def text(self) -> str:
        """The words of the page with single spaces."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    @property
    def links(self) -> set[str]:
        return {html.unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]*)"', self.html)}

    def leads_to(self, *rows) -> bool:
        return {row.get_absolute_url() for row in rows} <= self.links


def read(client, target) -> Page:
    """Return the page at an address, or of a row that has one."""
    response = client.get(target if isinstance(target, str) else target.get_absolute_url())
    assert response.status_code == 200
    return Page(response.content.decode())


def count_queries(client, target) -> int:
    """Count the queries of a page whose process has already seen the present content."""
    read(client, target)
    public_pages.forget()
    with CaptureQueriesContext(connection) as queries:
        read(client, target)
    return len(queries)
