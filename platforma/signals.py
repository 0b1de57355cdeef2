"""The one place where signals are listened to: changed content is indexed and bumps the revision.

And a deleted row takes its files along, but only once the deletion is certain.
"""

import threading
from collections import defaultdict
from contextlib import contextmanager
from functools import partial

from django.apps import apps
from django.db import transaction
from django.db.models import FileField, Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from platforma.lib import history, kinds, revision
from platforma.lib.keys import keys_leading_to
from platforma.lib.publication import Publishable
from platforma.lib.search.models import Synonim
from platforma.models import DeklaracjaDostepnosci

CONTENT_APPS = ("praktyki", "spotkania")

_local = threading.local()


def connect() -> None:
    """Listen to every model that public pages show; called once when the apps are ready."""
    for model in content_models():
        # Saved outside of a transaction, a row would be seen before the revision that tells of it.
        model.save = transaction.atomic(savepoint=False)(model.save)
        post_save.connect(_saved, sender=model, dispatch_uid=f"content-saved-{model._meta.label}")
        pre_delete.connect(_deleting, sender=model, dispatch_uid=f"content-deleting-{model._meta.label}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"content-deleted-{model._meta.label}")
        if _file_fields(model):
            post_delete.connect(_files_orphaned, sender=model, dispatch_uid=f"files-{model._meta.label}")
        for field in model._meta.many_to_many:
            through = getattr(field.remote_field, "through", None)
            if through is not None:
                m2m_changed.connect(
                    _related, sender=through, dispatch_uid=f"content-m2m-{through._meta.label}"
                )
    for signal in (post_save, post_delete):
        signal.connect(_words_changed, sender=Synonim, dispatch_uid="content-words")


def content_models() -> set[type[Model]]:
    """Return the models of the content apps, and those that kinds say they depend on; never old versions."""
    named = {model for kind in kinds.every() for model in (kind.model, *kind.depends)}
    models = named.union(
        *(apps.get_app_config(app).get_models() for app in CONTENT_APPS), [DeklaracjaDostepnosci]
    )
    return {model for model in models if not history.is_version(model)}


@contextmanager
def together():
    """Collect the changes made inside and note them once at the end, in one transaction."""
    if getattr(_local, "changes", None) is not None:
        yield
        return
    _local.changes = set()
    try:
        with transaction.atomic():
            yield
            changes, _local.changes = _local.changes, None
            _apply(changes)
    finally:
        _local.changes = None


def _note(changes) -> None:
    if getattr(_local, "changes", None) is not None:
        _local.changes |= changes
    else:
        with transaction.atomic():
            _apply(changes)


def _apply(changes) -> None:
    """Bump the revision first: its lock lets transactions index one after another, so never in a circle."""
    revision.bump(changes)
    by_kind = defaultdict(set)
    for name, key in changes:
        by_kind[name].add(key)
    for name, keys in by_kind.items():
        if name != revision.LABELS:
            kinds.get(name).reindex(keys)


def _touched(instance) -> set[tuple[str, int]]:
    """Return the rows that show a change of `instance`; one that rows of others show may be a label there."""
    changes = {(kind.name, key) for kind in kinds.every() for key in kind.touched_by(instance)}
    is_alone = isinstance(instance, Publishable) and len({name for name, _key in changes}) == 1
    return changes if is_alone else changes | {(revision.LABELS, 0)}


def _saved(sender, instance, raw=False, **kwargs):
    _note(_touched(instance))


def _words_changed(sender, **kwargs):
    _note({(revision.LABELS, 0)})


def _deleting(sender, instance, **kwargs):
    """Remember whom the row belongs to while its relations still stand."""
    instance._touched_before_delete = _touched(instance)


def _deleted(sender, instance, **kwargs):
    _note(instance._touched_before_delete)


def _related(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action == "pre_clear":  # afterwards nothing tells whose links there were
        keys = _linked(sender, instance, model) if reverse else ()
        instance._touched_before_clear = _touched(instance) | _rows(model, keys)
    elif action == "post_clear":
        _note(instance._touched_before_clear)
    elif action.startswith("post_"):
        _note(_touched(instance) | _rows(model, pk_set if reverse else ()))


def _linked(through, instance, model) -> set[int]:
    """Return the keys of the rows of `model` that lead to `instance` by the table of links `through`."""
    (field,) = (field for field in model._meta.many_to_many if field.remote_field.through is through)
    return keys_leading_to(field, instance.pk)


def _rows(model, keys) -> set[tuple[str, int]]:
    return {(kind.name, key) for kind in kinds.every() if kind.model is model for key in keys}


def _file_fields(model):
    return [field for field in model._meta.concrete_fields if isinstance(field, FileField)]


def _files_orphaned(sender, instance, **kwargs):
    for field in _file_fields(sender):
        if file := getattr(instance, field.attname):
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
