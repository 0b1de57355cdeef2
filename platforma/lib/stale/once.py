"""A form that adds is taken once: its nonce is kept as the key of a row, unique across all processes.

The row lives in the table of sessions, which expire and are cleared (`clearsessions`); it names no account,
so as a session it would open nothing.
"""

import json
from datetime import timedelta
from hashlib import blake2b

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

KEPT_FOR = timedelta(days=30)
CONTENT_KEPT_FOR = timedelta(minutes=10)  # the same texts later are meant as another row


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


def note_result(key: str, result: int, kept_for=KEPT_FOR) -> None:
    """Note which row the form made; `key` is its nonce, or `content_key` of what it sent."""
    values = {
        "session_data": SessionStore().encode({"result": result}),
        "expire_date": timezone.now() + kept_for,
    }
    Session.objects.update_or_create(pk=_key(key), defaults=values)


def taken(key: str) -> int | None:
    """Return the primary key of the row that the form made; None where it was not taken yet, or long ago."""
    row = Session.objects.filter(pk=_key(key), expire_date__gt=timezone.now()).first()
    return row and row.get_decoded().get("result")


def content_key(request, entry: str) -> str:
    """Return the key of what was sent: after „wstecz” a browser may fill the same texts into a new form."""
    sent = sorted(
        (name, texts)
        for name, texts in request.POST.lists()
        if not name.startswith("_") and name != "csrfmiddlewaretoken" and "password" not in name
    )
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    text = json.dumps([request.user.pk, entry, sent, files])
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _key(key):
    return f"form-{key}"
