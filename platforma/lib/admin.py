"""What the pages of the editors' desk share: titles, search, filters, fixed addresses, safe deleting."""

import json
from functools import partial
from itertools import product

from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Q
from django.forms import SplitDateTimeWidget
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime

from platforma.lib import handbook, polish
from platforma.lib.desk_address import desk_address
from platforma.lib.history.admin import HistoryDesk
from platforma.lib.quoting import refuse_quotation
from platforma.lib.stale.admin import StaleForms
from platforma.lib.stale.deletion import InformedDeletion

MAX_WORDS = 12  # of one search; SQLite refuses a condition nested a thousand deep
FORMFIELDS = {
    models.URLField: {"assume_scheme": "https"},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
}


def section(name, *fields, about="", classes=()):
    """Return a fieldset: its heading, its fields, and what an untrained editor should know about them."""
    return name, {"fields": fields, "description": about, "classes": classes}


class MissingFilter(admin.SimpleListFilter):
    """The rows that lack something: `ModelAdmin.missing` maps a value to its label and its condition."""

    title = "czego brakuje"
    parameter_name = "brak"

    def __init__(self, request, params, model, model_admin):
        self.missing = model_admin.missing
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _condition) in self.missing.items()]

    def queryset(self, request, queryset):
        _label, condition = self.missing.get(self.value(), ("", Q()))
        return queryset.filter(condition)


class UnaskedFilter(admin.SimpleListFilter):
    """A filter whose list opens with what it is for: `unasked` names that, other values ask for more."""

    unasked = ""

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": self.unasked}, *others]


class DeskFields:
    """Mixin: no deleting of related entries from their field, no quoting in texts that do not show it.

    Fields that the handbook explains lead there; a table has no room for it.
    """

    formfield_overrides = FORMFIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False  # it looks like "clear" and deletes the other entry
        is_text = isinstance(db_field, (models.CharField, models.TextField))
        if field and is_text and not getattr(db_field, "may_quote", False):
            field.validators.append(refuse_quotation)
        if field and not isinstance(self, admin.TabularInline):
            field.help_text = handbook.with_link(db_field, field.help_text)
        if field and isinstance(field.widget, SplitDateTimeWidget):
            _name_parts(field)
        return field


def _name_parts(field) -> None:
    """Name the two boxes of a moment for those who hear the page: the words beside them are no labels."""
    for part, name in zip(field.widget.widgets, ("data", "godzina"), strict=True):
        part.attrs["aria-label"] = f"{field.label}: {name}"


class ReadOnly:
    """Mixin: rows are looked at; nobody adds, changes or deletes them here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DeskAdmin(HistoryDesk, DeskFields, StaleForms, InformedDeletion, admin.ModelAdmin):
    """A ModelAdmin for the editors' desk.

    An address (slug) is written once: readers keep links to it, so it is fixed as soon as there may be any.
    """

    list_per_page = 50
    list_prefetch_related = ()
    missing = {}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(*self.list_prefetch_related)

    def get_search_results(self, request, queryset, search_term):
        """Find each word as typed or folded: "lodz" finds Łódź by its folded text or its slug."""
        fields = self.get_search_fields(request)
        every = Q()
        for word in search_term.split()[:MAX_WORDS]:
            found = Q()
            for field, form in product(fields, {word, polish.fold(word)}):
                found |= Q(**{f"{field}__icontains": form})
            every &= found
        return queryset.filter(every), any(lookup_spawns_duplicates(self.opts, field) for field in fields)

    @admin.display(description="zmieniono", ordering="updated_at")
    def changed(self, obj):
        return f"{localtime(obj.updated_at):%d.%m.%Y}"

    def slug_is_fixed(self, obj) -> bool:
        return obj is not None

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "slug") if self.prepopulated_fields and self.slug_is_fixed(obj) else fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if self.slug_is_fixed(obj) else super().get_prepopulated_fields(request, obj)

    def get_view_on_site_url(self, obj=None):
        """Return the address of the row's page, or None where readers would not find it."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        rows = self.model._default_manager.all()
        door = getattr(rows, "readable", getattr(rows, "published", rows.all))
        return (obj.get_absolute_url() or None) if door().filter(pk=obj.pk).exists() else None

    def get_deleted_objects(self, objs, request):
        """Also protect what other entries name, where the database would quietly empty their field."""
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, forbidden, [*protected, *map(self._link, self._named_by(objs))]

    def _named_by(self, objs):
        for relation in self.opts.related_objects:
            if relation.many_to_many or relation.on_delete is models.SET_NULL:
                rows = relation.related_model._default_manager
                yield from rows.filter(**{f"{relation.field.name}__in": objs}).distinct()

    def _link(self, obj):
        name = capfirst(obj._meta.verbose_name)
        try:
            url = desk_address(obj)
        except NoReverseMatch:
            return f"{name}: {obj}"
        return format_html('{}: <a href="{}">{}</a>', name, url, obj)

    # Django's Polish titles do not inflect ("Dodaj praktyka"); these need not.

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def delete_view(self, request, object_id, extra_context=None):
        title = {"title": f"{capfirst(self.opts.verbose_name)}: usuwanie"}
        return super().delete_view(request, object_id, title | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        kind = "edycja" if self.has_change_permission(request, obj) else "podgląd"
        context["title"] = f"{capfirst(self.opts.verbose_name)}: {'nowy wpis' if add else kind}"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        parts = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for part in parts:
            part.inline_formset_data = partial(_inline_formset_data, part)
            if count := part.formset.initial_form_count():
                part.opts.verbose_name_plural = f"{part.opts.verbose_name_plural} ({count})"
            elif part.opts.folds_when_empty:
                part.classes = "collapse"
        return parts


def _inline_formset_data(part):
    data = json.loads(InlineAdminFormSet.inline_formset_data(part))
    data["options"]["addText"] = f"Dodaj: {part.opts.verbose_name}"
    return json.dumps(data)
