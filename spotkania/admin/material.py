"""The admin of materials and the versions of their files."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html

from platforma.lib.admin import MissingFilter, section
from platforma.lib.admin_parts import OwnedAdmin, TableInline
from platforma.lib.links.filters import LinkFilter

from ..models import Material, WersjaMaterialu
from .upload import BulkUpload, warn_about


class UploadFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        has_file = any(form.cleaned_data.get("plik") for form in self.forms if form.is_valid())
        if has_file and self.instance.postac == Material.Postac.LINK:
            raise ValidationError("Ten materiał jest linkiem. Aby dodać plik, wybierz postać „plik”.")


class UploadInline(TableInline):
    """One row for the next version of the file; the earlier ones stand in VersionInline and never change."""

    model = WersjaMaterialu
    formset = UploadFormSet
    verbose_name = "nowa wersja pliku"
    fields = ("plik",)
    extra = max_num = 1
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).none()


class VersionInline(TableInline):
    model = WersjaMaterialu
    verbose_name_plural = "wersje pliku; czytelnicy pobierają najnowszą niewycofaną"
    readonly_fields = ("download", "weight", "pages", "text", "uploaded_by", "created_at")
    fields = (*readonly_fields, "wycofana")

    def has_add_permission(self, request, obj):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("uploaded_by")

    @admin.display(description="plik")
    def download(self, obj):
        url = reverse("admin:spotkania_material_version", args=[obj.material_id, obj.pk])
        return format_html('<a href="{}">{}</a>', url, obj.nazwa_pliku)

    @admin.display(description="rozmiar")
    def weight(self, obj):
        return filesizeformat(obj.size)

    @admin.display(description="tekst dla wyszukiwarki")
    def text(self, obj):
        return ". ".join(filter(None, (obj.get_text_state_display(), obj.text_note)))


@admin.register(Material)
class MaterialAdmin(BulkUpload, OwnedAdmin):
    owners = ("spotkanie", "praktyka")
    list_display = ("tytul", "rodzaj", "spotkanie", "praktyka", "instrument", "publiczny_od", "text")
    list_filter = (MissingFilter, LinkFilter, "rodzaj", "postac", "licencja", "jezyk")
    list_select_related = ("spotkanie", "praktyka", "instrument")
    list_prefetch_related = ("wersje",)
    search_fields = ("search_text", "spotkanie__slug", "praktyka__slug", "instrument__slug")
    autocomplete_fields = ("spotkanie", "wystapienie", "praktyka", "instrument")
    inlines = (UploadInline, VersionInline)
    missing = {
        "plik": ("bez pliku", Q(postac=Material.Postac.PLIK, wersje__isnull=True)),
        "tekst": ("z nieodczytanym plikiem", Q(wersje__text_state=WersjaMaterialu.TextState.FAILED)),
        "licencja": ("bez licencji", Q(licencja="", licencja_opis="")),
        "autor": ("bez autora", Q(autor="")),
    }
    fieldsets = (
        section(
            "Materiał",
            *("tytul", ("rodzaj", "postac"), "url", "opis", ("autor", "rok", "jezyk")),
            ("licencja", "licencja_opis"),
            about="Link potrzebuje adresu; plik dodaj na dole strony. Licencja mówi, co wolno z nim zrobić.",
        ),
        section(
            "Do czego należy",
            *("spotkanie", "wystapienie", "praktyka", "instrument"),
            about="Wskaż co najmniej jedno. Materiał jest publiczny dopiero, gdy opublikowano jego "
            "spotkanie i praktykę.",
        ),
        section("Publikacja", ("publiczny_od", "position")),
    )

    @admin.display(description="tekst pliku")
    def text(self, obj):
        wersja = obj.najnowsza_wersja
        return wersja.get_text_state_display() if wersja else None

    def get_inlines(self, request, obj):
        return self.inlines if obj and obj.wersje.exists() else (UploadInline,)

    def get_urls(self):
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<int:pk>/wersje/<int:version>/", view, name="spotkania_material_version"),
            *super().get_urls(),
        ]

    def version_view(self, request, pk, version):
        """Hand any version to an editor, published or not; always as a download, never shown in the page."""
        wersja = get_object_or_404(
            WersjaMaterialu.objects.select_related("material"), pk=version, material=pk
        )
        if not self.has_view_permission(request, wersja.material):
            raise PermissionDenied
        return wersja.delivery().respond(request)

    def save_formset(self, request, form, formset, change):
        if formset.model is WersjaMaterialu:
            for row in formset.extra_forms:
                row.instance.uploaded_by = request.user
        super().save_formset(request, form, formset, change)
        for row in getattr(formset, "new_objects", []):
            for warning in getattr(row, "warnings", ()):
                warn_about(request, [row.nazwa_pliku], warning)
