"""Precomputed orders of a catalogue: for every way to sort, each row's place among all rows."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models.expressions import OrderBy
from pyroaring import BitMap

from platforma.lib.bitmaps import keys_of


@dataclass(frozen=True)
class Term:
    """One argument of `order_by`: a column, its direction; unknown values come last."""

    column: str
    descending: bool


def terms_of(order: tuple) -> tuple[Term, ...]:
    """Read arguments of `order_by`: "name", "-name" or F("name").desc(nulls_last=True)."""
    return tuple(
        Term(argument.expression.name, argument.descending)
        if isinstance(argument, OrderBy)
        else Term(argument.lstrip("-"), argument.startswith("-"))
        for argument in order
    )


@dataclass(frozen=True)
class Column:
    """The values of one column by primary key, as numbers; texts by their place in the sorted `texts`."""

    numbers: np.ndarray
    texts: list[str] | None


@dataclass(frozen=True)
class Order:
    """Primary keys in order, and the place of every key."""

    keys: np.ndarray
    place: np.ndarray

    def page(self, found: BitMap, start: int, stop: int) -> list[int]:
        """Return the keys of `found` from `start` to `stop` in this order."""
        if len(found) == len(self.keys):
            return self.keys[start:stop].tolist()
        places = self.place[keys_of(found)]
        if stop < len(places):
            places = np.partition(places, stop - 1)[:stop]
        return self.keys[np.sort(places)[start:stop]].tolist()


def make_column(keys: np.ndarray, values: np.ndarray | list[str], size: int) -> Column:
    """Return the column of `values` belonging to `keys`, for keys below `size`; NaN is unknown."""
    numbers, texts = np.full(size, np.nan), None
    if isinstance(values, list):
        texts = []
        for place in sorted(range(len(values)), key=values.__getitem__):
            if not texts or texts[-1] != values[place]:
                texts.append(values[place])
            numbers[keys[place]] = len(texts) - 1
    else:
        numbers[keys] = values
    return Column(numbers, texts)


def as_numbers(values) -> np.ndarray:
    """Return numbers or moments (as seconds) of which some may be None as floats, None as NaN."""
    return np.array([v.timestamp() if hasattr(v, "timestamp") else v for v in values], dtype=float)


def make_order(keys: np.ndarray, columns: dict[str, Column], terms: tuple[Term, ...], size: int) -> Order:
    """Sort `keys` by `terms`."""
    sort_keys = [_signed(columns[term.column].numbers[keys], term) for term in reversed(terms)]
    ordered = keys[np.lexsort(sort_keys)]
    place = np.zeros(size, dtype=np.uint32)
    place[ordered] = np.arange(len(ordered), dtype=np.uint32)
    return Order(ordered, place)


def _signed(numbers: np.ndarray, term: Term) -> np.ndarray:
    signed = -numbers if term.descending else numbers
    return np.where(np.isnan(signed), np.inf, signed)


def with_value(column: Column, key: int, value) -> Column:
    """Return the column with one more (or another) value; a new text moves the later ones up by one."""
    if column.texts is None:
        return _with_number(column, key, value)
    place = bisect_left(column.texts, value)
    if place < len(column.texts) and column.texts[place] == value:
        return _with_number(column, key, place)
    numbers = np.where(column.numbers >= place, column.numbers + 1, column.numbers)
    numbers[key] = place
    return Column(numbers, [*column.texts[:place], value, *column.texts[place:]])


def _with_number(column, key, number):
    if np.array_equal(column.numbers[key], number, equal_nan=True):
        return column
    numbers = column.numbers.copy()
    numbers[key] = number
    return Column(numbers, column.texts)


def with_keys(
    order: Order, gone: np.ndarray, added: Iterable[int], columns: dict[str, Column], terms: tuple[Term, ...]
) -> Order:
    """Return the order without the keys `gone` and with `added` put in their places."""

    def rank(key):
        return tuple(_signed(columns[term.column].numbers[key], term) for term in terms)

    places = order.place[gone[gone < len(order.place)]]
    keys = np.delete(order.keys, places[np.isin(order.keys[places], gone)]) if len(order.keys) else order.keys
    for key in added:
        keys = np.insert(keys, bisect_left(keys, rank(key), key=rank), key)
    return _placed(keys, len(order.place))


def _placed(keys: np.ndarray, size: int) -> Order:
    place = np.zeros(size, dtype=np.uint32)
    place[keys] = np.arange(len(keys), dtype=np.uint32)
    return Order(keys, place)
