"""Links of a paginated list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator

MAX_DIGITS = 12  # a page further on is past the end all the same


@dataclass(frozen=True)
class PageLink:
    number: int
    url: str
    current: bool


def page_links(number: int, last: int, url: Callable[[int], str]) -> list[PageLink | None] | None:
    """Return links to pages 1…`last` around `number`, None for a gap; None when one page is all there is."""
    if last <= 1:
        return None
    links = []
    for page in Paginator(range(last), 1).get_elided_page_range(min(number, last), on_each_side=2, on_ends=1):
        is_gap = page == Paginator.ELLIPSIS
        links.append(None if is_gap else PageLink(page, url(page), page == number))
    return links


def read_page_number(text: str | None) -> int | None:
    """Return the page asked for (1 when nothing was), or None when it is not a whole number above zero."""
    if text in (None, ""):
        return 1
    if text.isascii() and text.isdigit() and text.strip("0"):
        return int(text[:MAX_DIGITS])
    return None
