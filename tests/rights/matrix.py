"""The file of rights: who gets what at each address, for reading (GET) and for sending a form (POST).

`matrix.csv` has a line for each address and each state of an entry that matters there. `{…}` names a row of
`tests.rights.world`; what follows a space is the form that is sent. A cell says "GET POST": the statuses of
the answers, where "login" is the way to the page of signing in. After a deliberate change,
`WRITE_RIGHTS=1 pytest tests/rights` writes what is true now; read its difference line by line.
"""

import csv
from pathlib import Path
from urllib.parse import parse_qs

from django.db import transaction
from django.urls import URLResolver, get_resolver, resolve

FILE = Path(__file__).with_name("matrix.csv")
ADDRESS = "adres"


def read() -> list[dict]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[dict]) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def update(rows: list[dict]) -> None:
    """Write these rows of the file anew; the others stay."""
    by_address = {row[ADDRESS]: row for row in rows}
    write([by_address.get(row[ADDRESS], row) for row in read()])


def section(row: dict) -> str:
    """Return the part of the site that a row belongs to: rows of one are tried in one world."""
    parts = row[ADDRESS].split("/")
    return "/".join(parts[:4] if parts[1] == "admin" else parts[:2])


def every_route(resolver=None, prefix="") -> set[str]:
    """Return every address that the site answers, as its routes are written."""
    routes = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{str(pattern.pattern).removeprefix('^')}"
        routes |= every_route(pattern, route) if isinstance(pattern, URLResolver) else {route}
    return routes


def route_of(address: str, world: dict) -> str:
    """Return the route that answers an address of the file."""
    path, _query, _form = _parts(address, world)
    return resolve(path).route


def target(address: str, world: dict) -> str:
    """Return what an address of the file asks for: its path and query."""
    path, query, _form = _parts(address, world)
    return f"{path}?{query}" if query else path


def answers(address: str, world: dict, client) -> str:
    """Return the cell of `client` at `address`; what it sends is undone."""
    *_target, form = _parts(address, world)
    asked = target(address, world)
    return f"{_status(client, 'get', asked)} {_status(client, 'post', asked, data=form)}"


def _parts(address, world):
    target, _space, form = address.format(**world).partition(" ")
    path, _mark, query = target.partition("?")
    return path, query, parse_qs(form, keep_blank_values=True)


def _status(client, method, asked, **sent):
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            response = getattr(client, method)(asked, **sent)
            if response.streaming:  # read to its end, which closes it: closed twice, it closes the database
                b"".join(response)
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    to_login = response.status_code == 302 and response["Location"].startswith("/admin/login/")
    return "login" if to_login else str(response.status_code)
