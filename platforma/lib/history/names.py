"""What rows are called in a history, those that are gone included."""

from collections import defaultdict

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from platforma.lib import history
from platforma.lib.history.rows import Row, State

NOTHING = "brak"
GONE = "(usunięto)"


class Names:
    """What rows are called, read at once for each model; a deleted row by the name its history kept."""

    def __init__(self, *states: State):
        wanted = defaultdict(set)
        for row in (row for state in states for rows in state.values() for row in rows.values()):
            for target, keys in links_of(row):
                wanted[target].update(keys)
        self.rows = {model: self._read(model, keys) for model, keys in wanted.items()}
        self.lost = {
            model: self._read_lost(model, keys - self.rows[model].keys()) for model, keys in wanted.items()
        }

    def _read(self, model, keys):
        return model._base_manager.select_related().in_bulk(keys)

    def _read_lost(self, model, keys):
        tracked = history.tracked(model)
        if not (tracked and keys):
            return {}
        pk = model._meta.pk.attname
        versions = tracked.versions._base_manager.filter(**{f"{pk}__in": keys}).order_by("history_id")
        return {getattr(version, pk): _instance(tracked, version) for version in versions}

    def exists(self, model, pk) -> bool:
        return pk in self.rows.get(model, {})

    def of(self, model, pk) -> str:
        if pk is None:
            return NOTHING
        if row := self.rows.get(model, {}).get(pk):
            return str(row)
        if row := self.lost.get(model, {}).get(pk):
            return f"{_safe_str(row)} {GONE}"
        return f"{model._meta.verbose_name} nr {pk} {GONE}"

    def of_row(self, row: Row) -> str:
        """Return what a part is called: by what it links where it only links, else by its own name."""
        links = [field for field in row.tracked.fields if _is_link(field, row.tracked)]
        if is_link_only(row.tracked):
            return self.of(links[0].related_model, row.values[links[0].attname])
        instance = row.tracked.model(**row.values)
        for link in links:
            if target := self.rows.get(link.related_model, {}).get(row.values[link.attname]):
                setattr(instance, link.name, target)
        return _safe_str(instance)


def _instance(tracked, version):
    return tracked.model(**{field.attname: getattr(version, field.attname) for field in tracked.fields})


def _safe_str(instance) -> str:
    """Return the row's name, or its kind where the name needs a row that is gone."""
    try:
        return str(instance)
    except ObjectDoesNotExist:
        return f"{instance._meta.verbose_name} nr {instance.pk}"


def _is_link(field, tracked) -> bool:
    return isinstance(field, models.ForeignKey) and field.name not in tracked.owners


def is_link_only(tracked) -> bool:
    """Tell whether rows of a part hold nothing but a link: so tags do."""
    own = [field for field in tracked.fields if not field.primary_key and field.name not in tracked.owners]
    return len(own) == 1 and _is_link(own[0], tracked)


def links_of(row: Row):
    """Yield `(model, keys)` of all that a row leads to."""
    for link in row.tracked.fields:
        if isinstance(link, models.ForeignKey) and row.values[link.attname] is not None:
            yield link.related_model, {row.values[link.attname]}
    for relation in history.plain_relations(row.tracked.model):
        if keys := row.relations.get(relation.name):
            yield relation.related_model, set(keys)
