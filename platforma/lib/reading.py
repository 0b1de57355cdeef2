"""Reading the address of a catalogue: what is understood becomes a selection, what is not becomes a note."""

from dataclasses import replace

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
    """Reads `params` with the filters and form of `filterset`; `notes` are Polish sentences."""

    def __init__(self, filterset, params, labels):
        self.filterset = filterset
        self.filters = filterset.filters
        self.params = params
        self.labels = labels
        self.notes: list[str] = []

    def selection(self) -> Selection:
        """Return what was chosen; unknown names and values are noted before the form validates the rest."""
        self._note_unknown_names()
        data = self.filterset.data = self.params.copy()
        for name, _filter in facet_filters(self.filters):
            data.setlist(name, self._known_values(name, self.labels[name]))
        for name, _filter in span_filters(self.filters):
            self._known_values(name, [MISSING])
        if len(data.get("q", "")) > MAX_QUERY_CHARS:
            self.notes.append(f"Szukamy tylko pierwszych {MAX_QUERY_CHARS} znaków wpisanego tekstu.")
            data["q"] = data["q"][:MAX_QUERY_CHARS]
        return self._clean()

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

    def _clean(self) -> Selection:
        form, data = self.filterset.form, self.filterset.data
        for name, errors in form.errors.items():
            self.notes.append(f"Pominęliśmy filtr „{self.filters[name].label.lower()}”: {errors[0]}")
        cleaned = form.cleaned_data
        selection = Selection(words=self._words(cleaned.get("q", "")))
        for name, _filter in facet_filters(self.filters):
            selection = selection.with_values(name, data.getlist(name))
        for name, _filter in span_filters(self.filters):
            span = replace(cleaned.get(name) or Span(), missing=MISSING in self.params.getlist(name))
            selection = selection.with_span(name, span)
        return replace(selection, carried=self._carried())

    def _carried(self) -> dict[str, tuple[str, ...]]:
        carried = {}
        for name, filter_ in carried_filters(self.filters):
            values, notes = filter_.read([value for value in self.params.getlist(name) if value])
            carried |= {name: tuple(values)} if values else {}
            self.notes += notes
        return carried

    def _words(self, text: str) -> str:
        text = " ".join(text.split())
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
