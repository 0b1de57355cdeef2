"""Indexes kept in the process, compared with the revision once a request and brought up to date."""

import threading
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from platforma.lib import revision
from platforma.lib.facets import FacetIndex
from platforma.lib.indexing import Builder
from platforma.lib.ordered import Ordered

Loaders = dict[str, Callable]
REBUILD_ABOVE = 2_000  # changed rows from which building anew is quicker


@dataclass(frozen=True)
class State:
    """An index, the revision it shows, the names of its values, and the rows that time alone will change.

    `labels` are all values with their names, `shown` those a page may show, `{facet: {value: label}}`;
    `shared` and `flagged` are what cards show beside their rows: see `LiveIndex`.
    """

    index: FacetIndex
    number: int
    labels: dict[str, list[tuple[str, str]]]
    shared: dict[str, Ordered]
    flagged: dict[str, frozenset[int]]
    shown: dict[str, Ordered]
    pending: tuple[tuple[datetime, int], ...]
    synced_at: datetime


class LiveIndex:
    """The index of one kind; `get` gives the one that belongs to a revision, at a moment.

    `shared` gives, by relation, the rows of a small table to keep beside the index, by key: under its lock
    and at its moment, since rows that came later would not agree with it. `flagged` gives, by attribute, the
    keys of the few rows of which it is true.
    """

    def __init__(
        self, kind: str, model, filterset_class, shared: Loaders | None = None, flagged: Loaders | None = None
    ):
        self.kind = kind
        self.model = model
        self.filterset_class = filterset_class
        self.builder = Builder(filterset_class)
        self.shared = shared or {}
        self.flagged = flagged or {}
        self.lock = threading.Lock()
        self._state: State | None = None

    def get(self, number: int, now: datetime | None = None) -> State:
        """Return the state at revision `number`, or at a later one that another thread has come to.

        Scheduled rows whose time has come are in its index.
        """
        now = now or timezone.now()
        state = self._state
        if self._is_behind(state, number, now):
            with self.lock:
                state = self.brought_to(number, now)
        return state

    def forget(self) -> None:
        """Drop the index; the next `get` builds it anew."""
        self._state = None

    def brought_to(self, number: int, now: datetime) -> State:
        """Bring the index up to revision `number` unless another thread has; the caller holds `lock`."""
        if self._is_behind(self._state, number, now):
            self._state = self._refreshed(self._state, number, now)
        return self._state

    def _is_behind(self, state, number, now):
        if state is None or number > state.number:
            return True
        if state.pending and state.pending[0][0] <= now:
            return True
        return self._is_of_another_past(state, number)

    def _is_of_another_past(self, state, number):
        """Tell whether a backup was put in the place of the database that the index comes from."""
        return number < state.number and revision.current() < state.number

    def _refreshed(self, state, number, now):
        if state is None or self._is_of_another_past(state, number):
            return self._built(number, now)
        changed = {key for at, key in state.pending if at <= now}
        named = (state.labels, state.shared, state.flagged)
        if number > state.number:
            changes = revision.changes_since(state.number)
            if (revision.EVERYTHING, 0) in changes or len(changes) > REBUILD_ABOVE:
                return self._built(number, now)
            changed |= {key for kind, key in changes if kind == self.kind}
            named = self._named() if (revision.LABELS, 0) in changes else named
        index = state.index
        if changed:
            index = self.builder.updated(index, changed, self.model.objects.published(now))
        return self._state_of(index, max(number, state.number), named, now)

    def _built(self, number, now):
        index = self.builder.build(self.model.objects.published(now))
        return self._state_of(index, number, self._named(), now)

    def _named(self):
        """Return what only changes when other tables do: the labels, the shared rows, the flagged keys."""
        shared = {name: Ordered((row.pk, row) for row in load()) for name, load in self.shared.items()}
        flagged = {name: frozenset(load()) for name, load in self.flagged.items()}
        return self.builder.labels(), shared, flagged

    def _state_of(self, index, number, named, now):
        labels, shared, flagged = named
        shown = self.builder.shown(labels, index)
        return State(index, number, labels, shared, flagged, shown, self._pending(now), now)

    def _pending(self, now):
        """Return `(moment, key)` of the rows that time will change: scheduled ones and those filters name."""
        scheduled = self.model.objects.scheduled(now).values_list("published_at", "pk")
        return tuple(sorted([*scheduled, *self.builder.moments(self.model.objects.published(now), now)]))

    def was_bypassed(self, state: State, now: datetime) -> bool:
        """Tell whether rows seem to have been written without a revision since `state`."""
        rows = self.model.objects.published(now)
        last = rows.aggregate(last=Max("updated_at"))["last"]
        is_newer = last is not None and last > state.synced_at
        return is_newer or not self.builder.agrees(state.index, rows)


@contextmanager
def one_moment(*indexes: LiveIndex):
    """Read everything inside at one moment of the database; yield its revision and the states by kind."""
    with ExitStack() as moment:
        with ExitStack() as locks:  # under its lock no index gets ahead of a moment that has just begun
            for index in indexes:
                locks.enter_context(index.lock)
            moment.enter_context(revision.snapshot())
            number, now = revision.current(), timezone.now()
            states = {index.kind: index.brought_to(number, now) for index in indexes}
        yield number, states
