"""Two editors and a draft with two sources that both of them open."""

import pytest

from tests import builders

from .desks import make


@pytest.fixture
def desks(client):
    """Two editors, Anna and Jan, each in a browser of their own."""
    users = [builders.make_user("wydawca", first_name=name) for name in ("Anna", "Jan")]
    browsers = [type(client)() for _user in users]
    for browser, user in zip(browsers, users, strict=True):
        browser.force_login(user)
    return browsers


@pytest.fixture
def praktyka():
    praktyka = make("draft", tytul="Stary tytuł", problem="Stary problem")
    praktyka.zrodla.create(tytul="Uchwała", url="https://przyklad.pl/uchwala", position=1)
    praktyka.zrodla.create(tytul="Raport", url="https://przyklad.pl/raport", position=2)
    return praktyka
