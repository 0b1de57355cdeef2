"""Measures inside one process of the site; a request is a call of its WSGI application."""

import gc
import io
import os
from functools import partial
from statistics import median
from types import SimpleNamespace
from unittest import mock
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from bench import questions
from bench.edit import archive, editable, publish
from bench.memory import resident
from bench.pages import total
from bench.questions import EMPTY, LIST, LISTS, PLAIN, SESSION, SUGGEST, address
from bench.timing import median_of_each, once, repeat, row
from platforma.lib import revision
from platforma.lib.search import kept
from praktyki.kinds import PRAKTYKA
from praktyki.models import Praktyka
from praktyki.views import praktyka_list

UPDATES = 10
COUNTED_PAIRS = 10  # searches whose queries are counted
PLAIN_UP_TO = 100_000  # rows; of a million it needs a minute a page


class Site:
    """The application of this process, asked as a reader with a session: no answer comes from a copy."""

    def __init__(self):
        self.application = get_wsgi_application()

    def get(self, path: str) -> bytes:
        """Return the whole page; anything but 200 is an error."""
        environ = {"PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2]}
        environ |= {"HTTP_COOKIE": SESSION, "wsgi.input": io.BytesIO()}
        setup_testing_defaults(environ)
        statuses = []
        answer = self.application(environ, lambda status, headers: statuses.append(status))
        try:
            page = b"".join(answer)
        finally:
            answer.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{path}: {statuses[0]}")
        return page


def main(rows: str) -> dict:
    """Return the `measured` rows of the report, what the `index` costs and the `totals` of the lists."""
    index = measure_index()
    site, measured = Site(), []

    def note(name, times):
        measured.append(row(name, connection.vendor, int(rows), times))

    def ask(path, **params):
        return partial(site.get, address(path, **params))

    pairs = questions.word_pairs()
    for form, chosen in LISTS.items():
        note(f"list{form}", repeat(ask(LIST, **chosen)))
        note(f"render{form}", repeat(bare_rendering(address(**chosen))))
        note(f"search_first{form}", [first_search(ask(LIST, **chosen, q=pair)) for pair in pairs])
        note(f"search{form}", median_of_each(ask(LIST, **chosen, q=pair) for pair in pairs))
        if int(rows) <= PLAIN_UP_TO:
            note(f"plain_sql{form}", repeat(ask(PLAIN, **chosen)))
    note("suggest", median_of_each(ask(SUGGEST, q=text) for text in questions.beginnings()))
    note("detail", repeat(ask(Praktyka.objects.published().first().get_absolute_url())))
    note("empty_view", repeat(ask(EMPTY)))
    index["queries"] = most_queries(site, pairs[:COUNTED_PAIRS])
    publish, update = measure_updates()
    note("publish", publish)
    note("index_update", update)
    index["update_ms"] = median(update)
    totals = {form: total(site.get(address(**chosen))) for form, chosen in LISTS.items()}
    return {"measured": measured, "index": index, "totals": totals}


def first_search(search) -> float:
    """Return how long `search` takes while the process keeps nothing that a search found or looked up."""
    kept.forget_all()
    return once(search)


def measure_index() -> dict:
    """Build the index of this process for the first time: how long, and how much memory it takes."""
    live, number = PRAKTYKA.live, revision.current()
    live.builder.labels()
    gc.collect()
    before = resident(os.getpid())
    build = once(lambda: live.get(number))
    gc.collect()
    return {"build_s": build / 1000, "mb": resident(os.getpid()) - before}


def measure_updates() -> tuple[list[float], list[float]]:
    """Archive and publish one practice in turn; return the times of each save and of each index update."""
    praktyka = editable(Praktyka.objects.published().first())
    saves, updates = [], []
    for _ in range(UPDATES):
        for change in (archive, publish):
            saves.append(once(partial(change, praktyka)))
            number = revision.current()
            updates.append(once(lambda number=number: PRAKTYKA.live.get(number)))
    return saves, updates


def bare_rendering(path: str):
    """Return an action that renders the list's own template, everything it shows being ready."""
    request = RequestFactory().get(path)
    request.resolver_match = resolve(request.path)
    with mock.patch("platforma.lib.pages.render") as render:
        praktyka_list(request)
    _request, template, context = render.call_args.args
    ready = {**context, "katalog": frozen(context["katalog"])}
    return lambda: render_to_string(template, ready, request)


def frozen(katalog) -> SimpleNamespace:
    """Return the public values of a catalogue, computed."""
    names = [name for name in dir(katalog) if not name.startswith("_")]
    values = {name: getattr(katalog, name) for name in names}
    return SimpleNamespace(**{name: value for name, value in values.items() if not callable(value)})


def most_queries(site: Site, pairs: list[str]) -> int:
    """Return the most queries of a list, or of a search for one of `pairs` that finds something."""
    counts = []
    for chosen in LISTS.values():
        for words in ({}, *({"q": pair} for pair in pairs)):
            path = address(**chosen, **words)
            if total(site.get(path)):
                with CaptureQueriesContext(connection) as captured:
                    site.get(path)
                counts.append(len(captured))
    return max(counts)
