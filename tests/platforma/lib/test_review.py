"""The day of review: who gets one, what moves it, what is overdue, and what readers are told of it."""

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from platforma.lib.publication import Status, TransitionError
from platforma.lib.publication.transitions import date_published_rows
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Praktyka
from tests.admin_forms import filled
from tests.builders import make_praktyka, make_spotkanie, make_user, ready

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime(2026, 3, 1, 0, 30))  # in UTC still February
DAY = timedelta(days=1)
LIST = "/admin/praktyki/praktyka/"


def page_of(row):
    return f"{LIST}{row.pk}/change/"


@pytest.fixture
def wydawca(client):
    client.user = make_user(WYDAWCA, first_name="Anna", last_name="Nowak")
    client.force_login(client.user)
    return client


@pytest.mark.parametrize("make", [make_praktyka, make_spotkanie])
def test_publishing_asks_for_a_review_twelve_months_on_by_the_polish_calendar(make):
    row = make(status=Status.REVIEW)
    row.publish(now=NOW)
    row.refresh_from_db()
    assert row.przeglad_do == date(2027, 3, 1)


def test_the_twelve_months_of_a_scheduled_entry_begin_with_its_publication():
    praktyka = make_praktyka(status=Status.REVIEW)
    praktyka.publish(at=NOW + 30 * DAY, now=NOW)
    assert praktyka.przeglad_do == date(2027, 3, 31)


@pytest.mark.parametrize("due", [date(2026, 3, 1), date(2028, 3, 2)])
def test_a_day_of_review_behind_or_out_of_sight_is_refused(due):
    praktyka = make_praktyka(status=Status.REVIEW)
    with pytest.raises(TransitionError, match="Dzień przeglądu"):
        praktyka.publish(due=due, now=NOW)
    praktyka.refresh_from_db()
    assert (praktyka.status, praktyka.przeglad_do) == (Status.REVIEW, None)


def test_a_confirmation_notes_who_and_when_moves_the_day_and_changes_no_content():
    praktyka, anna = make_praktyka(published_at=NOW - 400 * DAY), make_user()
    before = praktyka.updated_at
    praktyka.confirm(by=anna, now=NOW)
    praktyka.refresh_from_db()
    assert (praktyka.checked_by, praktyka.checked_at) == (anna, NOW)
    assert praktyka.przeglad_do == date(2027, 3, 1)
    assert praktyka.updated_at == before


def test_moving_the_day_claims_no_check():
    praktyka = make_praktyka(published_at=NOW - DAY)
    praktyka.plan_review(due=date(2026, 6, 30), now=NOW)
    praktyka.refresh_from_db()
    assert (praktyka.przeglad_do, praktyka.checked_at) == (date(2026, 6, 30), None)


@pytest.mark.parametrize(
    "state",
    [
        {"status": Status.DRAFT},
        {"status": Status.REVIEW},
        {"status": Status.ARCHIVED},
        {"published_at": NOW + DAY},
    ],
)
def test_only_what_readers_see_is_confirmed(state):
    praktyka = make_praktyka(**state)
    with pytest.raises(TransitionError, match="tylko wpisu, który jest publiczny"):
        praktyka.confirm(now=NOW)


def test_publishing_again_begins_anew():
    praktyka = ready(make_praktyka(published_at=NOW - 400 * DAY))
    praktyka.confirm(now=NOW - 300 * DAY)
    praktyka.archive(reason="Program się skończył.", now=NOW)
    assert praktyka.przeglad_do is None
    praktyka.publish(now=NOW)
    praktyka.refresh_from_db()
    assert (praktyka.przeglad_do, praktyka.checked_at) == (date(2027, 3, 1), None)


def test_an_entry_is_overdue_from_the_day_after_its_day_of_review():
    praktyka = make_praktyka(published_at=NOW - 400 * DAY, przeglad_do=date(2026, 3, 1))
    make_praktyka(published_at=NOW + 9 * DAY, przeglad_do=date(2026, 1, 1))
    make_praktyka(status=Status.ARCHIVED, published_at=NOW - 400 * DAY, przeglad_do=date(2026, 1, 1))
    make_praktyka(status=Status.DRAFT, przeglad_do=date(2026, 1, 1))
    assert not Praktyka.objects.overdue(NOW).exists()
    assert not praktyka.is_overdue(NOW)
    assert Praktyka.objects.overdue(NOW + DAY).get() == praktyka
    assert praktyka.is_overdue(NOW + DAY)


def test_rows_from_before_the_fields_get_their_dates():
    old, draft = make_praktyka(published_at=NOW), make_praktyka(status=Status.DRAFT)
    archived = make_praktyka(status=Status.ARCHIVED, published_at=NOW)
    Praktyka.objects.update(first_published_at=None, przeglad_do=None)
    date_published_rows(apps.get_model("praktyki.Praktyka"))
    dates = dict(Praktyka.objects.values_list("pk", "przeglad_do"))
    assert dates == {old.pk: date(2027, 3, 1), draft.pk: None, archived.pk: None}
    assert set(Praktyka.objects.filter(first_published_at=NOW)) == {old, archived}


def test_the_desk_lists_what_is_overdue_and_what_will_be_soon(wydawca):
    today = timezone.localdate()
    late, soon = make_praktyka(przeglad_do=today - DAY), make_praktyka(przeglad_do=today + 20 * DAY)
    make_praktyka(przeglad_do=today + 40 * DAY)
    found = {
        value: set(wydawca.get(LIST, {"przeglad": value}).context["cl"].result_list)
        for value in ("zalegly", "wkrotce")
    }
    assert found == {"zalegly": {late}, "wkrotce": {late, soon}}


def test_the_button_confirms_and_readers_see_when(wydawca):
    praktyka = ready(make_praktyka(przeglad_do=timezone.localdate() - DAY))
    assert "Ostatnio sprawdzone" not in wydawca.get(praktyka.get_absolute_url()).content.decode()
    page = wydawca.get(page_of(praktyka))
    assert "termin minął" in page.content.decode()
    answer = wydawca.post(page_of(praktyka), filled(page, _step="confirm"), follow=True).content.decode()
    assert "Sprawdzono, nadal aktualne: następny przegląd do" in answer and "termin minął" not in answer
    praktyka.refresh_from_db()
    assert praktyka.checked_by == wydawca.user
    assert not Praktyka.objects.overdue().exists()
    public = wydawca.get(praktyka.get_absolute_url()).content.decode()
    assert "Ostatnio sprawdzone" in public and "Anna Nowak" not in public


def test_the_day_is_chosen_with_the_button(wydawca):
    praktyka, due = ready(make_praktyka()), timezone.localdate() + 90 * DAY
    page = wydawca.get(page_of(praktyka))
    empty = wydawca.post(page_of(praktyka), filled(page, _step="plan_review"))
    assert "Podaj dzień, do którego" in empty.content.decode()
    wydawca.post(page_of(praktyka), filled(page, _step="plan_review", step_due=f"{due:%d.%m.%Y}"))
    praktyka.refresh_from_db()
    assert (praktyka.przeglad_do, praktyka.checked_at) == (due, None)
    late = filled(page, _step="confirm", step_due=f"{due + 900 * DAY:%d.%m.%Y}")
    assert "najdalej za 24 miesiące" in wydawca.post(page_of(praktyka), late).content.decode()


def test_a_redaktor_confirms_nothing(client):
    praktyka = ready(make_praktyka())
    client.force_login(make_user(REDAKTOR))
    page = client.get(page_of(praktyka))
    assert 'value="confirm"' not in page.content.decode()
    assert client.post(page_of(praktyka), {"_step": "confirm"}).status_code == 403
    praktyka.refresh_from_db()
    assert praktyka.checked_at is None
