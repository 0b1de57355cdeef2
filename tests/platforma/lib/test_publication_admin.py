"""Transitions in the admin: who sees which button, what a press does, and what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from platforma.lib.publication import Status, TransitionError
from platforma.lib.publication.admin import STEPS
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Praktyka
from tests import builders
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db

BUTTONS = {  # state: the buttons of redaktor, those of wydawca
    Status.DRAFT: (["submit"], ["submit"]),
    Status.REVIEW: ([], ["publish", "send_back"]),
    Status.PUBLISHED: ([], ["send_back", "archive", "confirm", "plan_review"]),
    Status.ARCHIVED: ([], ["publish"]),
}


def make(status, **kw):
    return builders.ready(
        builders.make_praktyka(status=status, instrumenty=[builders.make_instrument()], **kw)
    )


def page_of(praktyka):
    return f"/admin/praktyki/praktyka/{praktyka.pk}/change/"


@pytest.fixture(params=[REDAKTOR, WYDAWCA])
def person(request, client):
    client.force_login(builders.make_user(request.param))
    client.role = request.param
    return client


@pytest.fixture
def wydawca(client):
    client.user = builders.make_user(WYDAWCA)
    client.force_login(client.user)
    return client


@pytest.fixture
def redaktor(client):
    client.force_login(builders.make_user(REDAKTOR))
    return client


@pytest.mark.parametrize("status", BUTTONS)
def test_a_person_sees_the_buttons_that_state_and_rights_allow(status, person):
    praktyka = make(status)
    html = person.get(page_of(praktyka)).content.decode()
    shown = [name for name in STEPS if f'name="_step" value="{name}"' in html]
    assert shown == BUTTONS[status][person.role == WYDAWCA]


@pytest.mark.parametrize("status", BUTTONS)
@pytest.mark.parametrize("name", STEPS)
def test_a_button_stands_for_a_transition_that_the_model_allows(name, status):
    praktyka, step = make(status), STEPS[name]
    asked = {"step_reason": "Bo tak.", "step_due": timezone.localdate() + timedelta(days=9)}
    given = step.arguments({"step_at": None, "step_successor": None} | asked)
    if status in step.sources:
        getattr(praktyka, name)(**given)
    else:
        with pytest.raises(TransitionError):
            getattr(praktyka, name)(**given)


@pytest.mark.parametrize("name", ["publish", "send_back", "archive", "delete", ""])
def test_a_redaktor_cannot_post_what_they_do_not_see(name, redaktor):
    praktyka = make(Status.REVIEW)
    data = filled(redaktor.get(page_of(praktyka)), tytul="Podmieniony", _step=name, step_reason="Bo tak.")
    assert redaktor.post(page_of(praktyka), data).status_code == 403
    kept = Praktyka.objects.get(pk=praktyka.pk)
    assert (kept.status, kept.tytul) == (Status.REVIEW, praktyka.tytul)


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.ARCHIVED])
def test_a_redaktor_reads_what_is_public_and_changes_nothing(status, redaktor):
    praktyka = make(status, tagi=["bon"])
    praktyka.zrodla.create(tytul="Uchwała rady")
    html = redaktor.get(page_of(praktyka)).content.decode()
    assert praktyka.tytul in html and "Uchwała rady" in html and 'name="_save"' not in html
    assert redaktor.post(page_of(praktyka), {"tytul": "Podmieniony"}).status_code == 403


def test_a_step_saves_the_form_then_moves_the_entry_and_is_logged(wydawca):
    praktyka = make(Status.DRAFT)
    wydawca.post(
        page_of(praktyka), filled(wydawca.get(page_of(praktyka)), tytul="Nowy tytuł", _step="submit")
    )
    wydawca.post(page_of(praktyka), filled(wydawca.get(page_of(praktyka)), _step="publish"))
    praktyka.refresh_from_db()
    assert praktyka.tytul == "Nowy tytuł" and praktyka.is_published()
    assert praktyka.status_changed_by == wydawca.user
    log = [str(entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")]
    assert log == ["Zmodyfikowano Tytuł.", "Przekazano do sprawdzenia", "Opublikowano"]


def test_a_form_with_an_error_moves_nothing(wydawca):
    praktyka = make(Status.REVIEW)
    response = wydawca.post(
        page_of(praktyka), filled(wydawca.get(page_of(praktyka)), streszczenie="", _step="publish")
    )
    assert response.status_code == 200 and "errornote" in response.content.decode()
    assert Praktyka.objects.get(pk=praktyka.pk).status == Status.REVIEW


def test_a_date_ahead_schedules_and_a_date_behind_is_refused(wydawca):
    praktyka, now = make(Status.REVIEW), timezone.localtime()
    for days, status in ((-1, Status.REVIEW), (1, Status.PUBLISHED)):
        at = now + timedelta(days=days)
        chosen = {"step_at_0": f"{at:%d.%m.%Y}", "step_at_1": f"{at:%H:%M:%S}", "_step": "publish"}
        wydawca.post(page_of(praktyka), filled(wydawca.get(page_of(praktyka)), **chosen))
        praktyka.refresh_from_db()
        assert praktyka.status == status
    assert praktyka.is_scheduled()
    assert "zaplanowane" in wydawca.get("/admin/praktyki/praktyka/", {"stan": "scheduled"}).content.decode()
    assert 'value="archive"' not in wydawca.get(page_of(praktyka)).content.decode()


def test_sending_back_needs_a_reason_that_the_author_reads(wydawca):
    praktyka = make(Status.REVIEW)
    form = filled(wydawca.get(page_of(praktyka)), _step="send_back")
    assert "przeczyta to autor" in wydawca.post(page_of(praktyka), form).content.decode()
    wydawca.post(page_of(praktyka), form | {"step_reason": "Brak źródła kwoty."})
    praktyka.refresh_from_db()
    assert (praktyka.status, praktyka.status_reason) == (Status.DRAFT, "Brak źródła kwoty.")
    assert "Brak źródła kwoty." in wydawca.get(page_of(praktyka)).content.decode()


def test_a_field_of_another_button_is_not_lost_in_silence(wydawca):
    praktyka = make(Status.REVIEW)
    form = filled(wydawca.get(page_of(praktyka)), step_reason="Popraw tytuł.")
    assert "działa tylko z przyciskiem" in wydawca.post(page_of(praktyka), form).content.decode()


def test_a_step_the_state_has_outrun_is_told_in_polish(wydawca):
    praktyka = make(Status.REVIEW)
    form = filled(wydawca.get(page_of(praktyka)), _step="submit", tytul="Zapisany mimo to")
    response = wydawca.post(page_of(praktyka), form, follow=True)
    assert "Nie można zmienić stanu „do sprawdzenia”" in response.content.decode()
    assert Praktyka.objects.get().tytul == "Zapisany mimo to"


@pytest.mark.parametrize("year", ["2199", "9999"])
def test_a_publication_planned_for_another_age_is_refused_in_words(wydawca, year):
    praktyka = make(Status.REVIEW)
    form = filled(
        wydawca.get(page_of(praktyka)), _step="publish", step_at_0=f"{year}-12-31", step_at_1="10:00"
    )
    page = wydawca.post(page_of(praktyka), form)
    assert page.context_data["adminform"].form.errors["step_at"] == [
        "Zaplanuj publikację najdalej za 24 miesiące."
    ]
    with pytest.raises(TransitionError, match="najdalej za 24 miesiące"):
        praktyka.publish(at=datetime(int(year), 12, 31, tzinfo=UTC))
    assert Praktyka.objects.get().status == Status.REVIEW
