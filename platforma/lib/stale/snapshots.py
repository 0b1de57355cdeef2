"""What a form of the desk shows, as plain data, and one field or row of it in three versions.

The versions: what the form showed when it was opened, what is stored now, what was sent.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.forms import Field, PasswordInput
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.text import Truncator, capfirst

from platforma.lib import sending


def sendable(form) -> dict[str, Field]:
    """Return the fields of a form (or of an inline's row) that a browser sends and a page may repeat."""
    return {
        name: found
        for name, found in form.fields.items()
        if not (found.disabled or isinstance(found.widget, PasswordInput))
    }


def row_fields(formset, form) -> dict[str, Field]:
    """Return the sendable fields of a row, without those that only say which row it is."""
    keys = {*row_keys(formset), DELETION_FIELD_NAME, ORDERING_FIELD_NAME}
    return {name: found for name, found in sendable(form).items() if name not in keys}


def row_keys(formset) -> set[str]:
    """Return the fields that say which row it is, and of what."""
    return {formset.model._meta.pk.name} | ({formset.fk.name} if hasattr(formset, "fk") else set())


def snapshot(form, formsets) -> dict:
    """Return what an unbound form and its inlines show, as plain data: fields, and rows by primary key."""
    return {
        "fields": shown_by(form, sendable(form)),
        "rows": {
            formset.prefix: {
                str(row.instance.pk): shown_by(row, row_fields(formset, row)) for row in formset.initial_forms
            }
            for formset in formsets
        },
    }


def shown_by(form, fields) -> dict[str, list[str]]:
    """Return what a browser would send of the unbound form's `fields` if nobody touched it."""
    return {name: sending.shown(found, form[name].value()) for name, found in fields.items()}


@dataclass
class Part:
    """One field in its three versions; `opened` is None where nobody knows what the form showed."""

    key: str  # the field's own name
    name: str  # under which it is sent; in a row with the inline's prefix and the row's place
    label: str
    field: Field
    opened: list[str] | None
    stored: list[str] | None
    written: list[str]

    @cached_property
    def is_mine(self) -> bool:
        """Tell whether the sender changed it."""
        return self.opened is None or not sending.same(self.written, self.opened)

    @cached_property
    def is_theirs(self) -> bool:
        """Tell whether somebody else changed it."""
        if self.stored is None:  # its row is gone
            return False
        return self.opened is None or not sending.same(self.stored, self.opened)

    @cached_property
    def is_equal(self) -> bool:
        return self.stored is not None and sending.same(self.written, self.stored)

    @property
    def is_conflict(self) -> bool:
        return self.is_mine and self.is_theirs and not self.is_equal

    @property
    def is_theirs_only(self) -> bool:
        return not self.is_mine and self.is_theirs and not self.is_equal

    @property
    def is_mine_only(self) -> bool:
        return self.is_mine and not self.is_theirs and not self.is_equal

    @property
    def merged(self) -> list[str]:
        """Return what to send: the sender's version, unless only the others changed it."""
        return self.stored if self.is_theirs_only else self.written

    def pairs(self):
        return sending.pairs(self.field, self.name, self.merged)

    def readable(self, version) -> str:
        texts = getattr(self, version)
        return "" if texts is None else sending.readable(self.field, texts)


@dataclass
class Row:
    """One row of an inline. `fate` says what became of it beside changes of its fields:

    "" (nothing), "theirs" (added by others), "mine" (added by the sender), "twice" (added by both alike),
    "gone" (deleted by others), "cut" (deleted by the sender). `is_conflict`: the other side changed it.
    """

    title: str
    parts: list[Part] = field(default_factory=list)
    pk: str = ""
    fate: str = ""
    is_conflict: bool = False
    name: str = ""  # of its tick box „usuń” in the merged form


def labels_of(form, fields) -> dict[str, str]:
    return {name: str(form[name].label) for name in fields}


def title_of(formset, fields, texts) -> str:
    """Return what an editor knows the row by: its kind, and the first words in it."""
    kind = capfirst(formset.model._meta.verbose_name)
    words = (
        sending.readable(found, texts[name])
        for name, found in fields.items()
        if any(texts[name]) and (sending.is_text(found) or sending.is_file(found))
    )
    first = next((text for text in words if not text.isdecimal()), "")
    return f"{kind} „{Truncator(first).chars(60)}”" if first else kind
