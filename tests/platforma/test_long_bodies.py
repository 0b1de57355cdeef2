"""How long a form the desk takes, and from whom; `tests/zgloszenia/test_guards.py` has the anonymous."""

import pytest
from django.http.multipartparser import MultiPartParser

from platforma import middleware
from platforma.lib.files.formats import MAX_BYTES, MAX_FILES
from platforma.middleware import MAX_BODY, MAX_DESK_BODY
from platforma.roles import REDAKTOR
from tests import builders

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/spotkania/material/wgraj/"
BODY = {"autor": "x" * 200}


@pytest.fixture(autouse=True)
def low_limits(monkeypatch):
    monkeypatch.setattr(middleware, "MAX_BODY", 100)  # bytes
    monkeypatch.setattr(middleware, "MAX_DESK_BODY", 1000)


@pytest.fixture
def unwritten(monkeypatch):
    """Fail the test where a body is taken apart: that writes its files to the disk."""

    def parse(self, *args, **kwargs):
        pytest.fail("the body was taken apart")

    monkeypatch.setattr(MultiPartParser, "parse", parse)


def test_an_editor_may_send_more_than_others(client):
    client.force_login(builders.make_user(REDAKTOR))
    response = client.post(UPLOAD, BODY)
    assert response.status_code == 200
    assert response.context["form"]["autor"].value() == BODY["autor"]


def test_an_editor_too_is_refused_what_no_form_of_the_desk_can_hold(client, unwritten):
    client.force_login(builders.make_user(REDAKTOR))
    response = client.post(UPLOAD, {"autor": "x" * 2000})
    assert response.status_code == 413
    assert "Za dużo danych" in response.content.decode()


@pytest.mark.parametrize("rights", [{"is_staff": False}, {"is_active": False}])
def test_an_account_without_the_desk_counts_as_none(client, unwritten, rights):
    client.force_login(builders.make_user(**rights))
    assert client.post(UPLOAD, BODY).status_code == 413
    assert client.post("/admin/login/", BODY).status_code == 413


def test_the_limits_leave_room_for_the_most_files_that_a_form_takes():
    assert MAX_BODY > MAX_BYTES
    assert MAX_DESK_BODY > MAX_FILES * MAX_BYTES
