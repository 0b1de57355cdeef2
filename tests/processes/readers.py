"""Readers: in several threads they look at one page after another, and check whatever it shows."""

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client

from . import spawned
from .board import ARCHIVED, MOVED, PUBLISHED, STATES
from .rows import CANARY
from .seen import Page, badges_of

THREADS = 2  # of every reader, for the threads of a process share its index
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


def read(own: int) -> list[str]:
    """Read pages in several threads until the end; return what was wrong."""
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(_read, [own] * THREADS, range(own * THREADS, (own + 1) * THREADS))
        return [fault for faults in found for fault in faults]


def _read(own, seed):
    chance, board, client, faults = random.Random(seed), spawned.board, Client(), []
    while not board.stop.is_set():
        check = chance.choice([look_at_list] * 5 + [look_at_row, look_at_search, look_at_suggestions])
        try:
            check(client, chance)
        except Exception as error:
            faults.append(f"{check.__name__}: {type(error).__name__}: {error}")
            board.stop.set()
        with board.pages.get_lock():
            board.pages[own] += 1
    connection.close()
    return faults


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
    own, _similar = page.html.split('id="podobne"')
    named = set(re.findall(r"pokolenie (\d+)", own))
    assert named == {title[2]}, f"torn row: {named}"
    assert badges_of(own.split("</header>")[-2]) == [title[1].capitalize()], "torn relation"
    assert page.moved.get(place) in (None, int(title[2])), "not what was committed"
    place = chance.randrange(PUBLISHED)
    page = Page(client, f"/praktyki/p-{place}/")
    if page.is_shown(place) is not None and page.published[place] % STATES != ARCHIVED:
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
