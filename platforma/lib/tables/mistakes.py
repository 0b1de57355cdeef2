"""Telling an editor what is wrong with a row: each error under the columns where it can be mended."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models

from platforma.lib import polish
from platforma.lib.tables import cells
from platforma.lib.tables.outcome import Mistake

WHOLE_ROW = "cały wiersz"
MAX_VALUE = 60  # characters of what stood in a cell


def mistakes_of(
    error: ValidationError, model, columns: list[str], number: int, row: dict
) -> Iterator[Mistake]:
    """Yield the mistakes of row `number`; `columns` are those a file may have, `row` holds its cells."""
    for name, texts in error.message_dict.items():
        for text in texts:
            named = [name] if name in columns else _columns_of(model, text, columns)
            values = (cells.text_of(row.get(column)) for column in named)
            value = polish.cut(", ".join(filter(None, values)), MAX_VALUE)
            yield Mistake(number, ", ".join(named) or WHOLE_ROW, value, text)


def _columns_of(model, text, columns) -> list[str]:
    """Return the columns that the constraint speaks of which says `text`, in the order of the table."""
    for constraint in model._meta.constraints:
        if constraint.violation_error_message == text:
            is_check = isinstance(constraint, models.CheckConstraint)
            fields = constraint.condition.referenced_base_fields if is_check else constraint.fields
            return [name for name in columns if name in fields]
    return []
