"""Atom feeds (RFC 4287) of any list of entries, in pages of a hundred (RFC 5005)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from platforma.lib.catalogue import Catalogue
from platforma.lib.identity import permanent_id
from platforma.lib.pages import absolute
from platforma.lib.text import printable

PER_PAGE = 100
AUTHOR = "Platforma Dobrych Praktyk"


@dataclass(frozen=True)
class Entry:
    """What a feed says about `row`, a Publishable with an address."""

    row: object
    title: str
    summary: str
    categories: list[str] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        """When readers could first see it as it is now."""
        return max(self.row.updated_at, self.row.published_at)


class _PagedFeed(Atom1Feed):
    def latest_post_date(self):
        """Say midnight of an empty feed, so that it does not seem to change with every request."""
        known = [item["updateddate"] for item in self.items]
        return max(known, default=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, href in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": href})


def catalogue_feed(katalog: Catalogue, path: str, entry_of: Callable[[object], Entry]) -> HttpResponse:
    """Answer with the feed at `path` of exactly what `katalog` finds; past its last page with 404.

    `entry_of(row)` says what the feed says of a row that was read as for its card.
    """
    start = (katalog.number - 1) * PER_PAGE
    if start and start >= katalog.total:
        raise Http404
    feed = _PagedFeed(
        title=printable(f"{katalog.title} – Platforma Dobrych Praktyk"),
        link=absolute(katalog.form_url + katalog.query),
        description="",
        language="pl",
        author_name=AUTHOR,
        feed_url=absolute(_page(path, katalog, katalog.number)),
        feed_guid=absolute(_page(path, katalog, 1)),
        pages=_neighbours(path, katalog, start),
    )
    for row in katalog.rows_of(katalog.keys(start, start + PER_PAGE), lambda public: public.for_cards()):
        _add(feed, entry_of(row))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(feed, entry: Entry) -> None:
    feed.add_item(
        title=printable(entry.title),
        link=absolute(entry.row.get_absolute_url()),
        description=escape(printable(entry.summary)),
        unique_id=permanent_id(entry.row).urn,
        pubdate=entry.row.published_at,
        updateddate=entry.updated,
        categories=map(printable, entry.categories),
    )


def _neighbours(path, katalog, start) -> dict[str, str]:
    pages = {}
    if start:
        pages["previous"] = absolute(_page(path, katalog, katalog.number - 1))
    if start + PER_PAGE < katalog.total:
        pages["next"] = absolute(_page(path, katalog, katalog.number + 1))
    return pages


def _page(path: str, katalog: Catalogue, number: int) -> str:
    pairs = parse_qsl(katalog.query.removeprefix("?"))
    query = urlencode([*pairs, ("strona", number)] if number > 1 else pairs)
    return f"{path}?{query}" if query else path
