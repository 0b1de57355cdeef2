"""A catalogue answered without any index: plain queries over the public rows, sets and counters in Python."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F
from django.utils import timezone

from platforma.lib.kinds import Kind
from praktyki.filters import ADOPTED
from praktyki.models import Instrument, Jst, Odbiorca, Tag, Temat, Wojewodztwo
from spotkania.models import Prelegent, Spotkanie

MISSING = "brak"
LEXEMES = (
    ("piknik", "pikniki", "pikników"),
    ("biblioteka", "biblioteki", "bibliotek"),
    ("rower", "rowery", "rowerów"),
    ("świetlica", "świetlicy", "świetlice"),
)
STEMS = ("piknik", "bibliotek", "rower", "świetlic")
_LEXEME_OF = {form: forms[0] for forms in LEXEMES for form in forms} | {"swietlica": "świetlica"}


@dataclass(frozen=True)
class Facet:
    """Where a row's values stand and how they are called; `used` when only those in use are offered."""

    paths: tuple[str, ...]
    labels: Callable[[], dict]
    missing: bool = True
    used: bool = False


def _names(model, value="slug", label="nazwa"):
    return lambda: {str(value): str(label) for value, label in model.objects.values_list(value, label)}


_INSTRUMENTS = Facet(
    ("instrumenty__slug",), lambda: {row.slug: row.etykieta for row in Instrument.objects.all()}
)
_TAGS = Facet(("tagi__slug",), _names(Tag, label="name"), used=True)
_TOPICS = Facet(("tematy__slug",), _names(Temat))
FACETS = {
    "praktyka": {
        "instrument": Facet(_INSTRUMENTS.paths, _INSTRUMENTS.labels, missing=False),
        "temat": _TOPICS,
        "wojewodztwo": Facet(("jst__wojewodztwo__slug", "wojewodztwa__slug"), _names(Wojewodztwo)),
        "typ_jst": Facet(("jst__typ",), lambda: dict(Jst.Typ.choices)),
        "odbiorcy": Facet(("odbiorcy__slug",), _names(Odbiorca)),
        "jst": Facet(("jst__slug",), _names(Jst), used=True),
        "tag": _TAGS,
        "wdrozenie": Facet((), lambda: {value: label for value, (label, _q) in ADOPTED.items()}),
        "liczby": Facet((), lambda: {"tak": "ma liczby"}),
    },
    "spotkanie": {
        "termin": Facet((), lambda: {"nadchodzace": "nadchodzące", "minione": "minione"}),
        "instrument": _INSTRUMENTS,
        "rodzaj": Facet(("rodzaj",), lambda: dict(Spotkanie.Rodzaj.choices), missing=False),
        "forma": Facet(("forma",), lambda: dict(Spotkanie.Forma.choices)),
        "rok": Facet(("rok",), lambda: {str(year): str(year) for year in range(2000, 2040)}, used=True),
        "temat": _TOPICS,
        "prelegent": Facet(
            ("wystapienia__prelegenci__slug",),
            lambda: {row.slug: row.imie_nazwisko for row in Prelegent.objects.all()},
            used=True,
        ),
        "tag": _TAGS,
    },
}
SPANS = {"praktyka": {"rok": ("rok_od", "rok_do"), "kwota": ("kwota_zl", "kwota_zl")}, "spotkanie": {}}
LATEST_FIRST = (F("rok").desc(nulls_last=True), F("poczatek").desc(nulls_last=True), "pk")
EARLIEST_FIRST = (F("rok").asc(nulls_last=True), F("poczatek").asc(nulls_last=True), "pk")
ORDERS = {
    "praktyka": {
        "najnowsze": ("-published_at", "sort_key", "pk"),
        "tytul": ("sort_key", "pk"),
        "rok": (F("rok_od").desc(nulls_last=True), "sort_key", "pk"),
    },
    "spotkanie": {
        "termin": LATEST_FIRST,
        "najnowsze": LATEST_FIRST,
        "najdawniejsze": EARLIEST_FIRST,
        "tytul": ("sort_key", "pk"),
    },
}


@dataclass(frozen=True)
class Clause:
    """Words that must follow each other in a text, or must not; `stem` stands for all that begins with it."""

    words: tuple[str, ...]
    excluded: bool = False
    stem: bool = False

    def __str__(self):
        text = " ".join(self.words)
        text = f"{text}*" if self.stem else f'"{text}"' if len(self.words) > 1 else text
        return f"-{text}" if self.excluded else text

    def is_in(self, text: list[str]) -> bool:
        if self.stem:
            return any(word.startswith(self.words[0]) for word in text)
        wanted = [_LEXEME_OF[word] for word in self.words]
        return any(text[place : place + len(wanted)] == wanted for place in range(len(text)))


@dataclass(frozen=True)
class Query:
    """What a reader asks for; `spans` are `{name: (low, high, whether unknown counts too)}`."""

    values: dict[str, list[str]] = field(default_factory=dict)
    spans: dict[str, tuple] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    sort: str = ""

    def params(self, page: int) -> str:
        pairs = [(name, value) for name, values in self.values.items() for value in values]
        for name, (low, high, unknown) in self.spans.items():
            pairs += [(f"{name}_od", low or ""), (f"{name}_do", high or "")]
            pairs += [(name, MISSING)] if unknown else []
        pairs += [("q", " ".join(map(str, self.clauses))), ("sort", self.sort), ("strona", page)]
        return urlencode(pairs)


class Plainly:
    """The public rows of `kind` at `now`, read from the database anew."""

    def __init__(self, kind: Kind, now):
        self.kind, self.now = kind, now
        self.facets, self.spans = FACETS[kind.name], SPANS[kind.name]
        self.rows = kind.model.objects.published(now)
        self.everything = set(self.rows.values_list("pk", flat=True))
        self.pairs = {name: self._pairs(name, facet) for name, facet in self.facets.items()}

    def _pairs(self, name, facet) -> set[tuple[int, str]]:
        """Return every `(row, value)` of a facet, rows without any paired with "brak"."""
        if name == "termin":
            pairs = {(row.pk, _when(row, self.now)) for row in self.rows}
        elif name == "wdrozenie":
            today = timezone.localdate(self.now)
            pairs = {(row.pk, _adopted(row, today)) for row in self.rows.prefetch_related("wdrozenia")}
        elif name == "liczby":
            pairs = {(row.pk, "tak") for row in self.rows if row.liczby_wysilku.exists()}
        else:
            pairs = {pair for path in facet.paths for pair in self.rows.values_list("pk", path)}
        pairs = {(key, str(value)) for key, value in pairs if value not in (None, "")}
        unknown = self.everything - {key for key, _value in pairs}
        return pairs | {(key, MISSING) for key in unknown} if facet.missing else pairs

    def options(self, name) -> dict[str, str]:
        """Return the values that are offered, with their names."""
        facet = self.facets[name]
        known = facet.labels() | ({MISSING: "brak danych"} if facet.missing else {})
        in_use = {value for _key, value in self.pairs[name]}
        return {value: label for value, label in known.items() if value in in_use or not facet.used}

    def order(self, query: Query) -> list[int]:
        """Return the keys of all rows that match, in the order asked for."""
        orders, found = ORDERS[self.kind.name], self.matching(query)
        sort = query.sort or next(iter(orders))
        keys = self._sorted(found, orders[sort])
        if query.clauses and not query.sort:
            keys.sort(key=lambda key: _tier(self.documents[key], query.clauses))
        elif sort == "termin":
            coming = found & {key for key, value in self.pairs["termin"] if value == "nadchodzace"}
            keys = [*self._sorted(coming, EARLIEST_FIRST), *(key for key in keys if key not in coming)]
        return keys

    def _sorted(self, found, order) -> list[int]:
        return [key for key in self.rows.order_by(*order).values_list("pk", flat=True) if key in found]

    def counts(self, query: Query, name: str) -> Counter:
        """Return how many rows have each value of facet `name`, whatever is chosen in it."""
        found = self.matching(query, without=name)
        return Counter(value for key, value in self.pairs[name] if key in found)

    def unknown(self, query: Query, name: str) -> int:
        """Return how many rows match whose span `name` is not known, whatever is chosen in it."""
        ends = {f"{end}__isnull": True for end in self.spans[name]}
        return self.rows.filter(pk__in=self.matching(query, without=name), **ends).count()

    def matching(self, query: Query, without="") -> set[int]:
        found = set(self.everything)
        for name, values in query.values.items():
            if name != without and values:
                found &= {key for key, value in self.pairs[name] if value in values}
        for name, span in query.spans.items():
            if name != without and any(span):
                found &= self._in_span(name, *span)
        if query.clauses:
            found = {key for key in found if _tier(self.documents[key], query.clauses) is not None}
        return found

    def _in_span(self, name, low, high, unknown) -> set[int]:
        found = set()
        for key, start, end in self.rows.values_list("pk", *self.spans[name]):
            if start is None and end is None:
                fits = unknown
            else:
                first, last = (end if start is None else start), (float("inf") if end is None else end)
                fits = bool(low or high) and (not low or last >= low) and (not high or first <= high)
            found |= {key} if fits else set()
        return found

    @cached_property
    def documents(self) -> dict[int, list[list[str]]]:
        """The words of every public row, field by field, each as the first form of its lexeme."""
        return {
            document.id: [
                [_LEXEME_OF.get(word.lower(), word) for word in words] for words in document.fields()
            ]
            for document in self.kind.documents(self.everything)
        }


def _when(row, now) -> str:
    if row.is_upcoming(now):
        return "nadchodzace"
    return "minione" if row.poczatek or (row.rok and row.rok < now.year) else ""


def _adopted(row, today) -> str:
    log = list(row.wdrozenia.all())
    if any(one.status in ("dziala", "zmienione") and one.is_confirmed(today) for one in log):
        return "potwierdzone"
    return "niepotwierdzone" if log else ""


def _tier(fields, clauses) -> int | None:
    """Return how many of the leading fields it takes to find all that is required; None for no match."""
    if any(clause.is_in(words) for clause in clauses if clause.excluded for words in fields):
        return None
    needed = 0
    for clause in clauses:
        if not clause.excluded:
            place = next((place for place, words in enumerate(fields) if clause.is_in(words)), None)
            if place is None:
                return None
            needed = max(needed, place)
    return needed
