"""Relations whose targets the process keeps, such as units and instruments: only their links are read."""

from collections import defaultdict
from collections.abc import Callable

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql import Query

from platforma.lib import revision
from platforma.lib.keys import link_of
from platforma.lib.ordered import Ordered


def attach(rows: list[Model], relations: dict[str, Ordered]) -> int:
    """Fill many-to-many `relations` of `rows` as `prefetch_related` would, from targets given by key.

    Only the links are read, all with one query, which also gives the content revision that is returned.
    Related rows come in the order of the targets.
    """
    if not rows or not relations:
        return revision.current()
    linked, number = _links(rows, list(relations))
    _fill(rows, linked, relations)
    return number


def attach_linked(rows: list[Model], relations: dict[str, Callable[[], QuerySet]]) -> None:
    """Fill many-to-many `relations` of `rows` too, reading of each relation's rows those that are linked.

    Each of those is one object, however many of `rows` it belongs to.
    """
    if not rows or not relations:
        return
    linked, _number = _links(rows, list(relations))
    wanted = {relation: set() for relation in relations}
    for (relation, _key), keys in linked.items():
        wanted[relation] |= keys
    targets = {
        relation: Ordered((target.pk, target) for target in load().filter(pk__in=wanted[relation]))
        for relation, load in relations.items()
    }
    _fill(rows, linked, targets)


def _fill(rows, linked, relations):
    for relation, targets in relations.items():
        model = rows[0]._meta.get_field(relation).related_model
        query = Query(model)  # one for all: none is ever asked
        for row in rows:
            related = QuerySet(model, query)
            keys = targets.in_order(linked[relation, row.pk])
            # What prefetch_related leaves behind, so that `row.relation.all()` asks nothing.
            related._result_cache, related._prefetch_done = [targets[key] for key in keys], True
            row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = related


def _links(rows, relations) -> tuple[dict[tuple[str, int], set[int]], int]:
    """Return the keys linked by each relation to each row, and the content revision.

    Every list asks, so it is SQL without the ORM.
    """
    parts = [f"SELECT -1, 0, ({revision.SELECT})"]
    keys = ", ".join(str(int(row.pk)) for row in rows)  # read quicker than as parameters
    for number, relation in enumerate(relations):
        through, source, target = link_of(rows[0]._meta.get_field(relation))
        parts.append(
            f"SELECT {number}, {source.column}, {target.column} FROM {through._meta.db_table} "  # noqa: S608
            f"WHERE {source.column} IN ({keys})"
        )
    linked = defaultdict(set)
    with connections[rows[0]._state.db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        (_number, _key, at), *links = sorted(cursor.fetchall())
    for number, key, related in links:
        linked[relations[number], key].add(related)
    return linked, at
