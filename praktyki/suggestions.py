"""What is suggested while a reader types: values of the catalogue's facets with their counts, and titles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from django.urls import reverse

from platforma.lib import revision
from platforma.lib.facets import FacetIndex
from platforma.lib.live import State
from platforma.lib.polish import fold
from platforma.lib.remember import remember
from platforma.lib.search.labels import Label, LabelIndex
from platforma.lib.search.models import Synonim
from platforma.lib.search.search import Search
from platforma.lib.selection import MISSING, Selection

from .kinds import PRAKTYKA, names_of_instruments
from .models import Instrument, Praktyka

MAX_CHARS = 100
MOST = {"instrument": 3, "jst": 3, "temat": 2, "tag": 3}  # of one facet
MOST_TITLES = 4
MOST_ALL = 10
MIN_CHARS_IN_TITLES = 3
MAX_KEPT = 2_000  # texts whose titles a process keeps, about a kilobyte each
LATEST = 40  # titles looked at, so that scheduled ones among them may drop out
KINDS = {
    "instrument": "Instrument",
    "jst": "Samorząd",
    "temat": "Temat",
    "tag": "Tag",
    "praktyka": "Praktyka",
}


@dataclass(frozen=True)
class Suggestion:
    """A place to go to: `count` public practices stand there."""

    kind: str
    label: str
    url: str
    count: int

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    def as_dict(self) -> dict[str, str | int]:
        return dict(vars(self))


class _Beside:
    """What `make` makes of something the process keeps, made anew when that is another one."""

    def __init__(self, make: Callable):
        self._make = make
        self._kept = (None, None)

    def of(self, source):
        kept = self._kept
        if kept[0] is not source:
            kept = self._kept = (source, self._make(source))
        return kept[1]


def _labels(labels) -> Iterator[Label]:
    """Yield `(facet, value, text to show)` under each label; instruments have several."""
    for facet in MOST:
        yield from (Label(label, (facet, value, label)) for value, label in labels[facet] if value != MISSING)
    instruments = {}
    for instrument in Instrument.objects.all():
        yield Label(instrument.nazwa, ("instrument", instrument.slug, str(instrument)))
        instruments |= {fold(name): instrument for name in (instrument.nazwa, str(instrument))}
    for other, name in (*names_of_instruments(), *Synonim.objects.pairs()):
        if instrument := instruments.get(fold(name)):
            yield Label(other, ("instrument", instrument.slug, f"{instrument} ({other})"))
            instruments.setdefault(fold(other), instrument)  # which a synonym may lead to in its turn


_facet_labels = _Beside(lambda labels: LabelIndex(_labels(labels)))
_titles_of = _Beside(lambda state: {})  # by what was typed: most readers begin the same words


def suggest(text: str) -> list[Suggestion]:
    """Return at most ten suggestions for what has been typed so far; only what readers see counts."""
    text = " ".join(text[:MAX_CHARS].split())
    number = revision.current()
    state = PRAKTYKA.live.get(number)
    values = _values(text, _facet_labels.of(state.labels), state.index)
    titles = _kept_titles(text, number, state)
    return [*values[: MOST_ALL - len(titles)], *titles]


def _values(text: str, labels: LabelIndex, index: FacetIndex) -> list[Suggestion]:
    """Labels that begin with `text` come first, in each facet and among facets; then more practices."""
    start = fold(text)
    found: dict[str, dict[str, tuple]] = {facet: {} for facet in MOST}
    for label in labels.starting(text):
        facet, value, shown = label.value
        count = len(index.values[facet].get(value, ()))
        if count:
            rank = (not label.folded.startswith(start), -count, shown)
            found[facet][value] = min(rank, found[facet].get(value, rank))
    best = [
        (facet, sorted(by_value.items(), key=itemgetter(1))[: MOST[facet]])
        for facet, by_value in found.items()
        if by_value
    ]
    best.sort(key=lambda item: item[1][0][1][0])
    path = reverse("praktyki:list")
    return [
        Suggestion(facet, shown, path + Selection(values={facet: (value,)}).query(), -count)
        for facet, values in best
        for value, (_elsewhere, count, shown) in values
    ]


def _kept_titles(text: str, number: int, state: State) -> list[Suggestion]:
    """Return the titles to suggest at `state`, which is another one after any change of what they say."""
    return remember(_titles_of.of(state), text, MAX_KEPT, lambda: _titles(text, number, state.index))


def _titles(text: str, number: int, index: FacetIndex) -> list[Suggestion]:
    """The word being typed counts from its third letter: shorter ones begin too many words."""
    before, _space, last = text.rpartition(" ")
    is_short = len(last) < MIN_CHARS_IN_TITLES
    search = Search(before if is_short else text, unfinished=not is_short, number=number)
    if not search.clauses or not search.compiled.required:
        return []
    keys = search.index.latest_titles(PRAKTYKA.name, search.compiled, LATEST)
    public = [key for key in keys if key in index.everything][:MOST_TITLES]
    rows = Praktyka.objects.published().with_warnings().only("tytul", "slug").in_bulk(public)
    return [
        Suggestion(PRAKTYKA.name, _title(rows[key]), rows[key].get_absolute_url(), 1)
        for key in public
        if key in rows
    ]


def _title(praktyka) -> str:
    warning = praktyka.ostrzezenie
    return f"{praktyka.tytul} (uwaga: {warning})" if warning else praktyka.tytul
