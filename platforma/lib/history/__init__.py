"""History of content: who changed what, when and why, for every model that editors write.

`track(model)` keeps a version of a row each time it or one of its relations changes; a save that changes
nothing keeps nothing. All changes inside `authored()` are one *unit* of work, and a row has one version in
it, however often it was saved. Bulk writes (`bulk_create`, `update()`) send no signals: no history of them.
"""

from dataclasses import dataclass

from django.db import models
from simple_history import register

from platforma.lib.fields import DayStartField, DerivedField
from platforma.lib.history.records import (
    ADDED,
    CHANGED,
    DELETED,
    Records,
    Version,
    plain_relations,
    relations_of,
    state_changed,
)
from platforma.lib.history.unit import Unit, author, authored, authored_view, explain, name_of, reason

__all__ = [
    "ADDED",
    "CHANGED",
    "DELETED",
    "Tracked",
    "Unit",
    "Version",
    "author",
    "authored",
    "authored_view",
    "explain",
    "forget",
    "holds_text",
    "is_version",
    "name_of",
    "parts_of",
    "plain_relations",
    "reason",
    "relations_of",
    "state_changed",
    "track",
    "tracked",
]


@dataclass(frozen=True)
class Tracked:
    """A model whose rows have a history.

    `owners` are the foreign keys to the entries it is part of. Going back to an old version leaves parts that
    `stands_alone` marks, and the fields that are `lasting`: a consent once withdrawn stays withdrawn.
    """

    model: type[models.Model]
    owners: tuple[str, ...] = ()
    stands_alone: bool = False
    lasting: tuple[str, ...] = ()

    @property
    def versions(self) -> type[Version]:
        return self.model.history.model

    @property
    def fields(self) -> list[models.Field]:
        """The fields that versions keep, in the order of the model."""
        return list(self.versions.tracked_fields)


_tracked: dict[type[models.Model], Tracked] = {}


def track(model, *, part_of=(), stands_alone=False, except_for=(), lasting=()) -> None:
    """Keep the history of `model`; `part_of` names its foreign keys to what it is part of.

    What the machine keeps (derived values, times of saving) and `except_for` stay out of it.
    """
    owners = (part_of,) if isinstance(part_of, str) else tuple(part_of)
    left_out = [
        field.name for field in model._meta.fields if field.name in except_for or _is_kept_by_machine(field)
    ]
    register(
        model,
        app=model._meta.app_label,
        records_class=Records,
        bases=(Version,),
        excluded_fields=left_out,
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.CharField(max_length=300, null=True),
        no_db_index=[
            field.name for field in model._meta.fields if not field.primary_key and field.name not in owners
        ],
    )
    _tracked[model] = Tracked(model, owners, stands_alone, tuple(lasting))


def _is_kept_by_machine(field) -> bool:
    automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return automatic or isinstance(field, (DerivedField, DayStartField))


def tracked(model) -> Tracked | None:
    return _tracked.get(model)


def parts_of(model) -> list[tuple[Tracked, str]]:
    """Return what rows of `model` are made of: `(tracked part, its foreign key)`, in order of tracking."""
    return [
        (part, name)
        for part in _tracked.values()
        for name in part.owners
        if part.model._meta.get_field(name).related_model is model
    ]


def holds_text(field) -> bool:
    """Tell whether a field of a version is a text that an editor writes."""
    is_text = isinstance(field, (models.CharField, models.TextField))
    return is_text and field.editable and not field.choices and not field.name.startswith("history_")


def forget(instance, *names: str) -> int:
    """Empty the texts `names` in every version of the row, for personal data whose ground is gone.

    Return in how many versions.
    """
    if not names:
        return 0
    versions = tracked(type(instance)).versions._base_manager
    return versions.filter(**{instance._meta.pk.attname: instance.pk}).update(**dict.fromkeys(names, ""))


def is_version(model) -> bool:
    """Tell whether `model` is a table of versions: never content."""
    return issubclass(model, Version)
