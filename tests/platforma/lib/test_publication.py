"""States and transitions of an entry, the door to the public, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from platforma.lib.publication import Status, TransitionError, published_q
from praktyki.models import Instrument, Praktyka
from spotkania.models import Spotkanie
from tests.builders import make_instrument, make_praktyka, make_spotkanie, make_user, ready

pytestmark = pytest.mark.django_db

DRAFT, REVIEW, PUBLISHED, ARCHIVED = Status.DRAFT, Status.REVIEW, Status.PUBLISHED, Status.ARCHIVED
NOW = timezone.now()
DAY = timedelta(days=1)
RESULT_OF = {
    (DRAFT, "submit"): REVIEW,
    (REVIEW, "send_back"): DRAFT,
    (REVIEW, "publish"): PUBLISHED,
    (PUBLISHED, "send_back"): DRAFT,
    (PUBLISHED, "archive"): ARCHIVED,
    (ARCHIVED, "publish"): PUBLISHED,
}
ASKED = {"send_back": {"reason": "Brak źródła."}, "archive": {"reason": "Program się skończył."}}


@pytest.mark.parametrize("step", ["submit", "send_back", "publish", "archive"])
@pytest.mark.parametrize("status", Status)
def test_every_step_from_every_state(status, step):
    praktyka = ready(make_praktyka(status=status))
    expected = RESULT_OF.get((status, step))
    if expected is None:
        with pytest.raises(TransitionError, match=f"„{status.label}”"):
            getattr(praktyka, step)(**ASKED.get(step, {}))
        expected = status
    else:
        getattr(praktyka, step)(**ASKED.get(step, {}))
    praktyka.refresh_from_db()
    assert praktyka.status == expected
    assert (praktyka.published_at is not None) == (expected in (PUBLISHED, ARCHIVED))


def test_a_step_records_who_when_and_why():
    praktyka, wydawca = make_praktyka(status=REVIEW), make_user()
    praktyka.send_back(by=wydawca, reason="Brak źródła.", now=NOW)
    praktyka.refresh_from_db()
    assert praktyka.status_changed_by == wydawca
    assert praktyka.status_changed_at == NOW
    assert praktyka.status_reason == "Brak źródła."


@pytest.mark.parametrize(("status", "step"), [(REVIEW, "send_back"), (PUBLISHED, "archive")])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_what_takes_an_entry_from_its_author_or_its_readers_needs_a_reason(status, step, reason):
    praktyka = make_praktyka(status=status)
    with pytest.raises(TransitionError, match=r"^Napisz, "):
        getattr(praktyka, step)(reason=reason)
    praktyka.refresh_from_db()
    assert praktyka.status == status


def test_a_successor_is_named_while_archiving_and_shown_once_it_is_public():
    old, new = make_praktyka(), make_praktyka(published_at=NOW + DAY)
    with pytest.raises(TransitionError, match="sam siebie"):
        old.archive(reason="Nowa edycja.", successor=old)
    old.archive(reason="Nowa edycja.", successor=new, now=NOW)
    old.refresh_from_db()
    assert old.successor == new
    assert old.public_successor(NOW) is None
    assert old.public_successor(NOW + DAY) == new


def test_the_first_publication_is_remembered_unless_readers_never_saw_it():
    praktyka = make_praktyka(status=REVIEW)
    praktyka.publish(at=NOW + DAY, now=NOW)
    praktyka.send_back(reason="Za wcześnie.", now=NOW)
    assert praktyka.first_published_at is None
    praktyka.submit()
    praktyka.publish(now=NOW)
    praktyka.send_back(reason="Nieprawda.", now=NOW + DAY)
    praktyka.submit()
    praktyka.publish(now=NOW + 2 * DAY)
    praktyka.refresh_from_db()
    assert (praktyka.first_published_at, praktyka.published_at) == (NOW, NOW + 2 * DAY)


def test_a_step_leaves_alone_what_another_copy_of_the_row_has_changed():
    praktyka = make_praktyka(status=REVIEW, tytul="Stary tytuł")
    Praktyka.objects.filter(pk=praktyka.pk).update(tytul="Nowy tytuł")
    praktyka.publish()
    praktyka.refresh_from_db()
    assert praktyka.tytul == "Nowy tytuł"


def test_a_step_from_a_state_that_is_no_more_says_who_changed_it_and_when():
    anna = make_user(first_name="Anna", last_name="Nowak")
    first = make_praktyka(status=REVIEW)
    second = Praktyka.objects.get(pk=first.pk)
    first.publish(by=anna, now=NOW)
    with pytest.raises(
        TransitionError, match=r"zmienił się w międzyczasie: jest „opublikowane” od .*Anna Nowak"
    ):
        second.send_back(reason="Brak źródła.")
    first.refresh_from_db()
    assert first.status == PUBLISHED


def test_a_step_of_a_deleted_entry_is_refused_in_polish():
    praktyka = make_praktyka(status=REVIEW)
    Praktyka.objects.all().delete()
    with pytest.raises(TransitionError, match="ktoś go usunął"):
        praktyka.publish()


def test_the_next_step_clears_the_reason():
    praktyka = make_praktyka(status=REVIEW)
    praktyka.send_back(reason="Brak źródła.")
    praktyka.submit()
    assert praktyka.status_reason == ""


def test_archiving_keeps_the_date_of_publication_and_publishing_again_sets_a_new_one():
    praktyka = ready(make_praktyka(published_at=NOW - 9 * DAY))
    praktyka.archive(reason="Program się skończył.", now=NOW)
    assert praktyka.published_at == NOW - 9 * DAY
    praktyka.publish(now=NOW)
    assert praktyka.published_at == NOW


def test_a_scheduled_entry_is_public_from_its_moment_on():
    praktyka = make_praktyka(status=REVIEW)
    praktyka.publish(at=NOW + DAY, now=NOW)
    assert praktyka.is_scheduled(NOW)
    assert not praktyka.is_published(NOW)
    assert not Praktyka.objects.published(NOW).exists()
    assert praktyka.is_published(NOW + DAY)
    assert not praktyka.is_scheduled(NOW + DAY)
    assert Praktyka.objects.published(NOW + DAY).get() == praktyka


def test_a_scheduled_entry_goes_back_to_draft_but_not_to_the_archive():
    praktyka = make_praktyka(published_at=NOW + DAY)
    with pytest.raises(TransitionError, match="zaplanowanego"):
        praktyka.archive(reason="Nie działa.", now=NOW)
    praktyka.send_back(reason="Za wcześnie.", now=NOW)
    assert praktyka.status == DRAFT
    assert not praktyka.is_scheduled(NOW)


@pytest.mark.parametrize("make", [make_praktyka, make_spotkanie])
def test_what_lists_and_what_answers_at_its_address(make):
    rows = {status: make(status=status) for status in Status}
    make(published_at=NOW + DAY)
    objects = type(rows[DRAFT]).objects
    assert set(objects.published(NOW)) == {rows[PUBLISHED]}
    assert set(objects.readable(NOW)) == {rows[PUBLISHED], rows[ARCHIVED]}


def test_the_condition_reaches_through_a_relation():
    shown, hidden = make_instrument(), make_instrument()
    make_praktyka(instrumenty=[shown])
    make_praktyka(instrumenty=[hidden], status=DRAFT)
    make_praktyka(instrumenty=[hidden], status=ARCHIVED)
    make_praktyka(instrumenty=[hidden], published_at=NOW + DAY)
    assert list(Instrument.objects.filter(published_q("praktyki", NOW))) == [shown]


@pytest.mark.parametrize("model", [Praktyka, Spotkanie])
@pytest.mark.parametrize("status", Status)
def test_the_database_ties_the_date_of_publication_to_the_state(model, status):
    row = {Praktyka: make_praktyka, Spotkanie: make_spotkanie}[model](status=status)
    contradiction = None if row.published_at else NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(published_at=contradiction)


@pytest.mark.parametrize("make", [make_praktyka, make_spotkanie])
def test_the_database_refuses_an_entry_that_replaces_itself(make):
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(successor=row.pk)


def test_an_entry_outlives_the_account_that_published_it():
    wydawca = make_user()
    praktyka = make_praktyka(status=REVIEW)
    praktyka.publish(by=wydawca)
    wydawca.delete()
    praktyka.refresh_from_db()
    assert praktyka.status_changed_by is None
    assert praktyka.is_published()


def test_readers_are_led_past_archived_successors_and_never_in_a_circle():
    first, second, third = (make_praktyka() for _place in range(3))
    first.archive(reason="Nowy regulamin.", successor=second)
    second.archive(reason="Nowy regulamin.", successor=third)
    assert Praktyka.objects.get(pk=first.pk).public_successor() == third
    third.archive(reason="Wraca pierwsza wersja.", successor=first)
    assert Praktyka.objects.get(pk=first.pk).public_successor() is None
