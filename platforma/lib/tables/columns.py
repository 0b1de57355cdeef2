"""The columns of a table, from the fields of its model: how each is read, written and explained."""

from django.db import models
from taggit.managers import TaggableManager

from platforma.lib.spreadsheets import MAX_CELL, Column
from platforma.lib.tables import cells


def column_of(model_field, cell: cells.Cell) -> Column:
    """Return the column of an export, explained to who fills it in."""
    is_free = model_field.blank or isinstance(model_field, models.BooleanField)
    parts = [
        f"{model_field.verbose_name}{'' if is_free else ' (wymagane)'}",
        cell.about,
        f"najwyżej {model_field.max_length} znaków" if getattr(model_field, "max_length", None) else "",
        str(model_field.help_text),
    ]
    about = "; ".join(part.rstrip(".") for part in parts if part)
    return Column(model_field.name, about, _value_of(model_field.name))


def same(held, value) -> bool:
    """Compare as a table shows it: without line ends, blanks around a text, and what no cell holds."""
    if not (isinstance(held, str) and value):
        return held == value
    return value in (cells.text_of(held), cells.text_of(held[:MAX_CELL]))


def refuse_cut(value) -> None:
    """Raise ValueError for a text that fills a whole cell: what followed is gone."""
    if isinstance(value, str) and len(value) >= MAX_CELL:
        raise ValueError(f"komórka mieści {MAX_CELL} znaków i ucięła ten tekst; wpisz go w panelu")


def _value_of(name):
    def value(row):
        held = getattr(row, name)
        return cells.shown(list(held.all()) if hasattr(held, "all") else held)

    return value


def cell_of(model_field) -> cells.Cell:
    """Return the reader of a model field's cells."""
    if getattr(model_field, "choices", None):
        return cells.Choice(model_field.choices)
    return next(cell for kind, cell in _CELLS if isinstance(model_field, kind))()


_CELLS = (
    (TaggableManager, cells.Tags),
    (models.ManyToManyField, cells.Many),
    (models.ForeignKey, cells.One),
    (models.BooleanField, cells.YesNo),
    (models.DateField, cells.Day),
    (models.DecimalField, cells.Amount),
    (models.FloatField, cells.Fraction),
    (models.IntegerField, cells.WholeNumber),
    ((models.CharField, models.TextField), cells.Text),
)
