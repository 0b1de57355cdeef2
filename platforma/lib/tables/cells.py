"""What a cell may hold: each kind of field reads what editors type and refuses the rest with a hint."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from import_export.widgets import Widget
from rapidfuzz import process
from taggit.models import TagBase

from platforma.lib import polish
from platforma.lib.tables.reading import Formula
from platforma.lib.text import printable

BETWEEN = "|"
LISTED = 20  # as many allowed values an error names; of more, only the nearest
_BROKEN = re.compile(
    r"#(REF|N/A|VALUE|NAME\?|DIV/0|NUM|NULL)[!?]?$|#(ADR|ARG|NAZWA|LICZBA|DZIEL/0|N/D)[!?]?$"
)
_GAPS = re.compile(r"[\s\xa0\u202f]+")


def text_of(value) -> str:
    """Return a cell as an editor sees it: whole numbers without a fraction, truth in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return printable(str(value)).strip()


class Cell(Widget):
    """Base: an empty cell is `empty`; `read` gets the text of any other. Raises ValueError in Polish."""

    empty = None
    about = ""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, Formula):
            raise ValueError("w komórce jest formuła bez wyniku; wpisz wartość")
        text = self.text(value)
        if _BROKEN.match(text):
            raise ValueError("w komórce jest błąd arkusza; wpisz wartość")
        return self.read(text, **kwargs) if text else self.empty

    def text(self, value) -> str:
        return text_of(value)

    def read(self, text, **kwargs):
        return text


class Text(Cell):
    empty = ""


class WholeNumber(Cell):
    about = "liczba całkowita, np. 2024"

    def read(self, text, **kwargs):
        text = _GAPS.sub("", text)
        if not re.fullmatch(r"-?[0-9]{1,15}", text):
            raise ValueError("to nie jest liczba całkowita; wpisz same cyfry, np. 2024")
        return int(text)


class Amount(Cell):
    about = "liczba, np. 1250,50"

    def text(self, value):
        """Of a fraction the fifteen digits that a spreadsheet shows: a sum is kept as 0.30000000000000004."""
        return super().text(Decimal(f"{value:.15g}") if isinstance(value, float) else value)

    def read(self, text, **kwargs):
        text = _GAPS.sub("", text).removesuffix("zł").replace(",", ".")
        if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,17})?", text):
            raise ValueError("to nie jest liczba; wpisz cyfry z przecinkiem, np. 1250,50")
        try:
            return Decimal(text)
        except InvalidOperation as error:
            raise ValueError("to nie jest liczba") from error


class Fraction(Amount):
    about = "liczba, np. 50,2584"

    def text(self, value):
        """Of a place on the map every digit, so that an export and an import change nothing."""
        return Cell.text(self, value)

    def read(self, text, **kwargs):
        return float(super().read(text))


class Day(Cell):
    about = "data, np. 2026-03-31 albo 31.03.2026"

    def text(self, value):
        if isinstance(value, datetime):
            value = value.date()
        return super().text(value)

    def read(self, text, **kwargs):
        for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(text, pattern).date()
            except ValueError:
                continue
        raise ValueError("to nie jest data; wpisz np. 2026-03-31 albo 31.03.2026")


class YesNo(Cell):
    empty = False
    about = "tak albo nie"

    def read(self, text, **kwargs):
        if text.lower() not in ("tak", "nie"):
            raise ValueError("wpisz „tak” albo „nie”")
        return text.lower() == "tak"


class Choice(Cell):
    """One of a model's choices, by its value or by its label."""

    empty = ""

    def __init__(self, choices):
        super().__init__()
        self.values = {polish.fold(str(name)): value for value, label in choices for name in (value, label)}
        self.labels = [str(label) for _value, label in choices]
        self.about = f"jedno z: {', '.join(self.labels)}"

    def read(self, text, **kwargs):
        try:
            return self.values[polish.fold(text)]
        except KeyError:
            raise ValueError(f"nieznana wartość „{text}”; {allowed(text, self.labels)}") from None


class One(Cell):
    """A row of another table, by its slug or by its name where only one has it."""

    about = "slug albo nazwa"

    def read(self, text, names, **kwargs):
        return names.find(text)


class Many(One):
    empty = ()
    about = "slugi albo nazwy rozdzielone znakiem |"

    def read(self, text, names, **kwargs):
        return list(dict.fromkeys(names.find(part.strip()) for part in text.split(BETWEEN) if part.strip()))


class Tags(Cell):
    empty = ()
    about = "tagi rozdzielone znakiem |"

    def read(self, text, **kwargs):
        tags = list(dict.fromkeys(part.strip() for part in text.split(BETWEEN) if part.strip()))
        if too_long := next((tag for tag in tags if len(tag) > 100), None):
            raise ValueError(f"tag „{too_long[:30]}…” jest dłuższy niż 100 znaków")
        return tags


class Names:
    """The rows of a model as editors name them, read once."""

    def __init__(self, model):
        rows = list(model._default_manager.all())
        self.labels = [f"{row} ({row.slug})" for row in rows]
        self.by_slug = {row.slug: row for row in rows}
        self.by_name = {}
        for row in rows:
            self.by_name.setdefault(polish.fold(str(row)), []).append(row)

    def find(self, text: str):
        if text in self.by_slug:
            return self.by_slug[text]
        found = self.by_name.get(polish.fold(text), [])
        if len(found) > 1:
            slugs = ", ".join(sorted(row.slug for row in found))
            raise ValueError(f"„{text}” może znaczyć kilka wpisów; wpisz jeden ze slugów: {slugs}")
        if not found:
            raise ValueError(f"nie ma wpisu „{text}”; {allowed(text, self.labels)}")
        return found[0]


def allowed(text: str, labels: list[str]) -> str:
    """Return what an editor may type instead: all of a short list, the nearest of a long one."""
    if len(labels) <= LISTED:
        return f"dozwolone: {', '.join(labels)}"
    nearest = process.extract(text, labels, limit=3, processor=polish.fold)
    return f"najbliższe: {', '.join(label for label, _score, _place in nearest)}"


def shown(value):
    """Return a field's value as a cell: rows by slug, tags by name, truth in words."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, (list, tuple)):
        return [one.name if isinstance(one, TagBase) else one.slug for one in value]
    return value if value is None or isinstance(value, (str, int, float, Decimal, date)) else value.slug
