"""An entry's versions, and what the entry with all its parts was in any of them.

A version is a unit of work that touched the entry or a part of it. Rows without a version of their own have
not changed since before the history began: they are the same in every version.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db import models

from platforma.lib import history
from platforma.lib.history import ADDED, DELETED, Tracked
from platforma.lib.publication.transitions import STATE_FIELDS, Transitions

BEGINNING = "poczatek"  # the address of the state before the first kept change
HEAD = (
    *("history_id", "history_unit", "history_type", "history_date"),
    *("history_user_name", "history_change_reason", "history_changed"),
)


def state_fields(model) -> tuple[str, ...]:
    """Return the fields that only transitions write: those of an entry that is published."""
    return STATE_FIELDS if issubclass(model, Transitions) else ()


@dataclass(frozen=True)
class Row:
    """One row as it was: its values by attribute name, and the keys its relations led to."""

    tracked: Tracked
    pk: int
    values: dict
    relations: dict[str, list[int]]

    @property
    def order(self):
        return self.values.get("position") or 0, self.pk


@dataclass(frozen=True)
class Node:
    """A tracked model in the tree of an entry: `owner` is the attribute that leads to `parent`'s row."""

    tracked: Tracked
    owner: str = ""
    parent: "Node | None" = None

    @property
    def key(self) -> str:
        return self.tracked.model._meta.pk.attname


def tree(model) -> list[Node]:
    """Return the entry's own node, then those of its parts and of their parts, parents first."""
    nodes = [Node(history.tracked(model))]
    for node in nodes:
        if node.parent and node.tracked.stands_alone:
            continue
        for part, name in history.parts_of(node.tracked.model):
            nodes.append(Node(part, part.model._meta.get_field(name).attname, node))
    return nodes


@dataclass
class Head:
    """The outside of one kept version of one row: when, by whom, what kind; not its content."""

    node: Node
    pk: int
    owner: int | None
    history_id: int
    history_unit: UUID | None
    history_type: str
    history_date: object
    history_user_name: str
    history_change_reason: str
    history_changed: list
    state: dict


@dataclass
class Moment:
    """A version of an entry: everything one unit of work did to it. `number` counts from 1."""

    unit: UUID
    heads: list[Head] = field(default_factory=list)
    number: int = 0

    @property
    def address(self) -> str:
        return self.unit.hex

    @cached_property
    def date(self):
        return max(head.history_date for head in self.heads)

    @property
    def who(self) -> str:
        return next((head.history_user_name for head in self.heads if head.history_user_name), "")

    @property
    def reason(self) -> str:
        return next((head.history_change_reason for head in self.heads if head.history_change_reason), "")


class Versions:
    """The versions of one entry, read with one query a kind of part, however many there are."""

    def __init__(self, model, pk: int):
        self.model, self.pk = model, pk
        self.nodes = tree(model)
        self.heads: dict[Node, dict[int, list[Head]]] = {}
        for node in self.nodes:
            self.heads[node] = self._read(node)
        self.moments = self._moments()

    def _read(self, node):
        """Return the heads of each row that ever belonged to the entry, oldest first."""
        versions = node.tracked.versions._base_manager
        if node.parent is None:
            rows = versions.filter(**{node.key: self.pk})
        else:
            keys = self._keys(node.parent)
            ours = versions.filter(**{f"{node.owner}__in": keys}).order_by().values(node.key)
            rows = versions.filter(**{f"{node.key}__in": ours})
        state = () if node.parent else state_fields(node.tracked.model)
        heads = defaultdict(list)
        for values in rows.order_by("history_id").values(
            node.key, *HEAD, *state, *filter(None, [node.owner])
        ):
            pk, owner = values.pop(node.key), values.pop(node.owner, None)
            kept = {name: values.pop(name) for name in state}
            heads[pk].append(Head(node, pk, owner, state=kept, **values))
        return heads

    def _keys(self, node) -> list[int]:
        """Return the keys of the rows that are, or once were, the entry's at this node."""
        if node.parent is None:
            return [self.pk]
        return sorted({*self.heads[node], *self._live(node).values_list("pk", flat=True)})

    def _live(self, node) -> models.QuerySet:
        rows = node.tracked.model._base_manager.all()
        if node.parent is None:
            return rows.filter(pk=self.pk)
        return rows.filter(**{f"{node.owner}__in": self._keys(node.parent)})

    def _moments(self) -> list[Moment]:
        found: dict[UUID, Moment] = {}
        for rows in self.heads.values():
            for head in (head for heads in rows.values() for head in heads if head.history_unit):
                found.setdefault(head.history_unit, Moment(head.history_unit)).heads.append(head)
        moments = sorted(found.values(), key=lambda moment: (moment.date, moment.unit))
        for number, moment in enumerate(moments, 1):
            moment.number = number
        return moments

    @cached_property
    def has_beginning(self) -> bool:
        """Tell whether the entry was there before the first change that was kept."""
        heads = self.heads[self.nodes[0]].get(self.pk)
        return not heads or heads[0].history_type != ADDED

    def number_of(self, address: str) -> int | None:
        """Return the number of the version at `address`, 0 for the beginning, None where there is none."""
        if address == BEGINNING:
            return 0 if self.has_beginning else None
        return next((moment.number for moment in self.moments if moment.address == address), None)

    def states(self, *numbers: int) -> list["State"]:
        """Return the entry as it was in the versions `numbers`, with at most two queries a kind of part."""
        order = {moment.unit: moment.number for moment in self.moments} | {None: 0}
        states = [State() for _number in numbers]
        for node in self.nodes:
            heads = self.heads[node]
            chosen = [
                {pk: head for pk, rows in heads.items() if (head := _head_at(rows, number, order))}
                for number in numbers
            ]
            ids = {head.history_id for heads_at in chosen for head in heads_at.values()}
            kept = node.tracked.versions._base_manager.in_bulk(ids)
            constant = [live_row(node.tracked, row) for row in self._live(node).exclude(pk__in=list(heads))]
            for state, heads_at in zip(states, chosen, strict=True):
                rows = [_row(node.tracked, pk, kept[head.history_id]) for pk, head in heads_at.items()]
                state.put(node, [*rows, *constant])
        return states

    def present(self) -> "State":
        """Return the entry as it stands now, whatever was kept."""
        state = State()
        for node in self.nodes:
            state.put(node, [live_row(node.tracked, row) for row in self._live(node)])
        return state


class State(dict):
    """An entry at one time: its rows by node, then by key. A part without its owner is not there."""

    def put(self, node: Node, rows: list[Row]) -> None:
        owners = self[node.parent] if node.parent else None
        belonging = [row for row in rows if owners is None or row.values[node.owner] in owners]
        self[node] = {row.pk: row for row in sorted(belonging, key=lambda row: row.order)}

    @property
    def entry(self) -> Row | None:
        """The entry's own row; None where it was deleted."""
        return next(iter(next(iter(self.values())).values()), None)


def _head_at(heads: list[Head], number: int, order: dict) -> Head | None:
    """Return which of a row's versions held at `number`; None where the row was not there."""
    held = [head for head in heads if order[head.history_unit] <= number]
    if held:
        return None if held[-1].history_type == DELETED else held[-1]
    return None if heads[0].history_type == ADDED else heads[0]


def _row(tracked, pk, version) -> Row:
    values = {field.attname: getattr(version, field.attname) for field in tracked.fields}
    return Row(tracked, pk, values, version.history_relations)


def live_row(tracked: Tracked, instance) -> Row:
    """Return the row as it stands in the database."""
    values = {field.attname: _plain(getattr(instance, field.attname)) for field in tracked.fields}
    return Row(tracked, instance.pk, values, history.relations_of(instance))


def _plain(value):
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value
