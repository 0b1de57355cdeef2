"""What the processes of `test_processes` do: editors change rows in loops, readers check every page.

Rows "m" always stand in one list: editors move them between two instruments and two voivodeships. Rows "p"
are published, withdrawn, archived, deleted and scheduled. What an editor has committed is on the board, so
that a reader knows what the next request must show: a slot is 0 while its row is being changed, else it tells
the state and, in a higher part that grows, which of many times.
"""

import html
import json
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.test import Client

from platforma.lib.publication import Status
from praktyki.models import Instrument, Jst, Praktyka, Temat, Wojewodztwo
from tests import spawned
from tests.board import MOVED, PUBLISHED

HIDDEN, SHOWN, SCHEDULED, ARCHIVED = 1, 2, 3, 4
SOON = 0.15  # seconds ahead that a scheduled row is due
PAUSE = 0.15  # seconds at most between two edits, so that the other editor gets at the lock for writing
THREADS = 2  # of every reader, for the threads of a process share its index
CANARY = "zeszyt"  # in every title that must not be read
LISTS = (
    "/praktyki/?temat=ruch",
    "/praktyki/?temat=ruch&sort=tytul&rok_od=1990",
    "/praktyki/?temat=ruch&q=wiersze",
    "/praktyki/?q=alfa",
    "/praktyki/?q=omega&temat=ruch",
    "/praktyki/?q=wiersz&instrument=alfa",
    "/praktyki/?temat=druk",
    "/praktyki/?temat=druk&q=gazety",
    "/praktyki/",
)


@contextmanager
def changing(slots, values: dict[int, int]):
    """Change rows in one transaction while their slots are 0; afterwards the slots are `values`."""
    for place in values:
        slots[place] = 0
    with transaction.atomic():
        yield
    for place, value in values.items():
        slots[place] = value


def fill():
    """Make all rows; every one has exactly one instrument and one unit."""
    alfa, omega, gamma = (
        Instrument.objects.create(nazwa=name.capitalize(), slug=name, definicja="Opis.")
        for name in ("alfa", "omega", "gamma")
    )
    voivodeships = [Wojewodztwo.objects.create(nazwa=f"kraina {n}", teryt=f"0{n}") for n in range(2)]
    units = [
        Jst.objects.create(nazwa=f"Gmina {n}", typ=Jst.Typ.GMINA_WIEJSKA, wojewodztwo=voivodeships[n % 2])
        for n in range(4)
    ]
    topics = {slug: Temat.objects.create(nazwa=slug, slug=slug) for slug in ("ruch", "druk")}
    now = datetime.now(UTC)
    for place in range(MOVED):
        row = Praktyka(slug=f"m-{place}", status=Status.PUBLISHED, published_at=now)
        _write_moved(row, 1, [alfa, omega][place % 2], units[place % 4])
        row.tematy.set([topics["ruch"]])
        spawned.board.moved[place] = 1
    for place in range(PUBLISHED):
        row = _make_published(place)
        _describe_published(row, gamma, units[0], topics["druk"])
        spawned.board.published[place] = HIDDEN


def _write_moved(row, generation, instrument, unit):
    row.tytul = f"Wiersz {instrument.slug} pokolenie {generation}"
    row.streszczenie = f"Opis z pokolenie {generation}"
    row.kwota_opis = f"pokolenie {generation}"
    row.rok_od = 1990 + generation % 100
    row.save()
    row.instrumenty.set([instrument])
    row.jst.set([unit])


def _make_published(place):
    return Praktyka.objects.create(slug=f"p-{place}", tytul=f"{CANARY} {place}", streszczenie="Gazeta.")


def _describe_published(row, instrument, unit, topic):
    row.instrumenty.set([instrument])
    row.jst.set([unit])
    row.tematy.set([topic])


# --- editors


def move(seed: int) -> int:
    """Move rows, several in one transaction, and units; return how often."""
    chance, board, edits = random.Random(seed), spawned.board, 0
    instruments, units = Instrument.objects.in_bulk(field_name="slug"), list(Jst.objects.order_by("pk"))
    voivodeships = list(Wojewodztwo.objects.order_by("pk"))
    while not board.stop.wait(chance.uniform(0, PAUSE)):
        edits += 1
        if chance.random() < 0.3:
            unit = chance.choice(units)
            unit.wojewodztwo = chance.choice(voivodeships)
            unit.save()
            continue
        batch = chance.sample(range(MOVED), chance.randint(1, 3))
        with changing(board.moved, dict.fromkeys(batch, edits + 1)):
            instrument = instruments[chance.choice(["alfa", "omega"])]
            for row in Praktyka.objects.filter(slug__in=[f"m-{place}" for place in batch]):
                _write_moved(row, edits + 1, instrument, chance.choice(units))
    connection.close()
    return edits


def publish(seed: int) -> int:
    """Publish, schedule, withdraw, archive and delete rows; return how often."""
    chance, board, edits = random.Random(seed), spawned.board, 0
    relations = Instrument.objects.get(slug="gamma"), Jst.objects.first(), Temat.objects.get(slug="druk")
    while not board.stop.wait(chance.uniform(0, PAUSE)):
        edits += 1
        place = chance.randrange(PUBLISHED)
        row = Praktyka.objects.filter(slug=f"p-{place}").first()
        at = datetime.now(UTC)
        if row is None:
            state, change = HIDDEN, lambda: _describe_published(_make_published(place), *relations)  # noqa: B023
        elif row.status == Status.DRAFT:
            state = chance.choice([SHOWN, SHOWN, SCHEDULED])
            at += timedelta(seconds=SOON if state == SCHEDULED else 0)
            change = lambda: _publish(row, at)  # noqa: B023, E731
        else:
            state, change = chance.choice(
                [(HIDDEN, _withdraw), (HIDDEN, Praktyka.delete), (ARCHIVED, Praktyka.archive)]
            )
            if state == ARCHIVED and (row.is_archived or row.is_scheduled()):
                state, change = HIDDEN, Praktyka.delete
            change = _bound(change, row)
        with changing(board.published, {place: edits * 8 + state}):
            board.due[place] = at.timestamp()
            change()
    connection.close()
    return edits


def _bound(change, row):
    return lambda: change(row)


def _publish(row, at):
    row.tytul = "Gazeta"
    row.submit()
    row.publish(at=at)


def _withdraw(row):
    if row.is_archived:
        row.publish()
    row.tytul = f"{CANARY} znowu"
    row.send_back()


# --- readers


def read(seed: int) -> tuple[int, list[str]]:
    """Read pages in several threads until the end; return how many there were, and what was wrong."""
    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(_read, range(seed * THREADS, (seed + 1) * THREADS)))
    return sum(pages for pages, _faults in done), [fault for _pages, faults in done for fault in faults]


def _read(seed):
    chance, board, client, pages, faults = random.Random(seed), spawned.board, Client(), 0, []
    while not board.stop.is_set() and len(faults) < 3:
        check = chance.choice([look_at_list] * 5 + [look_at_row, look_at_search, look_at_suggestions])
        pages += 1
        try:
            check(client, chance)
        except Exception as error:
            faults.append(f"{check.__name__}: {type(error).__name__}: {error}")
    connection.close()
    return pages, faults


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
        state, due = self.published.get(place, 0) % 8, self.due[place]
        if state == SCHEDULED:
            return True if due < self.began else False if due > self.ended else None
        return {SHOWN: True, HIDDEN: False, ARCHIVED: False}.get(state)


def _card(article) -> Card:
    badges = re.findall(r'class="badge"[^>]*>(.+?)<', article)
    return Card(" ".join(html.unescape(re.sub(r"<[^>]+>", "", article)).split()), badges)


def look_at_list(client, chance):
    address = chance.choice(LISTS)
    page = Page(client, address)
    cards, instruments = page.cards, page.counts("instrument")
    assert len(cards) == min(20, page.total), f"{address}: {len(cards)} cards of {page.total}"
    if "instrument=" not in address:
        assert sum(instruments.values()) == page.total, f"{address}: {instruments} of {page.total}"
        assert sum(page.counts("typ_jst").values()) == page.total, address
    if len(cards) == page.total:
        shown = [card.badges for card in cards.values()]
        names = {"alfa": "Alfa", "omega": "Omega", "gamma": "Gamma"}
        if "instrument=" not in address:
            assert instruments == {slug: shown.count([name]) for slug, name in names.items()}, address
        for number, slug in enumerate(("kraina-0", "kraina-1")):
            there = sum(f"kraina {number}" in card.text for card in cards.values())
            assert page.counts("wojewodztwo")[slug] == there, f"{address}: {slug}"
    for slug, card in cards.items():
        if slug.startswith("m-"):
            assert_whole(card, page, int(slug[2:]))
    if address == LISTS[0]:
        assert page.total == MOVED, page.total
    if "temat=druk" in address:
        assert_as_committed(page, cards)


def assert_whole(card, page, place):
    assert len(card.generations()) == 1, f"torn row: {card}"
    assert [f"Wiersz {badge.lower()} pokolenie" in card.text for badge in card.badges] == [True], card
    committed = page.moved.get(place)
    assert committed in (None, *card.generations()), f"generation {committed} is committed, shown: {card}"


def assert_as_committed(page, cards):
    for place in range(PUBLISHED):
        expected, shown = page.is_shown(place), f"p-{place}" in cards
        assert expected in (None, shown), f"row p-{place} is shown: {shown}, {page.published.get(place)}"


def look_at_row(client, chance):
    place = chance.randrange(MOVED)
    page = Page(client, f"/praktyki/m-{place}/")
    title = re.search(r"<h1>Wiersz (\w+) pokolenie (\d+)</h1>", page.html)
    named = set(re.findall(r"pokolenie (\d+)", page.html))
    assert named == {title[2]}, f"torn row: {named}"
    assert _card(page.html.split("</header>")[-2]).badges == [title[1].capitalize()], "torn relation"
    assert page.moved.get(place) in (None, int(title[2])), "not what was committed"
    place = chance.randrange(PUBLISHED)
    page = Page(client, f"/praktyki/p-{place}/")
    if page.is_shown(place) is not None and page.published[place] % 8 != ARCHIVED:
        assert (page.status == 200) == page.is_shown(place), f"p-{place}: {page.status}"


def look_at_search(client, chance):
    word = chance.choice(["alfa", "omega"])
    page = Page(client, f"/szukaj/?q={word}&w=praktyki")
    count = re.search(r'data-group="praktyki" data-count="(\d+)"', page.html)
    assert len(page.cards) == (int(count[1]) if count else 0), "cards and their count differ"
    for slug, card in page.cards.items():
        assert f"Wiersz {word} pokolenie" in card.text, f"{word}: {card}"
        committed = page.moved.get(int(slug[2:]))
        assert committed is None or f"pokolenie {committed}" in card.text, f"{committed}: {card}"


def look_at_suggestions(client, chance):
    page = Page(client, f"/praktyki/podpowiedzi/?q={chance.choice(['alf', CANARY[:4], 'gaze', 'ome'])}")
    for suggestion in json.loads(page.html)["suggestions"]:
        if "/p-" in suggestion["url"]:
            place = int(re.search(r"/p-(\d+)/", suggestion["url"])[1])
            assert page.is_shown(place) is not False, suggestion
