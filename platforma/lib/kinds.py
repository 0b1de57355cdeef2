"""The kinds of content: how each is searched and indexed, and what its rows depend on."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import django
from django.db import models

from platforma.lib.live import LiveIndex, State
from platforma.lib.parallel import ordered_map
from platforma.lib.search.documents import ANALYSIS, Document, encode
from platforma.lib.search.highlight import Highlighter, Texts
from platforma.lib.search.index import BATCH, SearchIndex
from platforma.lib.search.models import Analiza
from platforma.lib.search.vocabulary import Vocabulary
from platforma.lib.shared import attach, attach_linked


@dataclass(frozen=True)
class Kind:
    """`document(row)` says what a row is found by; rows come from `rows()`, which prefetches for it.

    `depends` names, for every other model whose change shows in this kind, the lookups that lead from rows of
    the kind to it. `texts(row)` are what results show of a row; `complete(rows)` reads at once what documents
    and texts need beyond the rows themselves.

    `linked` gives, by many-to-many relation, the rows that documents read through it: many share the same.
    `card_fields` are all that a card shows of a row itself where its index keeps what else it shows.
    """

    name: str
    model: type[models.Model]
    document: Callable[[models.Model], Document]
    rows: Callable[[], models.QuerySet]
    depends: dict[type[models.Model], tuple[str, ...]] = field(default_factory=dict)
    live: LiveIndex | None = None
    texts: Callable[[models.Model], Texts] | None = None
    complete: Callable[[list], None] = lambda rows: None
    linked: dict[str, Callable[[], models.QuerySet]] = field(default_factory=dict)
    card_fields: tuple[str, ...] = ()

    def mark(self, rows: list, highlighter: Highlighter) -> None:
        """Give each of `rows` its `found`: the texts of its card with the words searched for marked."""
        self.complete(rows)
        for row in rows:
            row.found = highlighter.excerpt(self.texts(row))

    def cards(
        self, keys: list[int], state: State, highlighter: Highlighter | None = None
    ) -> tuple[list, int]:
        """Return the public rows of `keys`, in this order, with all that a card shows, its words marked.

        And the content revision after the last of it was read.
        """
        public = self.model.objects.published()
        if state.shared:
            public = public if highlighter else public.only(*self.card_fields)
        else:
            public = public.for_cards()
        by_key = public.in_bulk(keys)
        rows = [by_key[key] for key in keys if key in by_key]
        for name, flagged in state.flagged.items():
            for row in rows:
                setattr(row, name, row.pk in flagged)
        if highlighter:
            self.mark(rows, highlighter)
        return rows, attach(rows, state.shared)  # last, for the revision that it reads along

    def touched_by(self, instance: models.Model) -> set[int]:
        """Return the keys of this kind's rows that a change of `instance` may change."""
        if isinstance(instance, self.model):
            return {instance.pk}
        keys: set[int] = set()
        for path in self.depends.get(type(instance), ()):
            keys.update(self.model.objects.filter(**{path: instance}).values_list("pk", flat=True))
        return keys

    def reindex(self, keys) -> None:
        """Index the documents of `keys` anew; those that readers will not see leave the index."""
        index = SearchIndex()
        index.remove(self.name, keys)
        index.put(self.name, self.documents(keys))

    def documents(self, keys) -> list[Document]:
        """Return the documents of those of the rows `keys` that readers see or will see."""
        rows = list(self.rows().filter(pk__in=keys))
        attach_linked(rows, self.linked)
        self.complete(rows)
        return [self.document(row) for row in rows]

    def lacks_index(self) -> bool:
        """Tell whether rows are there and no document is: so after an upgrade that brought the index."""
        return SearchIndex().is_empty(self.name) and self.rows().exists()

    def reindex_all(self) -> int:
        """Empty the index of this kind and fill it anew; return the number of documents."""
        index = SearchIndex()
        index.clear(self.name)
        keys = self.rows().prefetch_related(None).order_by("pk").values_list("pk", flat=True).iterator()
        batches = iter(lambda: list(itertools.islice(keys, BATCH)), [])
        return index.put_encoded(self.name, ordered_map(partial(_encoded, self.name), batches, django.setup))


def prefetching(*relations: str) -> Callable[[list], None]:
    """Return the function that reads `relations` of rows, for `Kind.complete`."""
    return lambda rows: models.prefetch_related_objects(rows, *relations)


def _encoded(name: str, keys: list[int]):
    """Return what the index keeps of the rows `keys`, read and encoded in whatever process this is."""
    return encode(get(name).documents(keys))


_registry: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make `kinds` known; called once by each app when it is ready."""
    _registry.update({kind.name: kind for kind in kinds})


def need_reindex() -> bool:
    """Tell whether an index lacks documents, or was made by another analysis of words than today's."""
    is_of_today = Analiza.objects.filter(numer=ANALYSIS).exists()
    return not is_of_today or any(kind.lacks_index() for kind in every())


def reindex_everything() -> list[tuple[Kind, int]]:
    """Build all indexes and the vocabulary anew; return the number of documents of each kind."""
    Vocabulary().clear()
    counts = [(kind, kind.reindex_all()) for kind in every()]
    Analiza.objects.all().delete()
    Analiza.objects.create(numer=ANALYSIS)
    return counts


def every() -> list[Kind]:
    return list(_registry.values())


def get(name: str) -> Kind:
    return _registry[name]
