"""A table of one model: every row checked before any is stored, each mistake told with its row and column.

django-import-export reads the fields of the model and walks the rows; what an editor may type, in what words
it is refused and who may store what is ours.
"""

from collections import Counter

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from taggit.managers import TaggableManager

from platforma.lib import polish
from platforma.lib.fields import RESERVED_SLUGS
from platforma.lib.publication import Publishable
from platforma.lib.quoting import refuse_quotation
from platforma.lib.tables import cells, columns
from platforma.lib.tables.exported import ExportedTable
from platforma.lib.tables.locking import lock
from platforma.lib.tables.mistakes import mistakes_of
from platforma.lib.tables.outcome import Mistake, Outcome, Rights
from platforma.lib.tables.reading import Row


class Overtaken(Exception):
    """Somebody stored what this row would store a moment before it; holds the number of the row."""


class Table(ExportedTable):
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
        errors = dict(self._misplaced(row))
        for model_field in self.model_fields():
            try:
                self._set(instance, model_field, row)
            except ValidationError as error:
                errors[model_field.name] = error
            except ValueError as error:
                errors[model_field.name] = ValidationError(str(error))
        errors |= self._forbidden(instance)
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
        if self.is_check:
            return
        if is_create and isinstance(instance, Publishable):
            instance.created_by = self.rights.person
        instance.save()
        if isinstance(instance, Publishable):
            instance.contributors.add(self.rights.person)

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

    def _slug(self, row) -> str:
        """Return the slug of a row; one left empty is made from the title, the same each time."""
        text = cells.text_of(row.get("slug"))
        limit = self._meta.model._meta.get_field("slug").max_length
        return text or polish.slugify(cells.text_of(row.get(self.title)))[: limit - 6].strip("-")

    def _misplaced(self, row):
        """Yield what is wrong with the place of a row in its file."""
        if self.row.extra:
            yield None, ValidationError(f"wartość „{self.row.extra[0]}” stoi poza kolumnami z nagłówka")
        for name in self.unique:
            key = _key(self, name, row)
            if key and self.taken[name][key] > 1:
                about = f"„{key}” powtarza się w tym pliku; każdy wiersz musi mieć własny"
                yield name, ValidationError(about)

    def _forbidden(self, instance):
        """Yield why the person may not store this row; one that changes nothing is nobody's business."""
        if instance.pk is None and not self.rights.may_add:
            yield "slug", ValidationError("nie masz prawa dodawać nowych wpisów")
        if instance.pk is not None and self.differs and not self.rights.may_change(instance):
            about = "tego wpisu nie możesz zmieniać: jest już opublikowany lub w archiwum"
            yield "slug", ValidationError(about)

    def _set(self, instance, model_field, row):
        name = model_field.name
        if name not in row:
            if instance.pk is None and model_field.many_to_many and not model_field.blank:
                raise ValueError("nowy wpis potrzebuje tej kolumny")
            return
        value = self.fields[name].clean(row, names=self.names_for(model_field))
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


def _key(table, name, row) -> str:
    return table._slug(row) if name == "slug" else cells.text_of(row.get(name))
