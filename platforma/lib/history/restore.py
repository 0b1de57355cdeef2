"""Going back: an old version of an entry written as a new one, as far as what it led to still exists.

The state of publication with its reviews and successor, consents and what has a page of its own stay as they
are; an entry that was deleted comes back as a draft.
"""

from dataclasses import replace

from django.db import models, transaction

from platforma.lib import history
from platforma.lib.history.diff import compare, title_of
from platforma.lib.history.names import Names
from platforma.lib.history.rows import Row, State, state_fields
from platforma.lib.history.state import Versions


class Restoration:
    """What going back to an old version, `past`, would do: `changes` shows it, `losses` what cannot be done.

    `fixed` names fields of the entry that must stay, such as the address of a published page. It is not
    `possible` where what the entry itself cannot be without is gone.
    """

    possible = True

    def __init__(self, versions: Versions, past: State, fixed=()):
        self.versions, self.model, self.pk = versions, versions.model, versions.pk
        self.past, self.present = past, versions.present()
        self.names = Names(self.past, self.present)
        self.fixed = fixed
        self.losses: list[str] = []
        self.target = self._target()

    @property
    def changes(self):
        return compare(self.present, self.target, self.names)

    @property
    def instance(self) -> models.Model:
        """The entry as it would be, not saved: for questions of rights."""
        return self.model(**self.target.entry.values)

    def apply(self) -> None:
        """Write the old content; raise ValidationError or ProtectedError where today's rules refuse it."""
        with transaction.atomic():
            self._write_entry()
            parts = [node for node in self.target if node.parent and not node.tracked.stands_alone]
            for node in reversed(parts):
                gone = self.present[node].keys() - self.target[node].keys()
                for instance in node.tracked.model._base_manager.filter(pk__in=gone):
                    instance.delete()
            for node in parts:
                for pk, row in self.target[node].items():
                    if row != self.present[node].get(pk):
                        self._write(row, is_new=pk not in self.present[node])

    def _target(self) -> State:
        target = State()
        for node in self.past:
            if node.parent is None:
                rows = [self._entry()]
            elif node.tracked.stands_alone:
                rows = list(self.present[node].values())
                self._note_standing_alone(node)
            else:
                rows = [row for row in map(self._part, self.past[node].values()) if row]
            target.put(node, rows)
        return target

    def _entry(self) -> Row:
        past, present = self.past.entry, self.present.entry
        values, tracked = dict(past.values), past.tracked
        left_alone = {field.name for field in tracked.fields if not field.editable or field.primary_key}
        left_alone.update(state_fields(self.model))
        for field in tracked.fields:
            if present is None:
                if field.name in tracked.lasting:
                    values[field.attname] = self.versions.before_last.entry.values[field.attname]
                elif field.name in left_alone and not field.primary_key:
                    values[field.attname] = field.get_default()
            elif field.name in left_alone or field.name in (*tracked.lasting, *self.fixed):
                if field.editable and values[field.attname] != present.values[field.attname]:
                    self.losses.append(f"„{field.verbose_name}” zostaje bez zmian.")
                values[field.attname] = present.values[field.attname]
        row = replace(past, values=values)
        self.possible = all(field.null for field in self._dead_links(row))
        row = self._with_living_links(row)
        return replace(row, relations=self._living_relations(past))

    def _with_living_links(self, row: Row) -> Row:
        """Empty the links to what is gone."""
        values = dict(row.values)
        for field in self._dead_links(row):
            name = self.names.of(field.related_model, values[field.attname])
            self.losses.append(f"„{field.verbose_name}”: nie ma już wpisu „{name}”.")
            values[field.attname] = None
        return replace(row, values=values)

    def _dead_links(self, row):
        return [
            field
            for field in row.tracked.fields
            if isinstance(field, models.ForeignKey)
            and (self._is_entry(row) or field.name not in row.tracked.owners)
            and (key := row.values[field.attname]) is not None
            and not self.names.exists(field.related_model, key)
            and not self._comes_back(field.related_model, key)
        ]

    def _is_entry(self, row) -> bool:
        return row.tracked.model is self.model and row.pk == self.pk

    def _comes_back(self, model, key) -> bool:
        """Tell whether the row is a part of the same old version, and so is written again."""
        return any(node.tracked.model is model and key in rows for node, rows in self.past.items())

    def _living_relations(self, past: Row) -> dict:
        living = {}
        for relation in history.plain_relations(past.tracked.model):
            keys = past.relations.get(relation.name, [])
            there = [key for key in keys if self.names.exists(relation.related_model, key)]
            lost = [self.names.of(relation.related_model, key) for key in keys if key not in there]
            self.losses += [f"„{relation.verbose_name}”: nie ma już wpisu „{name}”." for name in lost]
            if there:
                living[relation.name] = there
        return living

    def _part(self, row: Row) -> Row | None:
        dead = [field for field in self._dead_links(row) if not field.null]
        if dead:
            name, kind = self.names.of_row(row), row.tracked.model._meta.verbose_name
            self.losses.append(f"Nie da się przywrócić: {kind} „{name}”, bo to, do czego prowadzi, usunięto.")
            return None
        return self._with_living_links(row)

    def _note_standing_alone(self, node) -> None:
        if self.past[node] != self.present[node]:
            self.losses.append(f"{title_of(node).capitalize()} mają własną historię i zostają bez zmian.")

    def _write_entry(self) -> None:
        entry = self.target.entry
        if entry != self.present.entry:
            instance = self._write(entry, is_new=self.present.entry is None)
            for relation in history.plain_relations(self.model):
                getattr(instance, relation.name).set(entry.relations.get(relation.name, []))

    def _write(self, row: Row, *, is_new: bool):
        model = row.tracked.model
        instance = model() if is_new else model._base_manager.get(pk=row.pk)
        for name, value in row.values.items():
            setattr(instance, name, value)
        instance.full_clean()
        instance.save()
        return instance
