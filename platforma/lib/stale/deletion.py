"""Deleting what was shown: where anything of it changed since, the page of confirmation is shown anew (409).

That page carries what stands for every row it names. The comparison is the last thing before the deletion,
inside its transaction and with the entry held; another press, on the new page, deletes.
"""

import json
from copy import copy
from functools import wraps
from hashlib import blake2b

from django.apps import apps
from django.contrib.admin import actions
from django.contrib.admin.utils import NestedObjects
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, transaction
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from taggit.models import ItemBase

from platforma.lib.stale.answers import log_of
from platforma.lib.stale.locking import hold
from platforma.lib.stale.seen import Seen, given_to

FIELD = "_shown"  # of the page of confirmation


class ChangedMeanwhileError(Exception):
    """What is about to be deleted is not what the page of confirmation showed."""


class InformedDeletion:
    """Mixin of a ModelAdmin: nothing is deleted that the person who confirms it has not been shown."""

    def get_deleted_objects(self, objs, request):
        """Note what the rows are before they are listed: what changes between the two counts as unseen."""
        request.found = {"rows": fingerprint(objs)}
        listed, counts, *refusals = super().get_deleted_objects(objs, request)
        links = [model._meta for model in apps.get_models(include_auto_created=True) if _is_link(model)]
        names = {opts.verbose_name_plural for opts in links}
        counts = {name: count for name, count in counts.items() if name not in names}
        return (
            _without(listed, tuple(f"{capfirst(opts.verbose_name)}: " for opts in links)),
            counts,
            *refusals,
        )

    def log_deletions(self, request, queryset):
        """Refuse at the last moment before the deletion, when everything else allows it."""
        seen = self.seen_deletion(request)
        if seen is None or seen.shown != request.found:
            raise ChangedMeanwhileError
        return super().log_deletions(request, queryset)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ChangedMeanwhileError:
            return self.asked_again(request, super().delete_view(_unsent(request), object_id, extra_context))

    def render_delete_form(self, request, context):
        obj = context["object"]
        last = log_of(obj.__class__, obj.pk).order_by("-pk").values_list("pk", flat=True).first()
        return super().render_delete_form(request, context | self.deletion_token(request, last or 0))

    def seen_deletion(self, request) -> Seen | None:
        """Return what the page showed that this person confirms; None where it was no such page."""
        seen = given_to(request, FIELD)
        return seen if seen and seen.entry == self._deletion_entry() else None

    def deletion_token(self, request, log=0) -> dict:
        """Return the context of the page: what it shows, signed; `log` is the last line of its history."""
        return {"shown_token": Seen(self._deletion_entry(), request.user.pk, request.found, log=log).sign()}

    def asked_again(self, request, response):
        """Return the page of confirmation as the answer to one that came too late.

        Another response (the entry has gone in between) is returned as it is.
        """
        if not isinstance(response, TemplateResponse):
            return response
        seen, obj = self.seen_deletion(request), response.context_data.get("object")
        lines = log_of(obj.__class__, obj.pk).filter(pk__gt=seen.log).order_by("pk") if seen and obj else ()
        response.context_data |= {"is_asked_again": True, "is_known": seen is not None, "lines": lines}
        response.status_code = 409
        return response

    def _deletion_entry(self):
        return f"{self.opts.label_lower}:usuwanie"


@wraps(actions.delete_selected)
def delete_selected(modeladmin, request, queryset):
    """Do what Django's action does, with the same promise as the page of one entry."""
    if "post" not in request.POST:
        return _selected(modeladmin, request, queryset)
    try:
        with transaction.atomic():
            rows = list(queryset.order_by("pk"))
            owners = {owner for row in rows for owner in modeladmin.locked_before(row)}
            hold(*sorted(owners, key=lambda row: (row._meta.label, row.pk)), *rows)
            return _selected(modeladmin, request, queryset)
    except ChangedMeanwhileError:
        return modeladmin.asked_again(request, _selected(modeladmin, _unsent(request), queryset))


def _selected(modeladmin, request, queryset):
    response = actions.delete_selected(modeladmin, request, queryset.all())  # read anew
    if response is not None:
        response.context_data |= modeladmin.deletion_token(request)
    return response


def fingerprint(rows) -> str:
    """Return what stands for these rows and for all that would be deleted with them, every field of each."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(rows)
    found = [
        (row._meta.label, row.pk, [field.value_to_string(row) for field in row._meta.concrete_fields])
        for gathered in collector.data.values()
        for row in gathered
    ]
    text = json.dumps(sorted(found, key=lambda row: row[:2]), cls=DjangoJSONEncoder)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _is_link(model) -> bool:
    """Tell whether rows of `model` only lead from one to another, which says nothing to an editor."""
    return bool(model._meta.auto_created) or issubclass(model, ItemBase)


def _without(listed, beginnings):
    """Return the nested list of what would be deleted without the lines that begin so."""
    kept = [_without(line, beginnings) if isinstance(line, list) else line for line in listed]
    return [line for line in kept if line and (isinstance(line, list) or not line.startswith(beginnings))]


def _unsent(request):
    """Return the request as if it only opened the page."""
    reading = copy(request)
    reading.method, reading.POST = "GET", QueryDict()
    return reading
