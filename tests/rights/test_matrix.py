"""What each visitor gets at each address is what `matrix.csv` says, and every address stands there."""

import os

import pytest
from django.test import Client

from platforma.lib.preview.models import UwagaPodgladu
from tests.rights import matrix
from tests.rights.world import VISITORS, make_world

pytestmark = pytest.mark.django_db

ROWS = matrix.read()
SECTIONS = sorted({matrix.section(row) for row in ROWS})
PREVIEWS = "/podglad/"  # no cookie gives a right there: what is asked for is the form's own ticket
NEVER = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_every_address_of_the_site_is_in_the_file():
    world = make_world()
    listed = {matrix.route_of(row[matrix.ADDRESS], world) for row in ROWS}
    assert matrix.every_route() - listed == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_each_visitor_gets_what_the_file_says(section):
    rows = [row for row in ROWS if matrix.section(row) == section]
    found = measured(rows)
    if "WRITE_RIGHTS" in os.environ:
        matrix.update(found)
    assert found == rows


def measured(rows) -> list[dict]:
    world = make_world()
    clients = {name: make(world) for name, make in VISITORS.items()}
    return [
        {matrix.ADDRESS: row[matrix.ADDRESS]}
        | {name: matrix.answers(row[matrix.ADDRESS], world, client) for name, client in clients.items()}
        for row in rows
    ]


@pytest.mark.parametrize("method", NEVER)
def test_no_address_takes_another_method(method, client, admin_client):
    world = make_world()
    for row in ROWS:
        address = matrix.target(row[matrix.ADDRESS], world)
        for visitor in (client, admin_client):
            assert visitor.generic(method, address).status_code == 405, address


def test_a_form_without_its_token_is_refused_at_every_address(admin_user):
    world = make_world()
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(admin_user)
    for row in ROWS:
        address = matrix.target(row[matrix.ADDRESS], world)
        refusals = (302, 404, 422) if address.startswith(PREVIEWS) else (403, 405)
        assert visitor.post(address).status_code in refusals, address
    assert UwagaPodgladu.objects.count() == sum(name.startswith("uwaga_") for name in world)
