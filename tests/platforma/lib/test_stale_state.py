"""A form opened before its entry changed its state, closed or went: nothing is decided or lost unseen."""

import pytest

from platforma.lib.publication import Status
from praktyki.models import Praktyka
from tests import builders
from tests.admin_forms import delete, filled

from .desks import collide, make, page_of, settle, text_of

pytestmark = pytest.mark.django_db


def test_a_transition_in_between_is_shown_and_stays(desks, praktyka):
    response = collide(desks, praktyka, {"_step": "submit"}, {"problem": "Problem Jana"})
    assert response.status_code == 409
    assert "do sprawdzenia" in text_of(response)
    assert settle(desks[1], praktyka, response).status_code == 302
    praktyka.refresh_from_db()
    assert (praktyka.status, praktyka.problem) == (Status.REVIEW, "Problem Jana")


def test_a_second_decision_is_not_taken(desks):
    praktyka = make("review")
    sent_back = {"_step": "send_back", "step_reason": "Popraw kwotę."}
    response = collide(desks, praktyka, {"_step": "publish"}, sent_back)
    assert response.status_code == 409
    assert "Popraw kwotę." in text_of(response)  # published entries can be sent back too: asked again
    praktyka.refresh_from_db()
    assert (praktyka.status, praktyka.status_reason) == (Status.PUBLISHED, "")


def test_publishing_what_was_not_seen_asks_first(desks):
    praktyka = make("review")
    response = collide(desks, praktyka, {"problem": "Problem Anny"}, {"_step": "publish"})
    assert response.status_code == 409
    assert settle(desks[1], praktyka, response, _step="publish").status_code == 302
    praktyka.refresh_from_db()
    assert (praktyka.status, praktyka.problem) == (Status.PUBLISHED, "Problem Anny")


def test_an_entry_that_closed_in_between_gives_the_text_back(desks, client):
    praktyka = make("review")
    client.force_login(builders.make_user("redaktor"))
    late = filled(client.get(page_of(praktyka)), problem="Zdanie redaktora")
    desks[0].post(page_of(praktyka), filled(desks[0].get(page_of(praktyka)), _step="publish"))
    response = client.post(page_of(praktyka), late)
    assert response.status_code == 409
    assert "Zdanie redaktora" in text_of(response)
    assert not Praktyka.objects.filter(problem="Zdanie redaktora").exists()


def test_an_entry_deleted_in_between_gives_the_text_back(desks, praktyka):
    anna, jan = desks
    late = filled(jan.get(page_of(praktyka)), problem="Zdanie Jana", **{"zrodla-0-tytul": "Źródło Jana"})
    delete(anna, page_of(praktyka).replace("change", "delete"))
    response = jan.post(page_of(praktyka), late)
    assert response.status_code == 409
    for text in ("Zdanie Jana", "Źródło Jana", "Anna"):
        assert text in text_of(response)


def test_a_transition_sent_twice_is_taken_once(desks, praktyka):
    jan = desks[1]
    data = filled(jan.get(page_of(praktyka)), _step="submit")
    assert [jan.post(page_of(praktyka), data).status_code for _click in range(2)] == [302, 302]
    praktyka.refresh_from_db()
    assert praktyka.status == Status.REVIEW
