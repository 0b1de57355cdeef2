"""Relations whose targets the process keeps, such as units and instruments: only their links are read."""

from collections import defaultdict
from collections.abc import Callable

from django.db import connections
from django.db.models import Model, QuerySet

from platforma.lib.keys import link_of


def attach(rows: list[Model], relations: dict[str, dict[int, Model]]) -> None:
    """Fill many-to-many `relations` of `rows` as `prefetch_related` would, from targets given by key.

    Only the links are read, all with one query; related rows come in the order of the targets.
    """
    _fill(rows, _links(rows, list(relations)), relations)


def attach_linked(rows: list[Model], relations: dict[str, Callable[[], QuerySet]]) -> None:
    """Fill many-to-many `relations` of `rows` too, reading of each relation's rows those that are linked.

    Each of those is one object, however many of `rows` it belongs to.
    """
    linked = _links(rows, list(relations))
    wanted = {relation: set() for relation in relations}
    for (relation, _key), keys in linked.items():
        wanted[relation] |= keys
    targets = {
        relation: {target.pk: target for target in load().filter(pk__in=wanted[relation])}
        for relation, load in relations.items()
    }
    _fill(rows, linked, targets)


def _fill(rows, linked, relations):
    for relation, targets in relations.items():
        places = {key: place for place, key in enumerate(targets)}
        for row in rows:
            related = QuerySet(row._meta.get_field(relation).related_model)
            keys = sorted(linked[relation, row.pk] & places.keys(), key=places.__getitem__)
            # What prefetch_related leaves behind, so that `row.relation.all()` asks nothing.
            related._result_cache, related._prefetch_done = [targets[key] for key in keys], True
            row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = related


def _links(rows, relations) -> dict[tuple[str, int], set[int]]:
    """Return the keys linked by each relation to each row; every list asks, so it is SQL without the ORM."""
    if not rows or not relations:
        return {}
    keys, parts = [row.pk for row in rows], []
    marks = ", ".join(["%s"] * len(keys))
    for number, relation in enumerate(relations):
        through, source, target = link_of(rows[0]._meta.get_field(relation))
        parts.append(
            f"SELECT {number}, {source.column}, {target.column} FROM {through._meta.db_table} "  # noqa: S608
            f"WHERE {source.column} IN ({marks})"
        )
    linked = defaultdict(set)
    with connections[rows[0]._state.db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), keys * len(parts))
        for number, key, related in cursor.fetchall():
            linked[relations[number], key].add(related)
    return linked
