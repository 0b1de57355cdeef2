"""Reading changes nothing: every link of the site and of the desk followed as an administrator."""

from collections import Counter
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from platforma.lib.search.log import search_log
from tests.builders import make_user
from tests.reading import Page
from tests.rights.matrix import every_route
from tests.rights.world import make_world

pytestmark = pytest.mark.django_db

STARTS = ("/", "/admin/")
ALIKE = 2  # addresses of one route with the same parameters, whatever their values
PARAMETERS = 2  # the most in an address: each more only narrows a list further
SESSIONS = "django_session"


def snapshot() -> dict:
    """Return every row of every table, sessions apart."""
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names(cursor):
            if table != SESSIONS:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                tables[table] = sorted(map(repr, cursor.fetchall()))
    return tables


def crawl(client) -> Counter:
    """Follow every link from `STARTS`; return how often each status was answered."""
    waiting, known, alike, statuses = list(STARTS), set(STARTS), Counter(), Counter()
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)
        statuses[response.status_code] += 1
        assert response.status_code < 400, address
        content = response.getvalue()  # a file is closed by its end; close() would close our connection too
        is_page = response.get("Content-Type", "").startswith("text/html")
        found = Page(content.decode()).links if is_page else ()
        for href in found:
            target, shape = followed(urljoin(address, href))
            if target and target not in known and alike[shape] < ALIKE:
                known.add(target)
                alike[shape] += 1
                waiting.append(target)
    return statuses


def followed(link) -> tuple[str, tuple]:
    """Return the address on our site that a link leads to ("": none that is followed), and its kind."""
    parts = urlsplit(link)
    names = frozenset(name for name, _value in parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme in ("mailto", "tel") or parts.netloc not in ("", "testserver") or len(names) > PARAMETERS:
        return "", ()
    try:
        route = resolve(parts.path).route
    except Resolver404:
        pytest.fail(f"{link} leads nowhere")
    return parts._replace(scheme="", netloc="", fragment="").geturl(), (route, names)


def test_following_every_link_leaves_the_database_as_it_was():
    make_world()
    client = Client()
    client.force_login(make_user(is_superuser=True))
    search_log.flush()  # what other tests searched for
    before = snapshot()
    statuses = crawl(client)
    search_log.flush()
    assert snapshot() == before
    assert statuses.total() > len(every_route())
