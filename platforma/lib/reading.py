"""Reading the address of a catalogue: what is understood becomes a selection, what is not becomes a note."""

from dataclasses import replace

from django.core.exceptions import ValidationError

from platforma.lib.filters import MAX_QUERY_CHARS, carried_filters, facet_filters, span_filters
from platforma.lib.pagination import read_page_number
from platforma.lib.search.query import parse
from platforma.lib.selection import MISSING, Selection, Span

SHOWN_CHARS = 40


def single_names(filters: dict) -> list[str]:
    """Return the parameters that make sense once: the words, the ends of ranges, the order and the page."""
    ends = [f"{name}_{end}" for name, _filter in span_filters(filters) for end in ("od", "do")]
    return ["q", "sort", "strona", *ends]


def repeated_names(filters: dict) -> list[str]:
    """Return the parameters that may stand several times, each a choice of its own."""
    return [name for name, _filter in (*facet_filters(filters), *span_filters(filters))]


class Reader:
    """Reads `params` with the fields of `filters`, which may be shared; `notes` are Polish sentences."""

    def __init__(self, filters, params, labels):
        self.filters = filters
        self.params = params
        self.labels = labels
        self.notes: list[str] = []

    def selection(self) -> Selection:
        """Return what was chosen; what is unknown or mistaken is left out and noted."""
        self._note_unknown_names()
        selection = Selection()
        for name, _filter in facet_filters(self.filters):
            selection = selection.with_values(name, self._known_values(name, self.labels[name]))
        for name, _filter in span_filters(self.filters):
            missing = bool(self._known_values(name, [MISSING]))
            span = self._cleaned(name, self.params) or Span()
            selection = selection.with_span(name, replace(span, missing=missing))
        return replace(selection, words=self._words(), carried=self._carried())

    def sort(self, sorts) -> str:
        """Return the order asked for, or the first of `sorts`."""
        wanted = self.params.get("sort", "")
        if wanted and wanted not in sorts:
            self.notes.append(f"Pominęliśmy nieznaną kolejność „{shorten(wanted)}”.")
        return wanted if wanted in sorts else next(iter(sorts))

    def page_number(self) -> int:
        number = read_page_number(self.params.get("strona"))
        if number is None:
            self.notes.append("Pominęliśmy numer strony, którego nie da się odczytać.")
        return number or 1

    def _cleaned(self, name, params):
        """Return what the form field of a filter makes of `params`, None of a mistake, which is noted."""
        field = self.filters[name].field
        try:
            return field.clean(field.widget.value_from_datadict(params, {}, name))
        except ValidationError as error:
            label = self.filters[name].label.lower()
            self.notes.append(f"Pominęliśmy filtr „{label}”: {error.messages[0]}")
            return None

    def _carried(self) -> dict[str, tuple[str, ...]]:
        carried = {}
        for name, filter_ in carried_filters(self.filters):
            values, notes = filter_.read([value for value in self.params.getlist(name) if value])
            carried |= {name: tuple(values)} if values else {}
            self.notes += notes
        return carried

    def _words(self) -> str:
        text = self.params.get("q", "")
        if len(text) > MAX_QUERY_CHARS:
            self.notes.append(f"Szukamy tylko pierwszych {MAX_QUERY_CHARS} znaków wpisanego tekstu.")
        cleaned = self._cleaned("q", {"q": text[:MAX_QUERY_CHARS]}) or ""
        text = " ".join(cleaned.split())
        if text and not parse(text):
            self.notes.append("Pominęliśmy szukany tekst, bo nie ma w nim liter ani cyfr.")
            return ""
        return text

    def _note_unknown_names(self):
        single = single_names(self.filters)
        for name in single:
            if len(self.params.getlist(name)) > 1:
                self.notes.append(f"Parametr „{name}” podano kilka razy; liczy się ostatni.")
        carried = [name for name, _filter in carried_filters(self.filters)]
        for name in self.params:
            if name not in {*single, *repeated_names(self.filters), *carried}:
                self.notes.append(f"Pominęliśmy nieznany parametr adresu „{shorten(name)}”.")

    def _known_values(self, name, known) -> list[str]:
        wanted = dict.fromkeys(value for value in self.params.getlist(name) if value)
        for value in wanted:
            if value not in known:
                label = self.filters[name].label.lower()
                self.notes.append(f"Pominęliśmy nieznaną wartość „{shorten(value)}” filtra „{label}”.")
        return [value for value in wanted if value in known]


def shorten(text: str) -> str:
    """Return at most 40 characters of what a reader typed, to be shown back."""
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"
