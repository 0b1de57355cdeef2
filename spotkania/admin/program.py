"""The admin of speakers and of who spoke about what."""

from pathlib import PurePath
from typing import NamedTuple

from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied
from django.db.models import FileField, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from platforma.lib.admin import DeskAdmin, MissingFilter, section
from platforma.lib.admin_parts import OrderedFormSet, OwnedAdmin, TableInline

from ..models import Prelegent, UdzialPrelegenta, Wystapienie
from ..photos import photo_response


class UdzialInline(TableInline):
    model = UdzialPrelegenta
    formset = OrderedFormSet
    verbose_name = "prelegent"
    verbose_name_plural = "prelegenci"
    fields = ("position", "prelegent", "rola", "organizacja")
    autocomplete_fields = ("prelegent", "organizacja")


@admin.register(Wystapienie)
class WystapienieAdmin(OwnedAdmin):
    """A point of a programme with its speakers; opened from its meeting, and saving leads back there."""

    owners = ("spotkanie",)
    list_display = ("__str__", "spotkanie", "speakers", "online")
    list_filter = (MissingFilter, "online", "spotkanie__rok")
    list_select_related = ("spotkanie",)
    list_prefetch_related = ("udzialy__prelegent",)
    search_fields = ("search_text", "prelegenci__slug", "spotkanie__slug")
    autocomplete_fields = ("spotkanie",)
    inlines = (UdzialInline,)
    fields = ("spotkanie", "tytul", ("od", "do", "online"), "opis", "position")
    missing = {
        "prelegenci": ("bez prelegentów", Q(udzialy__isnull=True)),
        "tytul": ("bez tematu", Q(tytul="")),
    }

    @admin.display(description="prelegenci")
    def speakers(self, obj):
        return ", ".join(map(str, obj.udzialy.all())) or None

    def save_related(self, request, form, formsets, change):
        """The programme is part of its meeting: feeds and calendars say that the meeting changed."""
        super().save_related(request, form, formsets, change)
        form.instance.spotkanie.save(update_fields=["updated_at"])

    def response_post_save_change(self, request, obj):
        return redirect("admin:spotkania_spotkanie_change", obj.spotkanie_id)

    response_post_save_add = response_post_save_change


class PhotoLink(NamedTuple):
    """What the field of a photo names, and its address at the desk: files have no public one."""

    url: str
    name: str

    def __str__(self):
        return self.name


class PhotoInput(AdminFileWidget):
    def format_value(self, value):
        if not self.is_initial(value):
            return None
        url = reverse("admin:spotkania_prelegent_photo", args=[value.instance.pk])
        return PhotoLink(url, PurePath(value.name).name)


@admin.register(Prelegent)
class PrelegentAdmin(DeskAdmin):
    formfield_overrides = DeskAdmin.formfield_overrides | {FileField: {"widget": PhotoInput}}
    list_display = ("__str__", "www", "zgoda", "zgoda_wycofana", "changed")
    list_filter = (MissingFilter,)
    search_fields = ("nazwisko", "imie", "slug")
    prepopulated_fields = {"slug": ("imie", "nazwisko")}
    fieldsets = (
        section(
            None,
            *(("imie", "nazwisko"), "slug", "www"),
            about="Jedna osoba to jeden wpis. Rolę i organizację podaj przy wystąpieniu: bywają różne "
            "na różnych spotkaniach.",
        ),
        section(
            "Dane za zgodą",
            *("zgoda", "notka", "zdjecie", "zdjecie_autor", "zgoda_wycofana"),
            about="Bez daty zgody ani notka, ani zdjęcie nie pojawią się w serwisie. Data wycofania zgody "
            "zabiera ze wszystkich stron, kalendarzy, kanałów i plików nazwisko, rolę, zdjęcie i wypowiedzi. "
            "Wniosek, który ma zostać bez nazwiska, otwórz na stronie spotkania i wyczyść w nim osobę. "
            "Nazwisko w polu „autor” i w środku plików zostaje: popraw je przy materiałach.",
        ),
    )
    missing = {
        "zgoda": ("notka lub zdjęcie bez zgody", ~Q(notka="", zdjecie="") & Q(zgoda__isnull=True)),
        "wycofana": ("zgoda wycofana", Q(zgoda_wycofana__isnull=False)),
        "udzial": ("bez wystąpień", Q(udzialy__isnull=True)),
    }

    def get_urls(self):
        view = self.admin_site.admin_view(self.photo_view)
        return [path("<int:pk>/zdjecie/", view, name="spotkania_prelegent_photo"), *super().get_urls()]

    def photo_view(self, request, pk):
        """Show the photo to an editor, with consent or without."""
        prelegent = get_object_or_404(Prelegent, pk=pk)
        if not self.has_view_permission(request, prelegent):
            raise PermissionDenied
        if not prelegent.zdjecie:
            raise Http404
        return photo_response(prelegent)
