"""Checking the chooser at the desk: the stored cases, and any edit tried out on them before it is saved."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import path

from platforma.lib.admin import DeskAdmin

from ..kreator import source
from ..kreator.cases import check
from ..kreator.reading import address_pairs, read
from ..models import PrzypadekKreatora


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
    change_list_template = "admin/kreator_change_list.html"

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
        return check_page(request, cases, is_preview=True) if is_valid else response

    def message_user(self, request, *args, **kwargs):
        if "_check" not in request.POST:  # a trial saves nothing, so nothing is said to be saved
            super().message_user(request, *args, **kwargs)


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
