"""The admin of the chooser: questions with their answers, answers with their rules, and all rules."""

from itertools import pairwise

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.html import format_html

from platforma.lib.admin import MissingFilter, section
from platforma.lib.admin_parts import OrderedFormSet, TableInline
from platforma.lib.desk_address import desk_address

from ..models import Odpowiedz, ParametrPrawny, Pytanie, Regula
from .kreator_check import CheckedAdmin

LAST = 2**16  # behind every position


def change_link(obj, label):
    """Return a link to the row's own form."""
    return format_html('<a href="{}">{}</a>', desk_address(obj), label)


class PartAdmin(CheckedAdmin):
    """Part of a question: its change is a change of the question, which a new load of content then keeps."""

    def question_of(self, obj) -> Pytanie:
        raise NotImplementedError

    def locked_before(self, obj):
        return [self.question_of(obj)]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.question_of(form.instance).save()

    def delete_model(self, request, obj):
        question = self.question_of(obj)
        super().delete_model(request, obj)
        question.save()

    def delete_queryset(self, request, queryset):
        questions = {self.question_of(obj) for obj in queryset}
        super().delete_queryset(request, queryset)
        for question in questions:
            question.save()


class OdpowiedzFormSet(OrderedFormSet):
    """Checks that ranges follow one another and only the last one has no end."""

    def clean(self):
        super().clean()
        if any(self.errors) or not self.instance.jednostka:
            return
        kept = [form for form in self.forms if form not in self.deleted_forms]
        rows = [form.instance for form in kept if form.instance.pk or form.has_changed()]
        rows.sort(key=lambda row: LAST if row.position is None else row.position)
        bounds = [row.najwyzej for row in rows]
        if bounds and (None in bounds[:-1] or bounds[-1] is not None):
            raise ValidationError("Bez granicy „najwyżej” może być tylko ostatnia odpowiedź, i musi być.")
        if any(low >= high for low, high in pairwise(bounds[:-1])):
            raise ValidationError("Granice „najwyżej” muszą rosnąć od pierwszej odpowiedzi do ostatniej.")


class OdpowiedzInline(TableInline):
    model = Odpowiedz
    formset = OdpowiedzFormSet
    fields = ("position", "tresc", "slug", "najwyzej", "rules")
    readonly_fields = ("rules",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(rule_count=Count("reguly"))

    @admin.display(description="reguły")
    def rules(self, obj):
        return change_link(obj, f"otwórz ({obj.rule_count})") if obj.pk else "po zapisaniu"


@admin.register(Pytanie)
class PytanieAdmin(CheckedAdmin):
    list_display = ("tresc", "kolejnosc", "slug", "jednostka", "changed")
    search_fields = ("tresc", "slug")
    prepopulated_fields = {"slug": ("tresc",)}
    inlines = (OdpowiedzInline,)
    fieldsets = (
        section(
            None,
            *("tresc", "podpowiedz", ("slug", "kolejnosc"), "jednostka"),
            about="Zmiana działa na stronie od razu po zapisaniu; „Sprawdź bez zapisywania” pokaże najpierw, "
            "co zmieni. Reguły każdej odpowiedzi mają własny formularz.",
        ),
    )


class RegulaFields:
    """Mixin: the legal parameter is chosen from those there are."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "parametr":
            keys = ParametrPrawny.objects.order_by("klucz").values_list("klucz", "nazwa").distinct()
            kwargs["widget"] = forms.Select(choices=[("", "– bez parametru –"), *dict(keys).items()])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RegulaInline(TableInline):
    """A rule a line; its legal parameter is set in its own form."""

    model = Regula
    fields = ("instrument", "rodzaj", "waga", "powod", "przepis", "zweryfikowano", "limit")
    readonly_fields = ("limit",)
    autocomplete_fields = ("instrument",)

    @admin.display(description="limit prawny")
    def limit(self, obj):
        return change_link(obj, obj.parametr or "bez limitu") if obj.pk else "po zapisaniu"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("powod", "przepis"):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2, "cols": 24})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "instrument":
            widget = field.widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return field


@admin.register(Odpowiedz)
class OdpowiedzAdmin(PartAdmin):
    list_display = ("tresc", "pytanie", "position", "najwyzej", "odbiorcy")
    list_filter = (MissingFilter, "pytanie")
    list_select_related = ("pytanie", "odbiorcy")
    search_fields = ("tresc", "slug", "pytanie__tresc")
    autocomplete_fields = ("pytanie", "odbiorcy")
    prepopulated_fields = {"slug": ("tresc",)}
    fields = ("pytanie", "tresc", ("slug", "position"), ("najwyzej", "odbiorcy"))
    inlines = (RegulaInline,)
    missing = {"reguly": ("bez reguł", Q(reguly__isnull=True))}

    def question_of(self, obj):
        return obj.pytanie


@admin.register(Regula)
class RegulaAdmin(RegulaFields, PartAdmin):
    list_display = ("instrument", "rodzaj", "waga", "powod", "przepis", "answer", "zweryfikowano")
    list_filter = (MissingFilter, "rodzaj", "instrument", "odpowiedz__pytanie")
    list_select_related = ("odpowiedz", "instrument")
    search_fields = ("powod", "przepis", "odpowiedz__tresc", "instrument__slug")
    autocomplete_fields = ("odpowiedz", "instrument")
    fieldsets = (
        section(None, "odpowiedz", ("instrument", "rodzaj", "waga"), "powod", "przepis", "zweryfikowano"),
        section(
            "Limit prawny",
            *(("parametr", "porownanie"),),
            about="Gdy reguła wynika z limitu kwoty lub czasu, wskaż parametr prawny: porównamy z nim liczbę "
            "podaną przez czytelnika, w wartości obowiązującej w dniu rozpoczęcia.",
        ),
    )
    missing = {
        "przepis": ("bez przepisu", Q(przepis="")),
        "weryfikacja": ("niezweryfikowane", Q(zweryfikowano__isnull=True)),
    }

    @admin.display(description="odpowiedź", ordering="odpowiedz")
    def answer(self, obj):
        return str(obj.odpowiedz)

    def question_of(self, obj):
        return obj.odpowiedz.pytanie
