"""Units of work: whose all that changes inside is, and why."""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass
class Unit:
    """One piece of work: who does it and why, and the versions it has written, by model and key."""

    user: object = None
    reason: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    written: dict = field(default_factory=dict)


_unit: ContextVar[Unit | None] = ContextVar("history_unit", default=None)


@contextmanager
def authored(*, user=None, reason=""):
    """Put all that changes inside under one author and reason; inside another such block nothing is new."""
    if _unit.get():
        yield
        return
    token = _unit.set(Unit(user, reason))
    try:
        yield
    finally:
        _unit.reset(token)


def authored_view(view):
    """Return `view` whose writing requests put what they change under their user."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if request.method in SAFE_METHODS:
            return view(request, *args, **kwargs)
        with authored(user=request.user if request.user.is_authenticated else None):
            return view(request, *args, **kwargs)

    return inner


def explain(reason: str) -> None:
    """Give the reason of the present unit, where there is one."""
    if unit := _unit.get():
        unit.reason = reason


def author():
    """Return the user of the present unit, or None."""
    return present().user


def reason() -> str:
    """Return the reason of the present unit, or ""."""
    return present().reason


def name_of(user) -> str:
    """Return what a user is called in records that outlive the account."""
    return (user.get_full_name() or user.get_username()) if user else ""


def present() -> Unit:
    """Return the unit at work; outside of any, each change is one of its own."""
    return _unit.get() or Unit()
