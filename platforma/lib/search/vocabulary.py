"""The words of all indexed documents: which class tokens a typed word stands for.

A document's word is stored as one token, its *ambiguity class*: all its keys joined ("lato_latać_rok"), so
one word is one position and phrases work. `Slowo` leads from written forms to classes, `Klucz` from keys.
"""

from collections import Counter, defaultdict
from functools import lru_cache

from django.db import connections

from platforma.lib.polish import fold, pattern_of
from platforma.lib.search import morphology

NOTHING = "0brak"  # a token no document has: a word nobody wrote finds nothing
MAX_PREFIX_CLASSES = 60
BYTEWISE = {"sqlite": "BINARY", "postgresql": '"C"'}  # a Polish collation breaks the range of a prefix
MAX_KNOWN = 10_000  # words
BATCH = 400  # rows of one INSERT; SQLite allows 32 766 parameters


@lru_cache(maxsize=100_000)
def class_of(word: str) -> str:
    """Return the class token of a word found in a document."""
    return "_".join(key.replace(" ", "").replace("_", "") for key in morphology.keys(word))


class Vocabulary:
    """The tables of words in database `using`; `known` keeps what `classes` found, `{word: classes}`."""

    def __init__(self, using: str = "default", known: dict[str, set[str]] | None = None):
        self.connection = connections[using]
        self.known = {} if known is None else known
        self.bytewise = BYTEWISE[self.connection.vendor]

    # --- writing

    def add(self, words: Counter) -> None:
        """Count `words` (written forms, each with the number of documents it came in) in."""
        forms, keys = Counter(), Counter()
        for word, count in words.items():
            klasa = class_of(word)
            forms[word.lower(), fold(word), klasa] += count
            for key in morphology.keys(word):
                keys[key, klasa] += count
        self._upsert("platforma_slowo", ("forma", "zlozona", "klasa"), ("forma", "klasa"), forms)
        self._upsert("platforma_klucz", ("klucz", "klasa"), ("klucz", "klasa"), keys)

    def _upsert(self, table, columns, unique, counted):
        rows = sorted((*row, count) for row, count in counted.items())
        names = ", ".join((*columns, "df"))
        place = f"({', '.join(['%s'] * (len(columns) + 1))})"
        with self.connection.cursor() as cursor:
            for start in range(0, len(rows), BATCH):
                batch = rows[start : start + BATCH]
                cursor.execute(
                    f"INSERT INTO {table} ({names}) VALUES {', '.join([place] * len(batch))} "  # noqa: S608
                    f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET df = {table}.df + excluded.df",
                    [value for row in batch for value in row],
                )

    def clear(self) -> None:
        """Forget all words; the documents must be indexed anew."""
        with self.connection.cursor() as cursor:
            cursor.execute("DELETE FROM platforma_slowo")
            cursor.execute("DELETE FROM platforma_klucz")

    # --- reading

    def classes(self, words: list[str]) -> dict[str, set[str]]:
        """Return `{word: classes}` of finished words; a word found nowhere gives an empty set.

        A spelling with restored diacritics joins only when it is at least as common as the word as typed
        (`lodzi` → Łódź, but `zadanie` is not `żądanie`).
        """
        found = {word: self.known[word] for word in words if word in self.known}
        found |= self._look_up([word for word in words if word not in found])
        if len(self.known) + len(found) > MAX_KNOWN:
            self.known.clear()
        self.known.update(found)
        return found

    def _look_up(self, words):
        meanings = {word: morphology.query_keys(word) for word in words}
        by_key = self._by_key({key for meant, restored in meanings.values() for key in meant | restored})
        found, unknown = {}, []
        for word, (meant, restored) in meanings.items():
            as_typed, as_restored = _merge(by_key, meant), _merge(by_key, restored)
            found[word] = set(as_typed)
            if sum(as_restored.values()) >= sum(as_typed.values()):
                found[word] |= set(as_restored)
            if not found[word] and not morphology.is_known_with_diacritics(word):
                unknown.append(word)
        if unknown:
            by_form = self._by_folded({fold(word) for word in unknown})
            for word in unknown:
                found[word] = by_form[fold(word)] or self._beginnings(word)
        return found

    def prefix_classes(self, start: str) -> set[str]:
        """Return the most common classes of the words that begin with `start`.

        A letter typed without a diacritic may have one; one typed with it must.
        """
        folded, condition, params = fold(start), "", []
        if start.lower() != folded:
            condition, params = "AND forma LIKE %s", [f"{pattern_of(start)}%"]
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT klasa FROM platforma_slowo WHERE zlozona COLLATE {self.bytewise} >= %s "  # noqa: S608
                f"AND zlozona COLLATE {self.bytewise} < %s {condition} "
                "GROUP BY klasa ORDER BY SUM(df) DESC, klasa LIMIT %s",
                [folded, folded + "\U0010ffff", *params, MAX_PREFIX_CLASSES],
            )
            return {klasa for (klasa,) in cursor.fetchall()}

    def forms(self) -> list[tuple[str, str, str, int]]:
        """Return every (folded form, written form, class, documents)."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT zlozona, forma, klasa, df FROM platforma_slowo")
            return cursor.fetchall()

    def _beginnings(self, word):
        """Take what no dictionary knows for the beginning of a longer word: "spółdz" is spółdzielnia."""
        return self.prefix_classes(word) if len(word) >= 4 and not morphology.is_known(word) else set()

    def _by_key(self, keys):
        rows = self._select("klucz, klasa, df", "platforma_klucz", "klucz", keys)
        by_key = defaultdict(Counter)
        for key, klasa, df in rows:
            by_key[key][klasa] += df
        return by_key

    def _by_folded(self, forms):
        by_form = defaultdict(set)
        for form, klasa in self._select("zlozona, klasa", "platforma_slowo", "zlozona", forms):
            by_form[form].add(klasa)
        return by_form

    def _select(self, columns, table, column, values):
        if not values:
            return []
        marks = ", ".join(["%s"] * len(values))
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {column} IN ({marks})", sorted(values))  # noqa: S608
            return cursor.fetchall()


def _merge(by_key, keys) -> Counter:
    merged = Counter()
    for key in keys:
        merged.update(by_key.get(key, {}))
    return merged
