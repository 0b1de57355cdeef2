"""History of content: who changed what, when and why, for every model that editors write.

`track(model)` keeps a version of a row each time it or one of its relations changes; a save that changes
nothing keeps nothing. All changes inside `authored()` are one *unit* of work, and a row has one version in
it, however often it was saved. Bulk writes (`bulk_create`, `update()`) send no signals: no history of them.
"""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial, wraps

from django.db import models
from django.db.models import Value
from django.db.models.fields.files import FieldFile
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import Signal
from django.utils import timezone
from simple_history import register
from simple_history.models import HistoricalRecords

from platforma.lib.fields import AutoSlugField, DayStartField, DerivedField

ADDED, CHANGED, DELETED = "+", "~", "-"
ORIGIN = "stan sprzed pierwszej zapisanej zmiany"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

state_changed = Signal()  # of a Publishable: instance, old ("" where new), new ("" where deleted)


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
    unit = _unit.get()
    return unit.user if unit else None


def reason() -> str:
    """Return the reason of the present unit, or ""."""
    unit = _unit.get()
    return unit.reason if unit else ""


def name_of(user) -> str:
    """Return what a user is called in records that outlive the account."""
    return (user.get_full_name() or user.get_username()) if user else ""


def plain_relations(model) -> list:
    """Return the many-to-many fields of `model` whose rows in between are no model of their own."""
    return [
        relation
        for relation in model._meta.local_many_to_many
        if relation.remote_field.through._meta.auto_created
    ]


def relations_of(instance) -> dict[str, list[int]]:
    """Return the keys that each plain relation of the row leads to, with one query; empty ones are absent."""
    parts = [
        relation.remote_field.through._base_manager.filter(**{relation.m2m_field_name(): instance.pk})
        .order_by()
        .values_list(Value(relation.name), relation.m2m_reverse_field_name())
        for relation in plain_relations(type(instance))
    ]
    if not parts:
        return {}
    found: dict[str, list[int]] = {}
    for name, key in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        found.setdefault(name, []).append(key)
    return {name: sorted(keys) for name, keys in found.items()}


class Version(models.Model):
    """What every table of versions has beside the fields of its model and those of simple-history.

    A version without a unit is an origin: the row as it was when its first change was about to be kept.
    """

    history_unit = models.UUIDField(null=True)
    history_user_name = models.CharField(max_length=150, blank=True)  # stays when the account is deleted
    history_changed = models.JSONField(default=list)  # names of fields and relations
    history_relations = models.JSONField(default=dict)  # name of a relation: keys of its rows

    class Meta:
        abstract = True


class Records(HistoricalRecords):
    """simple-history with one version a unit, relations in the version, and origins of older rows."""

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        pre_save.connect(self.before_save, sender=sender, weak=False)
        for relation in plain_relations(sender):
            through = relation.remote_field.through
            m2m_changed.connect(partial(self.relation_changed, relation), sender=through, weak=False)

    def copy_fields(self, model):
        """Keep addresses as plain texts: an AutoSlugField is unique and makes one of its own."""
        fields = super().copy_fields(model)
        for copied in fields.values():
            if isinstance(copied, AutoSlugField):
                copied.__class__ = models.SlugField
        return fields

    def get_meta_options(self, model):
        return super().get_meta_options(model) | {
            "verbose_name": f"wersja: {model._meta.verbose_name}",
            "verbose_name_plural": f"wersje: {model._meta.verbose_name_plural}",
            "default_permissions": (),
        }

    def before_save(self, instance, raw=False, **kwargs):
        if not raw and instance.pk is not None:
            self._remember(instance)

    def pre_delete(self, instance, **kwargs):
        super().pre_delete(instance, **kwargs)
        instance._relations_before = relations_of(instance)

    def post_save(self, instance, created, raw=False, update_fields=None, **kwargs):
        if raw:
            return
        before = None if created else getattr(instance, "_version_before", None)
        values = self._values(instance)
        if before and update_fields is not None:
            saved = {instance._meta.get_field(name).attname for name in update_fields}
            values |= {name: getattr(before, name) for name in values.keys() - saved}
        relations = before.history_relations if before else {}
        self._keep(instance, ADDED if created else CHANGED, before, values, relations)

    def post_delete(self, instance, **kwargs):
        self._keep(instance, DELETED, None, self._values(instance), instance._relations_before)

    def relation_changed(self, relation, sender, instance, action, reverse, model, pk_set, **kwargs):
        """Keep a version of every row on the forward side, whichever side the change came from."""
        if action == "pre_clear" and reverse:
            pk_set = sender.objects.filter(**{relation.m2m_reverse_field_name(): instance}).values_list(
                relation.m2m_field_name(), flat=True
            )
            instance._rows_to_clear = set(pk_set)
        if reverse:
            keys = instance._rows_to_clear if action.endswith("_clear") else pk_set
            rows = list(model._base_manager.filter(pk__in=keys))
        else:
            rows = [instance]
        for row in rows:
            if action.startswith("pre_"):
                self._remember(row)
            elif before := self._latest(row):
                values = {name: getattr(before, name) for name in self._names()}
                self._keep(row, CHANGED, before, values, relations_of(row))

    @property
    def versions(self):
        return getattr(self.cls, self.manager_name).model._base_manager

    def _names(self):
        return [field.attname for field in self.fields_included(self.cls)]

    def _values(self, instance) -> dict:
        return {field.attname: self._value(instance, field) for field in self.fields_included(instance)}

    def _value(self, instance, field):
        """Return the value as the database has it now, whatever the program wrote into the attribute."""
        value = getattr(instance, field.attname)
        if hasattr(value, "resolve_expression"):
            return self._stored(instance, field)
        return str(value) if isinstance(value, FieldFile) else field.to_python(value)

    def _stored(self, instance, field):
        return self.cls._base_manager.values_list(field.attname, flat=True).get(pk=instance.pk)

    def _latest(self, instance):
        return (
            self.versions.filter(**{self.cls._meta.pk.attname: instance.pk}).order_by("-history_id").first()
        )

    def _remember(self, instance) -> None:
        """Note the version that is about to be followed; a row that has none gets its origin."""
        instance._version_before = self._latest(instance) or self._origin(instance)

    def _origin(self, instance):
        stored = self.cls._base_manager.filter(pk=instance.pk).first()
        if stored is None:
            return None
        date = getattr(stored, "updated_at", None) or timezone.now()
        return self.versions.create(
            **self._values(stored),
            history_relations=relations_of(stored),
            history_type=CHANGED,
            history_date=date,
            history_change_reason=ORIGIN,
        )

    def _keep(self, instance, kind, before, values, relations) -> None:
        unit = _unit.get() or Unit()
        key = (self.cls, instance.pk)
        earlier, first = unit.written.get(key, (before, None)) if kind == CHANGED else (before, None)
        changed = _changed(earlier, values, relations) if earlier else []
        if kind == CHANGED and not changed and first is None:
            return
        user = unit.user or ("status" in changed and getattr(instance, "status_changed_by", None)) or None
        content = values | {
            "history_relations": relations,
            "history_changed": changed,
            "history_date": timezone.now(),
            "history_user": user,
            "history_user_name": name_of(user)[:150],
            "history_change_reason": unit.reason or None,
        }
        previous_status = getattr(before, "status", "") if before else ""
        if first is None or not self.versions.filter(pk=first).update(**content):
            first = self.versions.create(**content, history_type=kind, history_unit=unit.id).pk
        if kind != DELETED:
            unit.written[key] = (earlier, first)
        else:
            unit.written.pop(key, None)
        self._announce(instance, kind, previous_status)

    def _announce(self, instance, kind, old) -> None:
        if not hasattr(instance, "status_changed_by"):
            return
        old, new = (instance.status, "") if kind == DELETED else (old, instance.status)
        if old != new:
            state_changed.send(self.cls, instance=instance, old=old, new=new)


def _changed(before, values, relations) -> list[str]:
    fields = [
        before._meta.get_field(name).name for name, value in values.items() if getattr(before, name) != value
    ]
    names = before.history_relations.keys() | relations.keys()
    return fields + sorted(
        name for name in names if before.history_relations.get(name, []) != relations.get(name, [])
    )


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
    versions = tracked(type(instance)).versions._base_manager
    return versions.filter(**{instance._meta.pk.attname: instance.pk}).update(**dict.fromkeys(names, ""))


def is_version(model) -> bool:
    """Tell whether `model` is a table of versions: never content."""
    return issubclass(model, Version)
