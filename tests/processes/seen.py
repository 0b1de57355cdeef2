"""A page as a reader sees it: its cards and counts, and what was committed before and is still so after."""

import html
import re
import time
from dataclasses import dataclass

from . import spawned
from .board import ARCHIVED, HIDDEN, SCHEDULED, SHOWN, STATES
from .rows import CANARY


@dataclass(frozen=True)
class Card:
    """A row as a list shows it."""

    text: str
    badges: list[str]

    def generations(self) -> set[int]:
        """Return the generations that its title, summary and amount name; the year stands for the same."""
        named = {int(number) for number in re.findall(r"pokolenie (\d+)", self.text)}
        year = int(re.search(r"od (\d{4})", self.text)[1]) - 1990
        return named if {number % 100 for number in named} == {year} else named | {-year}


class Page:
    """What one request was answered with, between two looks at the board."""

    def __init__(self, client, address):
        board = spawned.board
        before, self.began = (list(board.moved), list(board.published), list(board.due)), time.time()
        response = client.get(address, SERVER_NAME="127.0.0.1")
        self.ended = time.time()
        after = list(board.moved), list(board.published), list(board.due)
        self.status, self.html = response.status_code, response.content.decode()
        self.moved, self.published = (
            {place: value for place, value in enumerate(first) if value and value == second}
            for first, second in zip(before[:2], after[:2], strict=True)
        )
        self.due = after[2]
        assert self.status in (200, 404), self.status
        assert CANARY not in self.html.lower(), "a draft shows"

    @property
    def total(self) -> int:
        return int(re.search(r'data-total="(\d+)"', self.html)[1])

    @property
    def cards(self) -> dict[str, Card]:
        articles = re.findall(
            r'<article class="(?:card|result)" data-slug="(.+?)">(.+?)</article>', self.html, re.S
        )
        return {slug: _card(article) for slug, article in articles}

    def counts(self, facet) -> dict[str, int]:
        pattern = rf'data-facet="{facet}" data-value="(.+?)" data-count="(\d+)"'
        return {value: int(count) for value, count in re.findall(pattern, self.html)}

    def is_shown(self, place) -> bool | None:
        """Tell whether row p is in lists; None when that changed, or may have, during the request."""
        state, due = self.published.get(place, 0) % STATES, self.due[place]
        if state == SCHEDULED:
            return True if due < self.began else False if due > self.ended else None
        return {SHOWN: True, HIDDEN: False, ARCHIVED: False}.get(state)


def _card(article) -> Card:
    return Card(" ".join(html.unescape(re.sub(r"<[^>]+>", "", article)).split()), badges_of(article))


def badges_of(part: str) -> list[str]:
    """Return the instruments named in a part of a page."""
    return re.findall(r'class="badge"[^>]*>(.+?)<', part)
