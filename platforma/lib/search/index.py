"""The full-text index: one table a kind of document, FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both hold the same class tokens in four fields (title, summary, names, body) and are asked the same compiled
query, so both return the same documents. The id of a document is the primary key of its row.
"""

import itertools
from collections import Counter
from collections.abc import Iterable

import numpy as np
from django.db import connections
from pyroaring import BitMap

from platforma.lib.bitmaps import bitmap, union
from platforma.lib.search.compiled import FIELDS, Compiled, Level
from platforma.lib.search.documents import Document, encode
from platforma.lib.search.vocabulary import Vocabulary

KINDS = ("praktyka", "instrument", "spotkanie", "prelegent", "material")
_FIELD_GAP = 20  # positions between fields, so that no phrase crosses them
_MAX_POSITION = 16_383  # what a tsvector can hold
BATCH = 500


class SearchIndex:
    """The index in database `using`; `put` and `remove` belong in the transaction that changes the rows."""

    _before = _key = _ids = _latest = ""

    def __new__(cls, using: str = "default", known: dict | None = None):
        vendor = connections[using].vendor
        return super().__new__({"sqlite": SqliteIndex, "postgresql": PostgresIndex}[vendor])

    def __init__(self, using: str = "default", known: dict | None = None):
        self.connection = connections[using]
        self.vocabulary = Vocabulary(using, known)

    def put(self, kind: str, documents: Iterable[Document]) -> int:
        """Index `documents` of one kind, replacing those of the same ids; return how many."""
        documents = iter(documents)
        return self.put_encoded(kind, map(encode, iter(lambda: list(itertools.islice(documents, BATCH)), [])))

    def put_encoded(self, kind: str, batches: Iterable[tuple[list, Counter]]) -> int:
        """Index what `encode` made of batches of documents, see `put`."""
        words, count = Counter(), 0
        for encoded, seen in batches:
            self.remove(kind, [id_ for id_, _fields in encoded])
            self._insert(kind, encoded)
            words.update(seen)
            count += len(encoded)
        self.vocabulary.add(words)
        return count

    def clear(self, kind: str) -> None:
        """Empty the index of `kind`."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table(kind)}")  # noqa: S608

    def is_empty(self, kind: str) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT {self._key} FROM {self._table(kind)} LIMIT 1")  # noqa: S608
            return cursor.fetchone() is None

    def remove(self, kind: str, ids: Iterable[int]) -> None:
        """Take the documents `ids` out of the index."""
        raise NotImplementedError

    def tiers(self, kind: str, query: Compiled) -> list[BitMap]:
        """Return the ids that match, in disjoint tiers, one a level of the query.

        All required words in the title; in title and summary; in title, summary and names; anywhere.
        """
        asked = [*query.levels, query.unwanted] if query.excluded else query.levels
        found = self._find(kind, asked)
        seen = found.pop() if query.excluded else BitMap()
        tiers = []
        for ids in found:
            tiers.append(ids - seen)
            seen |= ids
        return tiers

    def latest_titles(self, kind: str, query: Compiled, limit: int) -> list[int]:
        """Return up to `limit` ids whose title has all that is required, the highest first."""
        table, (groups, fields) = self._table(kind), query.levels[0]
        with self.connection.cursor() as cursor:
            select = self._latest.format(table=table, condition=self._condition(table, fields))
            cursor.execute(self._before + select, [self._expression(groups, fields), limit])
            return [id_ for (id_,) in cursor.fetchall()]

    def _find(self, kind: str, asked: list[Level]) -> list[BitMap]:
        """Return the ids for each level, asked at once; they come as one text, far quicker than as rows."""
        table, selects = self._table(kind), {}
        for level, (groups, fields) in enumerate(asked):
            for expression in self._expressions(groups, fields) if groups else [None]:
                selects.setdefault((fields, expression), []).append(level)  # levels share what they ask alike
        parts, params = [], []
        for number, (fields, expression) in enumerate(selects):
            where = f" WHERE {self._condition(table, fields)}" if expression is not None else ""
            parts.append(f"SELECT {number} AS number, {self._ids} FROM {table}{where}")  # noqa: S608
            params += [expression] if expression is not None else []
        with self.connection.cursor() as cursor:
            cursor.execute(self._before + " UNION ALL ".join(parts), params)
            texts = dict(cursor.fetchall())
        found = [[] for _level in asked]
        for number, levels in enumerate(selects.values()):
            ids = bitmap(np.fromstring(texts[number] or "", dtype=np.uint32, sep=","))
            for level in levels:
                found[level].append(ids)
        return [union(bitmaps) for bitmaps in found]

    def _expressions(self, groups, fields) -> list[str]:
        """Return what to ask for so that the answers together are those of the level."""
        return [self._expression(groups, fields)]

    def _table(self, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"unknown kind of document: {kind}")
        return f"platforma_szukaj_{kind}"


class SqliteIndex(SearchIndex):
    """FTS5 without a copy of the text; tokens are quoted, so no syntax of FTS5 can be typed in."""

    _key = "rowid"
    _ids = "group_concat(rowid)"
    _latest = "SELECT rowid FROM {table} WHERE {condition} ORDER BY rowid DESC LIMIT %s"

    def remove(self, kind, ids):
        ids = list(ids)
        with self.connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self._table(kind)} WHERE rowid = %s", [(id_,) for id_ in ids])  # noqa: S608

    def _insert(self, kind, encoded):
        rows = [(id_, *(" ".join(field) for field in fields)) for id_, fields in encoded]
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table(kind)} (rowid, {', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
                rows,
            )

    def _condition(self, table, fields):
        return f"{table} MATCH %s"

    def _expression(self, groups, fields):
        wanted = f"({' AND '.join(map(_fts5_group, groups))})"
        return wanted if fields == len(FIELDS) else f"{{{' '.join(FIELDS[:fields])}}} : {wanted}"


class PostgresIndex(SearchIndex):
    """A tsvector built here, never by the server's parser, with weights A–D for the four fields."""

    # The planner takes matching a tsvector for cheap, though reading one costs more than its whole row.
    _before = "SET LOCAL enable_seqscan = off; "
    _key = "id"
    _ids = "string_agg(id::text, ',')"
    _latest = (  # without the fence it would walk the primary key and match row by row
        "WITH found AS MATERIALIZED (SELECT id FROM {table} WHERE {condition}) "
        "SELECT id FROM found ORDER BY id DESC LIMIT %s"
    )

    def remove(self, kind, ids):
        with self.connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table(kind)} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608

    def _insert(self, kind, encoded):
        with self.connection.cursor() as cursor:
            marks = ", ".join(["(%s, %s::tsvector)"] * len(encoded))
            params = [value for id_, fields in encoded for value in (id_, _tsvector(fields))]
            cursor.execute(f"INSERT INTO {self._table(kind)} (id, wektor) VALUES {marks}", params)  # noqa: S608

    def _condition(self, table, fields):
        return f"{vector_of(fields)} @@ %s::tsquery"

    def _expression(self, groups, fields):
        return " & ".join(map(_tsquery_group, groups))

    def _expressions(self, groups, fields):
        """Ask for phrases apart: for those the server reads every row, for single words just the index."""
        asked = [list(map(_without_phrases, groups))]
        for place, ways in enumerate(groups):
            phrases = tuple(way for way in ways if way not in asked[0][place])
            asked.append([*groups[:place], phrases, *groups[place + 1 :]])
        return [self._expression(groups, fields) for groups in asked if all(groups)]


def vector_of(fields: int) -> str:
    """Return the SQL of the part of a tsvector that comes from the first `fields`; each part has an index."""
    weights = ",".join("abcd"[:fields])
    return "wektor" if fields == len(FIELDS) else f"""ts_filter(wektor, '{{{weights}}}'::"char"[])"""


def _fts5_group(ways) -> str:
    return f"({' OR '.join(' AND '.join(map(_fts5_phrase, way)) for way in ways)})"


def _fts5_phrase(phrase) -> str:
    quoted = (f'"{" ".join(tokens)}"' for tokens in itertools.product(*map(sorted, phrase)))
    return f"({' OR '.join(quoted)})"


def _tsquery_group(ways) -> str:
    return _any(" & ".join(map(_tsquery_phrase, way)) for way in ways)


def _tsquery_phrase(phrase) -> str:
    words = (_any(map(_lexeme, sorted(alternatives))) for alternatives in phrase)
    return f"({' <-> '.join(words)})"


def _without_phrases(ways):
    return tuple(way for way in ways if all(len(phrase) == 1 for phrase in way))


def _any(parts) -> str:
    return f"({' | '.join(f'({part})' for part in parts)})"


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _tsvector(fields) -> str:
    """Return the literal of a tsvector: each token with its positions and the weight of its field."""
    positions: dict[str, list[str]] = {}
    position = 0
    for weight, field in zip("ABCD", fields, strict=True):
        for token in field:
            position = min(position + 1, _MAX_POSITION)
            places = positions.setdefault(token, [])
            if len(places) < 256:
                places.append(f"{position}{weight}")
        position += _FIELD_GAP
    return " ".join(f"{_lexeme(token)}:{','.join(places)}" for token, places in sorted(positions.items()))
