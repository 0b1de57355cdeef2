"""Loading the project's own content from plain rows, without ever undoing an editor's work.

A row is a dict: its keys are the names of the model's fields, a relation is given by the key of the other
row, and children stand nested under their related name. A row's own key is its `key`, or else its `slug`.
The value of a file field is the name of a file in the loader's folder.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.base import ContentFile
from django.db.models import CASCADE, FileField, Q
from django.utils import timezone
from taggit.managers import TaggableManager

CREATED, UPDATED, UNCHANGED, KEPT, ORPHANED = "created", "updated", "unchanged", "kept", "orphaned"


class ContentError(Exception):
    """A row cannot be loaded; the text is a Polish sentence that names it."""


class OrphanError(Exception):
    """What the row belongs to was deleted by an editor."""


class ContentLoader:
    """Loads rows of several models in turn; run it in one transaction.

    `journal_model` keeps what was loaded where (content_type, key, object_id, digest, loaded_at). A row is
    written when it is new, or when it changed while its object did not; so an object that an editor changed
    stays as it is, one that an editor deleted stays deleted, and one that an editor made under the same slug
    or name is left alone. Models without `updated_at` cannot tell an editor's change: they are written once.
    """

    def __init__(self, journal_model, files: Path | None = None):
        self.journal_model = journal_model
        self.journal = {(entry.content_type_id, entry.key): entry for entry in journal_model.objects.all()}
        self.keys = {}
        self.files = files

    def load(self, model, rows: list[dict]) -> Counter:
        """Load `rows` of `model`; return how many were created, updated, unchanged, kept and orphaned."""
        return Counter(self._load_row(model, row) for row in rows)

    def _load_row(self, model, row):
        key = row.get("key") or row["slug"]
        digest = self._digest(model, row)
        entry = self.journal.get((ContentType.objects.get_for_model(model).pk, key))
        try:
            if entry is None:
                return self._create(model, row, key, digest)
            pk = self._keys_of(model).get(key)
            if entry.digest == digest or pk is None or not hasattr(model, "updated_at"):
                return UNCHANGED
            return self._update(model.objects.get(pk=pk), row, entry, digest)
        except OrphanError:
            return ORPHANED
        except ValidationError as error:
            raise ContentError(f"{model._meta.verbose_name} „{key}”: {_reasons(error)}") from error

    def _digest(self, model, row):
        """Return what changes when the row, or a file it or its children name, does."""
        digest = hashlib.sha256(json.dumps(row, sort_keys=True).encode())
        for path in self._files_of(model, row):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _files_of(self, model, row):
        for name, value in row.items():
            field = None if name == "key" else model._meta.get_field(name)
            if isinstance(field, FileField):
                yield self.files / value
            elif field and field.one_to_many:
                for child in value:
                    yield from self._files_of(field.related_model, child)

    def _create(self, model, row, key, digest):
        if pk := _editors_own(model, row):
            self._keys_of(model)[key] = pk
            return KEPT
        obj = self._save(model(), row)
        self._keys_of(model)[key] = obj.pk
        self.journal_model.objects.create(
            content_type=ContentType.objects.get_for_model(model),
            key=key,
            object_id=obj.pk,
            digest=digest,
            loaded_at=_time_of(obj),
        )
        return CREATED

    def _update(self, obj, row, entry, digest):
        if obj.updated_at > entry.loaded_at:
            return KEPT
        self._save(obj, row)
        entry.digest, entry.loaded_at = digest, _time_of(obj)
        entry.save()
        return UPDATED

    def _save(self, obj, row):
        """Fill `obj` from `row`, check it and save it; its children are replaced together with it."""
        is_new = obj.pk is None
        related = {}
        for name, value in row.items():
            if name == "key":
                continue
            field = obj._meta.get_field(name)
            if field.one_to_many or field.many_to_many:
                related[field] = value
            elif field.is_relation:
                setattr(obj, field.attname, self._reference(field, value))
            elif isinstance(field, FileField):
                setattr(obj, name, ContentFile((self.files / value).read_bytes(), name=value))
            else:
                setattr(obj, name, field.to_python(value))
        obj.full_clean()
        obj.save()
        for field, value in related.items():
            if is_new and not value:
                continue
            if field.one_to_many:
                self._replace_children(obj, field, value, is_new)
            elif isinstance(field, TaggableManager):
                getattr(obj, field.name).set(value)
            else:
                getattr(obj, field.name).set(filter(None, (self._find(field, key) for key in value)))
        return obj

    def _replace_children(self, parent, relation, rows, is_new):
        if not is_new:
            getattr(parent, relation.get_accessor_name()).all().delete()
        for position, row in enumerate(rows, 1):
            child = relation.related_model(**{relation.field.name: parent})
            if hasattr(child, "position"):
                child.position = position
            try:
                self._save(child, row)
            except OrphanError:
                continue

    def _reference(self, field, key):
        """Return the pk of the row a foreign key names; None where an editor deleted it."""
        pk = self._find(field, key) if key else None
        if key and pk is None and (field.remote_field.on_delete is CASCADE or not field.null):
            raise OrphanError
        return pk

    def _find(self, field, key):
        try:
            return self._keys_of(field.related_model)[key]
        except KeyError:
            name = field.model._meta.verbose_name
            raise ContentError(f"{name}: nieznane odwołanie „{key}” ({field.name}).") from None

    def _keys_of(self, model):
        """Return {key: pk} of `model`'s rows; a deleted one has None. Read once, kept up while loading."""
        if model not in self.keys:
            has_slug = any(field.name == "slug" for field in model._meta.fields)
            keys = {slug: pk for pk, slug in model.objects.values_list("pk", "slug" if has_slug else "pk")}
            existing = set(keys.values())
            content_type = ContentType.objects.get_for_model(model).pk
            for (entry_type, key), entry in self.journal.items():
                if entry_type == content_type and entry.object_id in existing:
                    keys[key] = entry.object_id
                elif entry_type == content_type:
                    keys.setdefault(key, None)
            self.keys[model] = keys
        return self.keys[model]


def _editors_own(model, row):
    """Return the pk of an object that already has a unique value of this new row, or None."""
    same = Q()
    for field in model._meta.fields:
        if field.unique and row.get(field.name):
            same |= Q(**{field.name: row[field.name]})
    return model.objects.filter(same).values_list("pk", flat=True).first() if same else None


def _reasons(error: ValidationError) -> str:
    """The messages, each after the field it is about."""
    by_field = error.message_dict
    general = by_field.pop(NON_FIELD_ERRORS, [])
    return " ".join([*general, *(f"{name}: {' '.join(messages)}" for name, messages in by_field.items())])


def _time_of(obj):
    """The moment up to which the object is the loader's own work."""
    if not hasattr(obj, "updated_at"):
        return timezone.now()
    obj.refresh_from_db(fields=["updated_at"])  # its children may have touched it
    return obj.updated_at
