"""What an entry is made of: its own row and those of its parts, at one time."""

from dataclasses import dataclass

from django.db import models

from platforma.lib import history
from platforma.lib.history import Tracked
from platforma.lib.publication.transitions import STATE_FIELDS, Transitions


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


def kept_row(tracked: Tracked, pk, version) -> Row:
    """Return the row as a version kept it."""
    values = {field.attname: getattr(version, field.attname) for field in tracked.fields}
    return Row(tracked, pk, values, version.history_relations)


def live_row(tracked: Tracked, instance) -> Row:
    """Return the row as it stands in the database."""
    values = {field.attname: _plain(getattr(instance, field.attname)) for field in tracked.fields}
    return Row(tracked, instance.pk, values, history.relations_of(instance))


def _plain(value):
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value
