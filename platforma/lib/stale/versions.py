"""An entry in three versions: what its form showed when it was opened, what is stored now, what was sent.

They are put together field by field and row by row. What one side alone changed is taken from that side; what
both changed, each in their own way, is a conflict for the editor. A row of an inline is known by its primary
key, never by its place, so that rows added, moved or deleted by others mix nothing up.
"""

from django.forms.formsets import DELETION_FIELD_NAME

from platforma.lib import sending
from platforma.lib.stale.snapshots import (
    Part,
    Row,
    labels_of,
    row_fields,
    row_keys,
    sendable,
    shown_by,
    title_of,
)

MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
MAX_ROWS = 1000  # of one inline, as in Django's own formsets


class Versions:
    """The three versions of an entry.

    `shown` is the snapshot taken when the form was opened, None where that is unknown: then every difference
    is a conflict. `form` and `formsets` are unbound and hold what is stored; `data` and `files` were sent.
    """

    def __init__(self, shown, form, formsets, data, files):
        self.form, self.formsets, self.data, self.files = form, formsets, data, files
        self.is_known = shown is not None
        self._shown = shown or {"fields": {}, "rows": {}}
        self._handled = set(form.fields)
        self.parts = self._entry(form)
        self.tables = {formset: self._rows(formset) for formset in formsets}
        for formset, rows in self.tables.items():
            self._number(formset, rows)

    def _entry(self, form):
        fields, opened = sendable(form), self._shown["fields"]
        stored = shown_by(form, fields)
        return self._parts(fields, labels_of(form, fields), "", opened, stored)

    def _parts(self, fields, labels, prefix, opened, stored):
        """Return the parts of an entry or a row; None for `opened` or `stored`: unknown, or not there."""
        return [
            self._part(key, prefix + key, labels[key], found, opened, stored) for key, found in fields.items()
        ]

    def _part(self, key, name, label, found, opened, stored):
        before = None if opened is None else opened.get(key)
        now = None if stored is None else stored[key]
        self._handled.update(sending.names(found, name))
        written = sending.sent(found, name, self.data, self.files)
        was_absent = opened is not None and before is None  # the form that was opened did not have it
        if written is None or (was_absent and name not in self.data):
            written = before if before is not None else now or []
        return Part(key, name, label, found, now if was_absent else before, now, written)

    def _rows(self, formset):
        """Return the rows: those stored, then those others deleted, then those the sender added."""
        prefix, key = formset.prefix, formset.model._meta.pk.name
        opened = self._shown["rows"].get(prefix, {})
        places, added = self._places(prefix, key, formset)
        rows = [self._stored_row(formset, form, opened, places) for form in formset.initial_forms]
        for pk in places:
            if row := self._gone_row(formset, pk, places[pk], opened.get(pk)):
                rows.append(row)
        return rows + self._added_rows(formset, added, [row for row in rows if row.fate == "theirs"])

    def _places(self, prefix, key, formset):
        """Return the places of the sent rows by primary key, and the places of the new ones."""
        self._handled.update(f"{prefix}-{name}" for name in MANAGEMENT)
        total = self.data.get(f"{prefix}-TOTAL_FORMS", "")
        places, added = {}, []
        for place in range(min(int(total), MAX_ROWS) if total.isdecimal() else 0):
            row = f"{prefix}-{place}-"
            self._handled.update(row + name for name in (*row_keys(formset), DELETION_FIELD_NAME))
            if pk := self.data.get(row + key):
                places[pk] = place
            else:
                added.append(place)
        return places, added

    def _stored_row(self, formset, form, opened, places):
        pk, fields = str(form.instance.pk), row_fields(formset, form)
        stored, place = shown_by(form, fields), places.pop(str(form.instance.pk), None)
        title = title_of(formset, fields, stored)
        labels = labels_of(form, fields)
        if place is None:
            parts = [
                Part(key, "", labels[key], found, stored[key], stored[key], stored[key])
                for key, found in fields.items()
            ]
            return Row(title, parts, pk, fate="theirs" if pk not in opened else "")
        prefix = f"{formset.prefix}-{place}-"
        before = opened.get(pk) if self.is_known else None
        parts = self._parts(fields, labels, prefix, before, stored)
        if prefix + DELETION_FIELD_NAME not in self.data:
            return Row(title, parts, pk)
        is_conflict = any(part.is_theirs for part in parts)
        for part in parts:
            part.written = part.stored
        return Row(title, parts, pk, fate="cut", is_conflict=is_conflict)

    def _gone_row(self, formset, pk, place, opened):
        """Return a row that others deleted; None where the sender deleted it too."""
        prefix = f"{formset.prefix}-{place}-"
        form = formset.empty_form
        fields = row_fields(formset, form)
        parts = self._parts(fields, labels_of(form, fields), prefix, opened, None)
        if prefix + DELETION_FIELD_NAME in self.data:
            return None
        title = title_of(formset, fields, {part.key: part.written for part in parts})
        return Row(title, parts, fate="gone", is_conflict=any(part.is_mine for part in parts))

    def _added_rows(self, formset, places, new):
        """Return the rows the sender added; one that is stored already is paired with its twin in `new`."""
        form, rows = formset.empty_form, []
        fields = row_fields(formset, form)
        blank = shown_by(form, fields)
        for place in places:
            prefix = f"{formset.prefix}-{place}-"
            parts = self._parts(fields, labels_of(form, fields), prefix, blank, blank)
            written = {part.key: part.written for part in parts}
            is_deleted = prefix + DELETION_FIELD_NAME in self.data
            if is_deleted or all(sending.same(written[name], blank[name]) for name in fields):
                continue
            if twin := next((row for row in new if _is_twin(row, written)), None):
                new.remove(twin)
                twin.fate = "twice"
                continue
            rows.append(Row(title_of(formset, fields, written), parts, fate="mine"))
        return rows

    def _number(self, formset, rows):
        """Give the rows their places in the merged form, those that have a primary key first."""
        for place, row in enumerate(_in_form(rows)):
            prefix = f"{formset.prefix}-{place}-"
            row.name = prefix + DELETION_FIELD_NAME
            for part in row.parts:
                part.name = prefix + part.key

    @property
    def rows(self) -> list[Row]:
        return [row for rows in self.tables.values() for row in rows]

    def all_parts(self) -> list[Part]:
        """Return the fields of the entry and of the rows that both sides kept."""
        return [*self.parts, *(part for row in self.rows if not row.fate for part in row.parts)]

    def is_fresh(self) -> bool:
        """Tell whether nothing changed that the sender did not see."""
        changed_rows = any(row.fate in ("theirs", "twice", "gone") or row.is_conflict for row in self.rows)
        return not changed_rows and not any(part.is_theirs for part in self.all_parts())

    def brings(self, ignored=()) -> bool:
        """Tell whether anything the sender changed is not stored yet.

        `ignored` names the fields of the form that are no part of the entry.
        """
        parts = [part for part in self.all_parts() if part.key not in ignored]
        if any(row.is_conflict or row.fate in ("mine", "cut") for row in self.rows):
            return True
        return any(part.is_conflict or part.is_mine_only for part in parts)

    def is_done(self, ignored=()) -> bool:
        """Tell whether the sender changed something, and all of it is stored: the same form came twice."""
        parts = [part for part in self.all_parts() if part.key not in ignored]
        is_changed = any(part.is_mine for part in parts) or any(row.fate == "twice" for row in self.rows)
        return is_changed and not self.brings(ignored)

    def leaves(self, ignored=()) -> bool:
        """Tell whether others changed anything beside what the sender sent."""
        rows = any(row.fate in ("theirs", "gone") for row in self.rows)
        return rows or any(part.is_theirs_only for part in self.all_parts() if part.key not in ignored)

    def typed(self) -> list[tuple[str, str]]:
        """Return what the sender changed, as (label, text) to read and copy."""
        found = [(part.label, part.readable("written")) for part in self.parts if part.is_mine]
        for row in self.rows:
            if row.fate in ("mine", "gone"):
                found += [(f"{row.title}: {part.label}", part.readable("written")) for part in row.parts]
        return [(label, text) for label, text in found if text]

    def pairs(self) -> list[tuple[str, str]]:
        """Return what to send so that both sides' changes are kept and a conflict holds the sender's text."""
        found = [
            (name, text)
            for name, texts in self.data.lists()
            for text in texts
            if name not in self._handled and not name.startswith("_") and "__prefix__" not in name
        ]
        for part in self.parts:
            found += part.pairs()
        for formset, rows in self.tables.items():
            found += self._table_pairs(formset, rows)
        return found

    def _table_pairs(self, formset, rows):
        rows = _in_form(rows)
        sizes = (len(rows), sum(bool(row.pk) for row in rows), formset.min_num, formset.max_num)
        found = [
            (f"{formset.prefix}-{name}", str(size)) for name, size in zip(MANAGEMENT, sizes, strict=True)
        ]
        for row in rows:
            key = row.name.removesuffix(DELETION_FIELD_NAME) + formset.model._meta.pk.name
            found += [(key, row.pk)] if row.pk else []
            found += [(row.name, "on")] if row.fate == "cut" and not row.is_conflict else []
            found += [pair for part in row.parts for pair in part.pairs()]
        return found


def _in_form(rows):
    """Return the rows that the merged form has: those stored, then the new ones and those to bring back."""
    kept = [row for row in rows if row.pk]
    return kept + [row for row in rows if not row.pk and (row.fate == "mine" or row.is_conflict)]


def _is_twin(row, written):
    """Tell whether a stored row is what the sender wrote, apart from what was left to be filled in."""
    stored = {part.key: part.stored for part in row.parts}
    return all(sending.same(texts, stored[key]) for key, texts in written.items() if any(texts))
