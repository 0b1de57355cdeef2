"""A table of one model: every row checked before any is stored, each mistake told with its row and column.

django-import-export reads the fields of the model and walks the rows; what an editor may type, in what words
it is refused and who may store what is ours.
"""

from collections import Counter

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from import_export.fields import Field
from import_export.resources import ModelResource
from taggit.managers import TaggableManager

from platforma.lib import polish
from platforma.lib.exports import Column
from platforma.lib.fields import RESERVED_SLUGS
from platforma.lib.quoting import refuse_quotation
from platforma.lib.tables import cells, columns
from platforma.lib.tables.locking import lock
from platforma.lib.tables.mistakes import mistakes_of
from platforma.lib.tables.outcome import Mistake, Outcome, Rights
from platforma.lib.tables.reading import Row

MAX_ALLOWED = 100  # values listed in the template


class Overtaken(Exception):
    """Somebody stored what this row would store a moment before it; holds the number of the row."""


class Table(ModelResource):
    """A subclass names its model and fields in `Meta`; `title` is the field that a missing slug is made from.

    Rows are known by their slug. A column that the file lacks is left alone, an empty cell empties its field.
    """

    title = "nazwa"
    unique = ("slug",)

    class Meta:
        import_id_fields = ("slug",)
        skip_diff = True
        store_instance = True
        use_transactions = False

    def __init__(self):
        super().__init__()
        self._names = {}

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        return Field(attribute=field_name, column_name=field_name, widget=columns.cell_of(django_field))

    def columns(self) -> list[Column]:
        """Return the columns of an export, which an import takes back."""
        return [columns.column_of(one, self.fields[one.name].widget) for one in self._model_fields()]

    def entries(self):
        """Return every row with what its columns read, in a constant number of queries."""
        related = {one.name: one.many_to_many for one in self._model_fields() if one.is_relation}
        lists, singles = ([name for name in related if related[name] is many] for many in (True, False))
        rows = self._meta.model._default_manager.select_related(*singles).prefetch_related(*lists)
        return rows.order_by("slug")

    def allowed(self) -> dict[str, list[str]]:
        """Return, by column, what its cells may hold where that is a short list."""
        found = {}
        for model_field in self._model_fields():
            if model_field.choices:
                found[model_field.name] = [str(label) for _value, label in model_field.choices]
            elif names := self._names_for(model_field):
                found[model_field.name] = sorted(names.by_slug)
        return {name: values for name, values in found.items() if len(values) <= MAX_ALLOWED}

    def check(self, headings: list[str], rows: list[Row], rights: Rights, progress=None) -> Outcome:
        """Return what an import of these rows would do; nothing is written."""
        return self._run(headings, rows, rights, progress, is_check=True)

    def store(self, headings: list[str], rows: list[Row], rights: Rights, progress=None) -> Outcome:
        """Store rows that `check` found right, in a transaction of the caller, who undoes it after mistakes.

        Raises Overtaken.
        """
        return self._run(headings, rows, rights, progress, is_check=False)

    def _run(self, headings, rows, rights, progress, is_check):
        self.rights, self.is_check, self.progress = rights, is_check, progress
        self.outcome, self.rows, self._names = Outcome(), rows, {}
        self.outcome.mistakes += self._wrong_headings(headings)
        if not self.outcome.mistakes:
            names = ["slug", *(name for name in headings if name != "slug")]
            data = tablib.Dataset(*([row.cells.get(name) for name in names] for row in rows), headers=names)
            self.import_data(data)
        return self.outcome

    def _wrong_headings(self, headings):
        known = list(self._meta.fields)
        for name in headings:
            if name not in known:
                about = f"nie ma takiej kolumny; {cells.allowed(name, known)}"
                yield Mistake(1, name, name, about)
        if "slug" not in headings and self.title not in headings:
            yield Mistake(1, "slug", "", f"brakuje kolumny „slug” albo „{self.title}”")

    # What django-import-export asks for, in the order it asks.

    def before_import(self, dataset, **kwargs):
        slugs = {slug for row in dataset.dict if (slug := self._slug(row))}
        if not self.is_check:
            lock(self._meta.model, slugs)
        self.known = self.entries().in_bulk(list(slugs), field_name="slug")
        self.taken = {name: Counter(_key(self, name, row) for row in dataset.dict) for name in self.unique}

    def before_import_row(self, row, row_number=None, **kwargs):
        self.row = self.rows[row_number - 1]
        if self.progress:
            self.progress(row_number, len(self.rows), self.is_check)

    def get_instance(self, instance_loader, row):
        return self.known.get(self._slug(row))

    def import_instance(self, instance, row, **kwargs):
        """Set what the row says; note the lists apart, for they wait until the row is stored."""
        self.lists, self.differs = {}, instance.pk is None
        errors = dict(self._refused(instance, row))
        for model_field in self._model_fields():
            try:
                self._set(instance, model_field, row)
            except ValidationError as error:
                errors[model_field.name] = error
            except ValueError as error:
                errors[model_field.name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not self.differs and not import_validation_errors

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Judge the whole row when it is checked; when it is stored, constraints of the database do."""
        errors = dict(import_validation_errors or {})
        if self.is_check:
            kept = {one.name for one in instance._meta.concrete_fields} - set(self._meta.fields)
            try:
                instance.full_clean(exclude=kept | set(errors))
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance, is_create, row, **kwargs):
        if not self.is_check:
            instance.save()

    def save_m2m(self, instance, row, **kwargs):
        if not self.is_check:
            for name, values in self.lists.items():
                getattr(instance, name).set(values)

    def import_row(self, row, instance_loader, **kwargs):
        """Sort the result into the outcome; a failure of ours is not taken for a mistake of the editor."""
        result = super().import_row(row, instance_loader, **kwargs)
        if result.errors and isinstance(result.errors[0].error, IntegrityError):
            raise Overtaken(self.row.number) from result.errors[0].error
        if result.errors:
            raise result.errors[0].error
        if result.validation_error:
            error, names = result.validation_error, list(self._meta.fields)
            self.outcome.mistakes += mistakes_of(error, self._meta.model, names, self.row.number, row)
        elif result.import_type == result.IMPORT_TYPE_SKIP:
            self.outcome.unchanged += 1
        else:
            is_new = result.import_type == result.IMPORT_TYPE_NEW
            (self.outcome.added if is_new else self.outcome.changed).append(result.instance)
        return result

    def after_import(self, dataset, result, **kwargs):
        """Leave the sequences of primary keys alone: files hold no keys."""

    # What is ours.

    def _model_fields(self) -> list:
        return [self._meta.model._meta.get_field(name) for name in self._meta.fields]

    def _slug(self, row) -> str:
        """Return the slug of a row; one left empty is made from the title, the same each time."""
        text = cells.text_of(row.get("slug"))
        limit = self._meta.model._meta.get_field("slug").max_length
        return text or polish.slugify(cells.text_of(row.get(self.title)))[: limit - 6].strip("-")

    def _refused(self, instance, row):
        if instance.pk is None and not self.rights.may_add:
            yield "slug", ValidationError("nie masz prawa dodawać nowych wpisów")
        if instance.pk is not None and not self.rights.may_change(instance):
            yield (
                "slug",
                ValidationError("tego wpisu nie możesz zmieniać: jest już opublikowany lub w archiwum"),
            )
        if self.row.extra:
            yield None, ValidationError(f"wartość „{self.row.extra[0]}” stoi poza kolumnami z nagłówka")
        for name in self.unique:
            key = _key(self, name, row)
            if key and self.taken[name][key] > 1:
                yield (
                    name,
                    ValidationError(f"„{key}” powtarza się w tym pliku; każdy wiersz musi mieć własny"),
                )

    def _set(self, instance, model_field, row):
        name = model_field.name
        if name not in row:
            if instance.pk is None and model_field.many_to_many and not model_field.blank:
                raise ValueError("nowy wpis potrzebuje tej kolumny")
            return
        value = self.fields[name].clean(row, names=self._names_for(model_field))
        if name == "slug":
            value = self._slug(row)
            if value in RESERVED_SLUGS:
                raise ValueError(f"adres „{value}” jest zajęty przez serwis; wpisz inny")
        if model_field.many_to_many:
            self._set_list(instance, model_field, list(value))
            return
        if isinstance(value, str) and not getattr(model_field, "may_quote", False):
            refuse_quotation(value)
        if not columns.same(getattr(instance, name), value):
            columns.refuse_cut(value)
            self.differs = True
            setattr(instance, name, value)

    def _set_list(self, instance, model_field, values):
        if not values and not model_field.blank:
            raise ValueError("to pole jest wymagane")
        now = set(getattr(instance, model_field.name).all()) if instance.pk else set()
        if isinstance(model_field, TaggableManager):
            now = {tag.name for tag in now}
        if now != set(values):
            self.lists[model_field.name] = values
            self.differs = True

    def _names_for(self, model_field) -> cells.Names | None:
        """Return the names of the rows that a field may lead to; None for a field that leads nowhere."""
        if not isinstance(model_field, models.ForeignKey | models.ManyToManyField):
            return None
        model = model_field.related_model
        if model not in self._names:
            self._names[model] = cells.Names(model)
        return self._names[model]


def _key(table, name, row) -> str:
    return table._slug(row) if name == "slug" else cells.text_of(row.get(name))
