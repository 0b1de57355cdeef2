"""Practices similar to one: they share its instrument, its theme, its tag, or a unit of its kind and size."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from platforma.lib.bitmaps import keys_of, union
from platforma.lib.facets import FacetIndex
from platforma.lib.live import State

from .likeness import size_points
from .models import Jst, Praktyka
from .units import UNITS

SHOWN = 3
LEAST_POINTS = 4  # a shared instrument, or at least two weaker ties
POINTS = {"instrument": 4, "temat": 2, "tag": 2, "typ": 2, "wielkosc": 1, "samorzad": 0}
ONE = {"instrument": "ten sam instrument", "temat": "ten sam temat", "tag": "wspólny tag"}
MORE = {"instrument": "te same instrumenty", "temat": "te same tematy", "tag": "wspólne tagi"}


@dataclass(frozen=True)
class Tie:
    """Something a practice has in common with `rows`; `group` is a key of POINTS, `label` names it."""

    group: str
    label: str
    rows: BitMap


def rank(ties: Iterable[Tie], place: np.ndarray, limit: int) -> list[int]:
    """Return at most `limit` keys with the most points, LEAST_POINTS or more; equals by their `place`.

    `place` is indexed by key and longer than the greatest of them. The work grows with the sizes of the ties.
    """
    points = np.zeros(len(place), dtype=np.uint16)
    for tie in ties:
        points[keys_of(tie.rows)] += POINTS[tie.group]
    keys = np.nonzero(points >= LEAST_POINTS)[0]
    if len(keys) > limit:
        least = np.partition(points[keys], -limit)[-limit]
        keys = keys[points[keys] >= least]
    return keys[np.lexsort((place[keys], -points[keys].astype(int)))][:limit].tolist()


def reason(ties: Iterable[Tie]) -> str:
    """Say what the ties have in common: "ten sam instrument: mikrogrant; powiat podobnej wielkości"."""
    labels = {group: [tie.label for tie in ties if tie.group == group] for group in POINTS}
    shared = [
        f"{(ONE if len(labels[group]) == 1 else MORE)[group]}: {', '.join(labels[group])}"
        for group in ONE
        if labels[group]
    ]
    return "; ".join([*shared, *_unit_reason(labels)])


def _unit_reason(labels) -> list[str]:
    if labels["samorzad"]:
        return [f"ten sam samorząd: {', '.join(labels['samorzad'])}"]
    only_kind = [label for label in labels["typ"] if label not in labels["wielkosc"]]
    alike = [f"{label} podobnej wielkości" for label in labels["wielkosc"]]
    return [*alike, *(f"też {label}" for label in only_kind)]


def similar_to(praktyka: Praktyka, state: State) -> list[Praktyka]:
    """Return public practices like this one, most alike first, each with its `reason`.

    `state` is that of the index of practices at the moment the rest of the page is read.
    """
    index = state.index
    ties = [tie for tie in _ties(praktyka, index, UNITS.get(state.number)) if tie.rows]
    keys = rank(ties, index.orders["najnowsze"].place, SHOWN)
    by_key = Praktyka.objects.published().for_cards().in_bulk(keys)
    found = [by_key[key] for key in keys if key in by_key]
    for row in found:
        row.reason = reason([tie for tie in ties if row.pk in tie.rows])
    return found


def _ties(praktyka, index: FacetIndex, units) -> Iterable[Tie]:
    def rows(facet, value):
        return index.values[facet].get(value, BitMap()) - BitMap([praktyka.pk])

    for instrument in praktyka.instrumenty.all():
        yield Tie("instrument", instrument.etykieta, rows("instrument", instrument.slug))
    for temat in praktyka.tematy.all():
        yield Tie("temat", temat.nazwa, rows("temat", temat.slug))
    for tag in praktyka.tagi.all():
        yield Tie("tag", tag.name, rows("tag", tag.slug))
    own = praktyka.jst.all()
    for jst in own:
        yield Tie("samorzad", jst.nazwa, rows("jst", jst.slug))
    for typ in dict.fromkeys(jst.typ for jst in own if jst.typ):
        sizes = [jst.ludnosc for jst in own if jst.typ == typ]
        alike = [unit.slug for unit in units.values() if unit.typ == typ and _is_like_one(unit, sizes)]
        yield Tie("typ", Jst.Typ(typ).label, rows("typ_jst", typ))
        yield Tie("wielkosc", Jst.Typ(typ).label, union(rows("jst", slug) for slug in alike))


def _is_like_one(unit, sizes) -> bool:
    return any(size_points(size, unit.ludnosc) == 2 for size in sizes)
