"""Many files at once: uploading ten of them, and putting a meeting's materials in order on one page."""

from collections import defaultdict
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.forms import modelform_factory, modelformset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from platforma.lib.files.formats import ACCEPT, EXTENSIONS, MAX_FILE_MB, MAX_FILES
from platforma.lib.files.names import title_of
from platforma.lib.polish import plural
from platforma.lib.stale import once
from platforma.lib.stale.locking import hold
from platforma.lib.stale.table import STALE_TABLE, StaleTable

from ..models import Material, WersjaMaterialu

OWNERS = ("spotkanie", "praktyka", "instrument")
COMMON = (*OWNERS, "rodzaj", "jezyk", "licencja", "autor", "publiczny_od")
ROW = ("position", "tytul", "rodzaj", "licencja", "publiczny_od")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files chosen at once; gives a list."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > MAX_FILES:
            raise ValidationError(f"Wybierz najwyżej {MAX_FILES} plików naraz.")
        return files


class UploadForm(forms.ModelForm):
    """What all the files have in common; each becomes a material whose title comes from its name."""

    pliki = FilesField(
        label="Pliki",
        help_text=f"Najwyżej {MAX_FILES} naraz, każdy do {MAX_FILE_MB} MB. Rodzaje: {', '.join(EXTENSIONS)}. "
        "Tytuły powstaną z nazw plików; poprawisz je na następnej stronie.",
    )

    def save_file(self, file, user) -> Material:
        """Make the material of one file; raise ValidationError where the file is not let in."""
        wersja = checked_version(file, user)
        common = {name: self.cleaned_data[name] for name in COMMON}
        material = Material(tytul=title_of(file.name), postac=Material.Postac.PLIK, **common)
        with transaction.atomic():
            material.position = self._next_position()
            material.save()
            wersja.material = material
            wersja.save()
        material.warnings = wersja.warnings
        return material

    def _next_position(self):
        owner = next((name for name in OWNERS if self.cleaned_data[name]), None)
        rows = Material.objects.filter(**{owner: self.cleaned_data[owner]})
        return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def checked_version(file, user) -> WersjaMaterialu:
    """Return the version that `file` makes, not saved yet; raise ValidationError with the reason against."""
    wersja = WersjaMaterialu(plik=file, uploaded_by=user)
    try:
        wersja.clean_fields(exclude=["material"])
    except ValidationError as error:
        raise ValidationError(error.message_dict["plik"]) from error
    return wersja


class RowForm(forms.ModelForm):
    """One material in the list: its place, its title, and a new version of its file."""

    nowa_wersja = forms.FileField(
        label="Nowa wersja", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.postac == Material.Postac.LINK:
            del self.fields["nowa_wersja"]

    def clean_nowa_wersja(self):
        file = self.cleaned_data["nowa_wersja"]
        return file and checked_version(file, self.user)

    def save(self, commit=True):
        material = super().save(commit)
        if wersja := self.cleaned_data.get("nowa_wersja"):
            wersja.material = material
            wersja.save()
        return material


class BulkUpload:
    """Mixin of the admin of materials: the two pages and their addresses."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("wgraj/", view(self.upload_view), name="spotkania_material_upload"),
            path("porzadek/", view(self.order_view), name="spotkania_material_order"),
            *super().get_urls(),
        ]

    def upload_view(self, request):
        """Take many files; those refused are named with their reasons, the others stay."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        field = partial(self.formfield_for_dbfield, request=request)
        form_class = modelform_factory(Material, UploadForm, fields=COMMON, formfield_callback=field)
        initial = {name: request.GET[name] for name in OWNERS if _is_key(request.GET.get(name, ""))}
        form = form_class(request.POST or None, request.FILES or None, initial=initial)
        if form.is_valid():
            first = once.made(once.form_key(request), partial(self._save_files, request, form))
            if material := Material.objects.filter(pk=first).first():
                return redirect(_order_url(material))
        context = {
            "title": "Wiele plików naraz",
            "form": form,
            "media": self.media + form.media,
            "nonce": once.new_nonce(),
        }
        return self._page(request, "upload", context)

    def _save_files(self, request, form) -> int | None:
        """Make a material of each file that is let in; return the key of the first."""
        added, noticed = [], defaultdict(list)
        for file in form.cleaned_data["pliki"]:
            try:
                material = form.save_file(file, request.user)
            except ValidationError as error:
                form.add_error("pliki", error)
                messages.error(request, " ".join(error.messages))
            else:
                self.log_addition(request, material, [{"added": {}}])
                added.append(material)
                for warning in material.warnings:
                    noticed[warning].append(file.name)
        for warning, names in noticed.items():
            warn_about(request, names, warning)
        if not added:
            return None
        files = plural(len(added), "plik", "pliki", "plików")
        messages.success(request, f"Dodano {len(added)} {files}. Popraw tytuły i kolejność.")
        return added[0].pk

    @transaction.atomic
    def order_view(self, request):
        """Show the materials of one entry as a list that is saved at once."""
        owner = self._owner(request)
        if request.method == "POST":
            hold(owner, *owner.materialy.order_by("pk"))
            owner = self._owner(request)  # as it stands now that nobody else can change it
        rows = owner.materialy.select_related(*OWNERS).prefetch_related("wersje").order_by("position", "pk")
        rows = rows.filter(pk__in=[row.pk for row in rows if self.has_change_permission(request, row)])
        row_form = type("OpenRowForm", (RowForm,), {"user": request.user})
        formset_class = modelformset_factory(Material, row_form, fields=ROW, extra=0)
        table = StaleTable(request, f"{owner._meta.label_lower}:{owner.pk}:materialy", formset_class, rows)
        formset = formset_class(request.POST or None, request.FILES or None, queryset=rows)
        if differences := table.differences():
            formset = table.merged()
            messages.warning(request, STALE_TABLE)
            for difference in differences:
                messages.warning(request, difference)
        elif formset.is_valid():
            for material in formset.save():
                self.log_change(request, material, [{"changed": {}}])
            messages.success(request, "Zapisano kolejność i zmiany.")
            return redirect(request.get_full_path())
        context = {"title": f"Materiały: {owner}", "formset": formset, "upload_url": _upload_url(owner)}
        context["seen_token"] = table.token()
        return self._page(request, "order", context, status=409 if differences else 200)

    def _page(self, request, name, context, status=200):
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return render(request, f"admin/spotkania/material/{name}.html", context, status=status)

    def _owner(self, request):
        """Return the entry named in the address, if this person may change it."""
        for name in OWNERS:
            if _is_key(request.GET.get(name, "")):
                model = Material._meta.get_field(name).related_model
                owner = get_object_or_404(model, pk=request.GET[name])
                desk = self.admin_site.get_model_admin(model)
                if not (self.has_change_permission(request) and desk.has_change_permission(request, owner)):
                    raise PermissionDenied
                return owner
        raise PermissionDenied


def warn_about(request, names, warning) -> None:
    """Tell the editor what readers will miss in files that were let in."""
    listed = ", ".join(f"„{name}”" for name in names)
    subject = "Plik" if len(names) == 1 else "Pliki"
    messages.warning(request, f"{subject} {listed}: {warning}. Część czytelników nie odczyta treści.")


def _is_key(text: str) -> bool:
    """Tell whether a parameter can be a primary key; a longer number overflows both databases."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def _order_url(material) -> str:
    owner = next(name for name in OWNERS if getattr(material, f"{name}_id"))
    return f"{reverse('admin:spotkania_material_order')}?{owner}={getattr(material, f'{owner}_id')}"


def _upload_url(owner) -> str:
    return f"{reverse('admin:spotkania_material_upload')}?{owner._meta.model_name}={owner.pk}"
