"""Writing what `platforma.lib.synthetic` invents into the tables of the apps, many rows at a time.

Rows go in by `bulk_create`, which tells nobody: whoever writes them reindexes afterwards.
"""

import json
from collections.abc import Iterator
from functools import partial
from itertools import chain

from django.conf import settings
from django.db import connection, transaction

from platforma.lib.content import ContentLoader
from platforma.lib.keys import link_of
from platforma.lib.parallel import ordered_map
from platforma.lib.publication import Status
from platforma.lib.synthetic import reference, rows
from platforma.models import LoadedRow
from praktyki.models import (
    Instrument,
    Jst,
    Odbiorca,
    Organizacja,
    Praktyka,
    Tag,
    Temat,
    TerminRoczny,
    Wojewodztwo,
)
from spotkania.models import Prelegent, Spotkanie, UdzialPrelegenta, Wypowiedz, Wystapienie

REAL_LISTS = {"instrumenty": Instrument, "tematy": Temat, "odbiorcy": Odbiorca, "wojewodztwa": Wojewodztwo}
PRAKTYKA_RELATIONS = ("instrumenty", "jst", "wojewodztwa", "odbiorcy", "tematy", "organizacje", "tagi")
SPOTKANIE_RELATIONS = ("instrumenty", "tematy", "organizatorzy", "tagi")
BATCH = 500


def has_real_content() -> bool:
    """Tell whether the database holds a practice or a meeting that nobody invented."""
    return any(
        model.objects.exclude(slug__startswith=reference.SLUG_PREFIX).exists()
        for model in (Praktyka, Spotkanie)
    )


def has_seed(seed: int) -> bool:
    """Tell whether rows of `seed` were written before."""
    return any(
        model.objects.filter(slug__startswith=f"{reference.SLUG_PREFIX}{seed}-").exists()
        for model in (Praktyka, Spotkanie)
    )


class Writer:
    """Writes the rows of one seed, and first the lists they refer to."""

    @transaction.atomic
    def __init__(self, seed: int):
        _load("terminy", TerminRoczny)  # the steps of instruments refer to them
        self.keys = {name: _load_list(name, model) for name, model in REAL_LISTS.items()}
        self.world = rows.World(seed, **{name: tuple(keys) for name, keys in self.keys.items()})
        regions = self.keys["wojewodztwa"]
        units = reference.units(tuple(regions))
        for unit in units:
            unit["wojewodztwo_id"] = regions[unit.pop("wojewodztwo")]
        self.keys["jst"] = _write_list(Jst, units)
        self.keys["tagi"] = _write_list(Tag, reference.tags())
        self.keys["organizacje"] = self.keys["organizatorzy"] = _write_list(
            Organizacja, reference.organisations()
        )
        self.keys["prelegenci"] = _write_list(Prelegent, reference.speakers())

    def praktyki(self, count: int) -> Iterator[int]:
        """Write practices 1…`count`; yield how many each step has written."""
        for batch in self._drawn("praktyka", count):
            with transaction.atomic():
                self._write(Praktyka, batch, PRAKTYKA_RELATIONS)
            yield len(batch)

    def spotkania(self, count: int) -> Iterator[int]:
        """Write meetings 1…`count` with programmes and statements; yield how many each step has written."""
        for batch in self._drawn("spotkanie", count):
            with transaction.atomic():
                spotkania = self._write(Spotkanie, batch, SPOTKANIE_RELATIONS)
                self._write_programmes(spotkania, batch)
            yield len(batch)

    def _drawn(self, what, count):
        numbers = [range(start, min(start + BATCH, count + 1)) for start in range(1, count + 1, BATCH)]
        return ordered_map(partial(rows.draw, self.world, what), numbers)

    def _write(self, model, batch, relations):
        written = model.objects.bulk_create(model(status=Status.PUBLISHED, **row.values) for row in batch)
        for name in relations:
            keys = self.keys[name]
            pairs = [
                (obj.pk, keys[related])
                for obj, row in zip(written, batch, strict=True)
                for related in row.related[name]
            ]
            _link(model, name, pairs)
        return written

    def _write_programmes(self, spotkania, batch):
        points, speakers, statements = [], [], []
        for spotkanie, row in zip(spotkania, batch, strict=True):
            for position, (tytul, prelegent) in enumerate(row.related["wystapienia"]):
                points.append(Wystapienie(spotkanie=spotkanie, tytul=tytul, position=position))
                speakers.append(self.keys["prelegenci"][prelegent])
            statements += [
                Wypowiedz(spotkanie=spotkanie, tresc=tresc, position=position)
                for position, tresc in enumerate(row.related["wypowiedzi"])
            ]
        Wystapienie.objects.bulk_create(points)
        UdzialPrelegenta.objects.bulk_create(
            UdzialPrelegenta(wystapienie=point, prelegent_id=key)
            for point, key in zip(points, speakers, strict=True)
        )
        Wypowiedz.objects.bulk_create(statements)


def _link(model, relation, pairs) -> None:
    """Write `(key, related key)` pairs straight into the linking table: ten times as fast as by its model."""
    through, source, target = link_of(model._meta.get_field(relation))
    into = f"INSERT INTO {through._meta.db_table} ({source.column}, {target.column}) VALUES "  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(pairs), BATCH):
            part = pairs[start : start + BATCH]
            cursor.execute(into + ", ".join(["(%s, %s)"] * len(part)), list(chain.from_iterable(part)))


def _load(name, model) -> None:
    """Load a list of the real catalogue from `fixtures/` where it is empty."""
    if not model.objects.exists():
        path = settings.BASE_DIR / "fixtures" / f"{name}.json"
        ContentLoader(LoadedRow).load(model, json.loads(path.read_text(encoding="utf-8")))


def _load_list(name, model) -> dict[str, int]:
    """Return `{slug: key}` of a list of the real catalogue."""
    _load(name, model)
    return dict(model.objects.values_list("slug", "pk"))


def _write_list(model, values: list[dict]) -> list[int]:
    """Write the rows that are not there yet; return the keys of all, in the order of `values`."""
    model.objects.bulk_create([model(**row) for row in values], ignore_conflicts=True)
    keys = dict(model.objects.filter(slug__startswith=reference.SLUG_PREFIX).values_list("slug", "pk"))
    return [keys[row["slug"]] for row in values]
