"""The real chooser in the base, and a reader who asks it."""

import pytest

from tests.praktyki.chooser import CHOOSER, load_chooser


@pytest.fixture
def chooser(db):
    load_chooser()


@pytest.fixture
def ask(chooser, client):
    """Return a function that opens the chooser with answers, following it to its one address."""

    def ask(**answers):
        response = client.get(CHOOSER, answers, follow=True)
        assert response.status_code == 200
        return response.context["kreator"], response.content.decode()

    return ask
