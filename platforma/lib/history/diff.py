"""What is different between two states of an entry, in the words of its editors."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst

from platforma.lib import history, polish
from platforma.lib.history.names import NOTHING, Names, is_link_only
from platforma.lib.history.rows import Node, Row, State
from platforma.lib.words import Piece, difference

EMPTY = (None, "", False)


@dataclass
class Change:
    """One field: a text with its `pieces`, a value that was `old` and is `new`, or a list."""

    label: str
    pieces: list[Piece] = field(default_factory=list)
    old: str = ""
    new: str = ""
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@dataclass
class PartChange:
    """One part of the entry: `kind` says in Polish what became of it, `changes` how."""

    kind: str
    title: str
    changes: list[Change]


@dataclass
class Section:
    """All the changes of one kind of part; a `links` section is a plain list of added and removed names."""

    title: str
    parts: list[PartChange] = field(default_factory=list)
    links: Change | None = None
    is_reordered: bool = False


@dataclass
class Difference:
    """The changes of the entry's own fields, and sections of its parts."""

    changes: list[Change]
    sections: list[Section]

    def __bool__(self):
        return bool(self.changes or self.sections)


def compare(old: State, new: State, names: Names | None = None) -> Difference:
    """Return what changed from `old` to `new`: fields in the order of the form, then parts."""
    names = names or Names(old, new)
    changes, sections = [], []
    for node in new:
        if node.parent is None:
            changes = _changes(old.entry, new.entry, names, is_part=False)
        elif section := _section(node, old, new, names):
            sections.append(section)
    return Difference(changes, sections)


def label_of(model, name) -> str:
    return str(model._meta.get_field(name).verbose_name)


def title_of(node: Node) -> str:
    """Return what parts of a kind are called; rows behind a field for tags are called as the field is."""
    for relation in node.parent.tracked.model._meta.many_to_many:
        if relation.remote_field.through is node.tracked.model:
            return str(relation.verbose_name)
    return str(node.tracked.model._meta.verbose_name_plural)


def _section(node, old_state, new_state, names) -> Section | None:
    section, old, new = Section(capfirst(title_of(node))), old_state[node], new_state[node]
    gone = [old[pk] for pk in old if pk not in new]
    came = [new[pk] for pk in new if pk not in old]
    if is_link_only(node.tracked):
        section.links = _list_change("", map(names.of_row, gone), map(names.of_row, came))
        return section if gone or came else None
    stayed = [(old[pk], new[pk]) for pk in new if pk in old]
    for kind, state, pairs in (
        ("dodano", new_state, [(None, row) for row in came]),
        ("zmieniono", new_state, stayed),
        ("usunięto", old_state, [(row, None) for row in gone]),
    ):
        for before, after in pairs:
            changes = _changes(before, after, names)
            if changes or not (before and after):
                section.parts.append(
                    PartChange(kind, _full_name(node, after or before, state, names), changes)
                )
    section.is_reordered = [pk for pk in old if pk in new] != [pk for pk in new if pk in old]
    return section if section.parts or section.is_reordered else None


def _full_name(node, row, state, names) -> str:
    """Return a part's name, with that of what it is part of where this is not the entry itself."""
    if node.parent.parent is None:
        return names.of_row(row)
    return f"{names.of_row(row)} ({names.of_row(state[node.parent][row.values[node.owner]])})"


def _changes(old: Row | None, new: Row | None, names, *, is_part=True) -> list[Change]:
    """Return what differs; of a row that came or went, whatever it says."""
    if old is None and new is None:
        return []
    tracked = (new or old).tracked
    left_out = {"position", *tracked.owners} if is_part else ()
    changes = [
        _change(field, old, new, names)
        for field in tracked.fields
        if not field.primary_key and field.name not in left_out
    ]
    changes += [
        _relation_change(relation, old, new, names) for relation in history.plain_relations(tracked.model)
    ]
    return list(filter(None, changes))


def _change(field, old: Row | None, new: Row | None, names) -> Change | None:
    """Return how the field differs; of a row that came or went, one side is the empty text."""
    before, after = (row.values[field.attname] if row else None for row in (old, new))
    is_empty = (old is None and after in EMPTY) or (new is None and before in EMPTY)
    if before == after or is_empty:
        return None
    label = str(field.verbose_name)
    if isinstance(field, (models.CharField, models.TextField)) and not field.flatchoices:
        return Change(label, pieces=difference(before or "", after or ""))
    shown = (_shown(field, row.values[field.attname], names) if row else "" for row in (old, new))
    return Change(label, **dict(zip(("old", "new"), shown, strict=True)))


def _relation_change(relation, old, new, names) -> Change | None:
    before, after = ((row.relations.get(relation.name, []) if row else []) for row in (old, new))
    model = relation.related_model
    gone = [names.of(model, pk) for pk in before if pk not in after]
    came = [names.of(model, pk) for pk in after if pk not in before]
    return _list_change(str(relation.verbose_name), gone, came) if gone or came else None


def _list_change(label, gone, came) -> Change:
    return Change(label, removed=sorted(gone), added=sorted(came))


def _shown(field, value, names) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return names.of(field.related_model, value)
    if isinstance(value, Decimal):
        return polish.number(value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "j E Y, H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j E Y")
    return formats.localize(value)
