"""The columns of a table, as an export writes them and an import takes them back."""

from django.db import models
from import_export.fields import Field
from import_export.resources import ModelResource

from platforma.lib.spreadsheets import Column
from platforma.lib.tables import cells, columns

MAX_ALLOWED = 100  # values listed in the template


class ExportedTable(ModelResource):
    """What is read of a table; a subclass names its model and fields in `Meta`."""

    def __init__(self):
        super().__init__()
        self._names = {}

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        return Field(attribute=field_name, column_name=field_name, widget=columns.cell_of(django_field))

    def columns(self) -> list[Column]:
        """Return the columns of an export, which an import takes back."""
        return [columns.column_of(one, self.fields[one.name].widget) for one in self.model_fields()]

    def entries(self):
        """Return every row with what its columns read, in a constant number of queries."""
        related = {one.name: one.many_to_many for one in self.model_fields() if one.is_relation}
        lists, singles = ([name for name in related if related[name] is many] for many in (True, False))
        rows = self._meta.model._default_manager.select_related(*singles).prefetch_related(*lists)
        return rows.order_by("slug")

    def allowed(self) -> dict[str, list[str]]:
        """Return, by column, what its cells may hold where that is a short list."""
        found = {}
        for model_field in self.model_fields():
            if model_field.choices:
                found[model_field.name] = [str(label) for _value, label in model_field.choices]
            elif names := self.names_for(model_field):
                found[model_field.name] = sorted(names.by_slug)
        return {name: values for name, values in found.items() if len(values) <= MAX_ALLOWED}

    def explanations(self) -> dict[str, list]:
        """Return the lines of the sheets that tell an editor what to write where."""
        return {
            "opis kolumn": [(column.name, column.about) for column in self.columns()],
            "dozwolone wartości": [(name, *values) for name, values in self.allowed().items()],
        }

    def names_for(self, model_field) -> cells.Names | None:
        """Return the names of the rows that a field may lead to; None for a field that leads nowhere."""
        if not isinstance(model_field, models.ForeignKey | models.ManyToManyField):
            return None
        model = model_field.related_model
        if model not in self._names:
            self._names[model] = cells.Names(model)
        return self._names[model]

    def model_fields(self) -> list:
        return [self._meta.model._meta.get_field(name) for name in self._meta.fields]
