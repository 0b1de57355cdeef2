"""Which entries name an address that is broken, or that was never checked: conditions, and a filter of lists.

An address belongs to an entry when it stands in a field of its own or in a row that is edited on its page.
"""

from collections.abc import Iterator

from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, Q

from .models import SprawdzonyAdres


def broken_q(model: type[models.Model]) -> Q:
    """Return the condition "names an address that did not work when it was last checked"."""
    return _naming(model, lambda url: Exists(SprawdzonyAdres.objects.broken().filter(url=url)))


def unchecked_q(model: type[models.Model]) -> Q:
    """Return the condition "names an address that no check has seen yet"."""
    return _naming(model, lambda url: ~Exists(SprawdzonyAdres.objects.filter(url=url)))


class LinkFilter(admin.SimpleListFilter):
    """The list filter `?linki=zepsute` or `?linki=niesprawdzone`."""

    title = "linki"
    parameter_name = "linki"
    conditions = {
        "zepsute": ("z niedziałającym linkiem", broken_q),
        "niesprawdzone": ("z linkiem jeszcze niesprawdzonym", unchecked_q),
    }

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _condition) in self.conditions.items()]

    def queryset(self, request, queryset):
        _label, condition = self.conditions.get(self.value(), ("", None))
        return queryset.filter(condition(queryset.model)) if condition else queryset


def url_fields(model: type[models.Model]) -> list[models.URLField]:
    """Return the fields of the model's own table that hold an address."""
    return [field for field in model._meta.concrete_fields if isinstance(field, models.URLField)]


def _naming(model, is_meant) -> Q:
    found = Q()
    for owner, field in _fields_of_entry(model):
        rows = field.model._default_manager.exclude(**{field.name: ""}).filter(is_meant(OuterRef(field.name)))
        found |= Q(pk__in=rows.values(owner))
    return found


def _fields_of_entry(model) -> Iterator[tuple[str, models.URLField]]:
    """Yield the fields with addresses, each with the name of what leads from its row to the entry's key."""
    yield from (("pk", field) for field in url_fields(model))
    for relation in model._meta.related_objects:
        is_part = relation.one_to_many and relation.on_delete is models.CASCADE
        if is_part and not admin.site.is_registered(relation.related_model):
            yield from ((relation.field.attname, field) for field in url_fields(relation.related_model))
