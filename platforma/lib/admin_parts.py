"""Rows that belong to an entry, on its page (inlines) or on their own: the entry decides who touches them."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.forms import BaseInlineFormSet, CheckboxInput
from django.utils.timezone import localtime

from platforma.lib.admin import DeskAdmin, DeskFields
from platforma.lib.links.models import SprawdzonyAdres, Wynik


class OrderedFormSet(BaseInlineFormSet):
    """Rows in the editor's order; new ones without a number go to the end."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance._state.adding and "position" in form.fields:
            form.fields["position"].required = False
            form.initial.pop("position", None)
            form.fields["position"].initial = None

    def save_new(self, form, commit=True):
        if form.instance.position is None:
            taken = [row.instance.position for row in self.forms if row.instance.position is not None]
            form.instance.position = max(taken, default=0) + 1
        return super().save_new(form, commit)


class SharedFormSet(OrderedFormSet):
    """Rows that may belong to another entry too; `is_open(row)` tells which of them may be changed here."""

    is_open = None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk and not self.is_open(form.instance):
            for field in form.fields.values():
                field.disabled = field.disabled or not field.widget.is_hidden


class PartInline(DeskFields):
    """Mixin: part of an entry, open to whoever may change that entry and to nobody else."""

    extra = 0
    view_on_site = False
    folds_when_empty = False

    def _is_open(self, request, obj):
        return self.admin_site.get_model_admin(self.parent_model).has_change_permission(request, obj)

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self._is_open(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)


class TableInline(PartInline, admin.TabularInline):
    """Short rows, one line each; each field is named as its column, for those who hear the page."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.deletion_widget = CheckboxInput({"aria-label": "Usunąć?"})
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = field.label
        return field


class CardInline(PartInline, admin.StackedInline):
    """Long rows, one under another."""


class ZrodloInline(TableInline):
    """The sources of an entry; a subclass names the model."""

    formset = OrderedFormSet
    fields = ("position", "tytul", "url", "wydawca", "rok", "link")
    readonly_fields = ("link",)

    def get_queryset(self, request):
        found = SprawdzonyAdres.objects.filter(url=OuterRef("url"))
        return (
            super()
            .get_queryset(request)
            .annotate(**{name: Subquery(found.values(name)) for name in ("wynik", "sprawdzono")})
        )

    @admin.display(description="czy działa")
    def link(self, row):
        """What the last check of the address found, and when."""
        if not getattr(row, "url", ""):
            return None
        wynik = getattr(row, "wynik", None)
        return f"{Wynik(wynik).label} ({localtime(row.sprawdzono):%d.%m.%Y})" if wynik else "nie sprawdzono"


class OwnedAdmin(DeskAdmin):
    """A row that belongs to entries: open to whoever may change each of them."""

    owners = ()

    def locked_before(self, obj):
        """Hold the entries of a row that is being changed: none is published while it changes."""
        return self._entries(obj)

    def _is_open(self, request, obj):
        return all(
            self.admin_site.get_model_admin(type(entry)).has_change_permission(request, entry)
            for entry in self._entries(obj)
        )

    def _entries(self, obj) -> list:
        return [entry for name in self.owners if obj and (entry := getattr(obj, name))]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def save_model(self, request, obj, form, change):
        if change and set(form.changed_data) & set(self.owners):
            self.credit(request, self.model._base_manager.get(pk=obj.pk))  # what it is taken from
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        self.credit(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.credit(request, obj)
        return super().log_change(request, obj, message)

    def delete_model(self, request, obj):
        self.credit(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.credit(request, obj)
        super().delete_queryset(request, queryset)

    def credit(self, request, obj):
        for entry in self._entries(obj):
            entry.contributors.add(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.owners:
            owner = self.admin_site.get_model_admin(db_field.related_model)
            kwargs["queryset"] = owner.open_to(request)
            kwargs["error_messages"] = {"invalid_choice": "Tego wpisu nie możesz zmieniać."}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
