"""The admin of the chooser: questions, answers, rules, and the cases that show what an edit changes."""

from itertools import pairwise
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import path

from platforma.lib.admin import DeskAdmin, MissingFilter, section
from platforma.lib.admin_parts import CardInline, OrderedFormSet, TableInline

from ..kreator import source
from ..kreator.cases import check
from ..kreator.reading import address_pairs, read
from ..models import Odpowiedz, ParametrPrawny, PrzypadekKreatora, Pytanie, Regula

LAST = 2**16  # behind every position


def check_page(request, cases, *, is_preview):
    """Show what the stored cases give, now or also after a change that was not saved."""
    context = {
        **admin.site.each_context(request),
        "title": "Sprawdzenie zmiany bez zapisywania" if is_preview else "Sprawdzenie kreatora",
        "cases": cases,
        "is_preview": is_preview,
        "wrong": sum(not case.is_right for case in cases),
        "changed": sum(case.is_changed for case in cases),
    }
    return TemplateResponse(request, "admin/kreator_check.html", context)


class CheckedAdmin(DeskAdmin):
    """A part of the chooser that can be tried out: „Sprawdź bez zapisywania” saves, judges and takes back."""

    change_form_template = "admin/kreator_change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if "_check" not in request.POST:
            return view(request, object_id, form_url, extra_context)
        now = source.read()
        with transaction.atomic():
            response = view(request, object_id, form_url, extra_context)
            is_valid = response.status_code == 302
            cases = check(now, source.read()) if is_valid else []
            transaction.set_rollback(True)
        if not is_valid:
            return response
        list(messages.get_messages(request))  # drop "zapisano": nothing was
        return check_page(request, cases, is_preview=True)


class PartAdmin(CheckedAdmin):
    """Part of a question: its change is a change of the question, which a new load of content then keeps."""

    def question_of(self, obj) -> Pytanie:
        raise NotImplementedError

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
    fields = ("position", "tresc", "slug", "najwyzej", "odbiorcy")
    autocomplete_fields = ("odbiorcy",)
    show_change_link = True


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
            about="Reguły odpowiedzi otworzysz ołówkiem obok niej. Zmiana działa na stronie od razu po "
            "zapisaniu; „Sprawdź bez zapisywania” pokaże najpierw, co zmieni.",
        ),
    )


class RegulaFields:
    """Mixin: the legal parameter is chosen from those there are."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "parametr":
            keys = ParametrPrawny.objects.order_by("klucz").values_list("klucz", "nazwa").distinct()
            kwargs["widget"] = forms.Select(choices=[("", "– bez parametru –"), *dict(keys).items()])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


REGULA_FIELDS = (
    ("instrument", "rodzaj", "waga"),
    "powod",
    "przepis",
    ("parametr", "porownanie", "zweryfikowano"),
)


class RegulaInline(RegulaFields, CardInline):
    model = Regula
    fields = REGULA_FIELDS
    autocomplete_fields = ("instrument",)


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
    list_display = ("odpowiedz", "rodzaj", "instrument", "waga", "powod", "przepis", "zweryfikowano")
    list_filter = (MissingFilter, "rodzaj", "instrument", "odpowiedz__pytanie")
    list_select_related = ("odpowiedz", "instrument")
    search_fields = ("powod", "przepis", "odpowiedz__tresc", "instrument__slug")
    autocomplete_fields = ("odpowiedz", "instrument")
    fields = ("odpowiedz", *REGULA_FIELDS)
    missing = {
        "przepis": ("bez przepisu", Q(przepis="")),
        "weryfikacja": ("niezweryfikowane", Q(zweryfikowano__isnull=True)),
    }

    def question_of(self, obj):
        return obj.odpowiedz.pytanie


class PrzypadekForm(forms.ModelForm):
    def clean_adres(self):
        """Take the answers out of a pasted address, write them the one way, refuse what is not understood."""
        knowledge = source.read()
        reading = read(QueryDict(self.cleaned_data["adres"].rpartition("?")[2]), knowledge)
        if not reading.is_clear:
            raise ValidationError([*reading.notes, *reading.errors.values()])
        if not reading.answers:
            raise ValidationError("W tym adresie nie ma żadnej odpowiedzi.")
        return urlencode(address_pairs(reading.answers, reading.start, knowledge))


@admin.register(PrzypadekKreatora)
class PrzypadekKreatoraAdmin(DeskAdmin):
    form = PrzypadekForm
    list_display = ("opis", "expected", "kolejnosc", "changed")
    list_prefetch_related = ("oczekiwane",)
    search_fields = ("opis", "adres")
    autocomplete_fields = ("oczekiwane",)
    fields = ("opis", "adres", "oczekiwane", "kolejnosc")
    change_list_template = "admin/kreator_change_list.html"

    @admin.display(description="pierwszy ma być")
    def expected(self, obj):
        return " lub ".join(map(str, obj.oczekiwane.all())) or None

    def get_urls(self):
        view = self.admin_site.admin_view(self.check_view)
        return [path("sprawdz/", view, name="praktyki_przypadekkreatora_sprawdz"), *super().get_urls()]

    def check_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return check_page(request, check(source.read()), is_preview=False)
