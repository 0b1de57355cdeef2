"""A form that adds is taken once: its nonce is kept as the key of a row, unique across all processes.

The row lives in the table of sessions, which expire and are cleared (`clearsessions`); it names no account,
so as a session it would open nothing.
"""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

KEPT_FOR = timedelta(days=30)


class TakenError(Exception):
    """The form was taken before, or at this very moment by another request."""


def take(nonce: str) -> None:
    """Take the form, before its row is added and in the same transaction: both are kept or neither is.

    Waits for another request that is taking it; raises TakenError where that one, or an earlier one, did.
    """
    try:
        with transaction.atomic():
            Session.objects.create(
                session_key=_key(nonce),
                session_data="",
                expire_date=timezone.now() + KEPT_FOR,
            )
    except IntegrityError as error:
        raise TakenError from error


def note_result(nonce: str, result: int) -> None:
    """Note which row the form that was just taken made."""
    text = SessionStore().encode({"result": result})
    Session.objects.filter(pk=_key(nonce)).update(session_data=text)


def taken(nonce: str) -> int | None:
    """Return the primary key of the row that the form made; None where it was not taken yet."""
    row = Session.objects.filter(pk=_key(nonce)).first()
    return row and row.get_decoded().get("result")


def _key(nonce):
    return f"form-{nonce}"
