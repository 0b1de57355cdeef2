"""How versions are written: simple-history with one version a unit, relations in it, and origins."""

from functools import partial

from django.db import models
from django.db.models import Value
from django.db.models.fields.files import FieldFile
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import Signal
from django.utils import timezone
from simple_history.models import HistoricalRecords

from platforma.lib.fields import AutoSlugField
from platforma.lib.history.unit import name_of, present
from platforma.lib.keys import keys_leading_to

ADDED, CHANGED, DELETED = "+", "~", "-"
ORIGIN = "stan sprzed pierwszej zapisanej zmiany"

state_changed = Signal()  # of a Publishable: instance, old ("" where new), new ("" where deleted)


def plain_relations(model) -> list:
    """Return the many-to-many fields that editors fill in, if rows in between are no model of their own."""
    return [
        relation
        for relation in model._meta.local_many_to_many
        if relation.editable and relation.remote_field.through._meta.auto_created
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
            instance._rows_to_clear = keys_leading_to(relation, instance.pk)
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
        """Return what a version keeps; texts that the row names in `unkept_texts` have lost their ground."""
        values = {field.attname: self._value(instance, field) for field in self.fields_included(instance)}
        return values | dict.fromkeys(getattr(instance, "unkept_texts", ()), "")

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
        """Write a version that follows `before`, or bring the one this unit has written up to date."""
        unit, key = present(), (self.cls, instance.pk)
        earlier, written = unit.written.get(key, (before, None)) if kind == CHANGED else (before, None)
        changed = _changed(earlier, values, relations) if earlier else []
        content = values | {"history_relations": relations, "history_changed": changed}
        if kind == CHANGED and earlier and not changed:
            self.versions.filter(pk=written).delete()  # the unit took its own change back
            unit.written.pop(key, None)
        elif kind != CHANGED or earlier or written:
            content |= _signature(unit, instance, changed)
            if not (written and self.versions.filter(pk=written).update(**content)):
                written = self.versions.create(**content, history_type=kind, history_unit=unit.id).pk
            unit.written[key] = (earlier, written)
        if kind == DELETED:
            unit.written.pop(key)
        self._announce(instance, kind, getattr(before, "status", ""))

    def _announce(self, instance, kind, old) -> None:
        """Tell of a change of state; told by the version before, so a save of the same state is none."""
        if not hasattr(instance, "status_changed_by_id"):
            return
        old, new = (instance.status, "") if kind == DELETED else (old, instance.status)
        if old != new:
            state_changed.send(self.cls, instance=instance, old=old, new=new)


def _signature(unit, instance, changed) -> dict:
    """Return who, when and why; a transition outside of any unit knows its own author."""
    user = unit.user or (getattr(instance, "status_changed_by", None) if "status" in changed else None)
    return {
        "history_date": timezone.now(),
        "history_user": user,
        "history_user_name": name_of(user)[:150],
        "history_change_reason": unit.reason or None,
    }


def _changed(before, values, relations) -> list[str]:
    fields = [
        before._meta.get_field(name).name for name, value in values.items() if getattr(before, name) != value
    ]
    names = before.history_relations.keys() | relations.keys()
    return fields + sorted(
        name for name in names if before.history_relations.get(name, []) != relations.get(name, [])
    )
