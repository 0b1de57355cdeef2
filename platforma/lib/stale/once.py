"""A form that adds is taken once: its nonce is kept as the key of a row, unique across all processes.

The row lives in the table of sessions, which expire and are cleared (`clearsessions`); it names no account,
so as a session it would open nothing.
"""

import json
import secrets
from datetime import timedelta
from hashlib import blake2b

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

NONCE = "_nonce"  # of a form that adds and is no ordinary form of the desk
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


def form_key(request) -> str:
    """Return the key of the form that a person sends to this address, or "" where the form names none."""
    if not (nonce := request.POST.get(NONCE)):
        return ""
    return _digest([request.user.pk, request.path, nonce])


def new_nonce() -> str:
    """Return a name for a form about to be shown, to be sent back as NONCE."""
    return secrets.token_urlsafe(16)


def made(key: str, make) -> int | None:
    """Return what `make()` returns, the primary key of the row it adds, called once for a form's `key`.

    Where it returns None, nothing is kept and the form may come again.
    """
    if not key:
        return make()
    try:
        with transaction.atomic():
            take(key)
            if (result := make()) is None:
                transaction.set_rollback(True)
            else:
                note_result(key, result)
            return result
    except TakenError:
        return taken(key)


def content_key(request, entry: str) -> str:
    """Return the key of what was sent: after „wstecz” a browser may fill the same texts into a new form."""
    sent = sorted(
        (name, texts)
        for name, texts in request.POST.lists()
        if not name.startswith("_") and name != "csrfmiddlewaretoken" and "password" not in name
    )
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return _digest([request.user.pk, entry, sent, files])


def _digest(named) -> str:
    return blake2b(json.dumps(named).encode(), digest_size=16).hexdigest()


def _key(key):
    return f"form-{key}"
