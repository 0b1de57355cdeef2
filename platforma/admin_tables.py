"""The pages of the editors' desk on which a table is imported, and the files it gives out."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from platforma import tables
from platforma.lib.desk_address import desk_address
from platforma.lib.spreadsheets import as_file, csv_lines, lines_of, workbook
from platforma.lib.tables.outcome import Outcome
from platforma.lib.tables.reading import ENDINGS, MAX_ROWS, UnreadableTable, read_table
from praktyki.tables import TABLES

SHOWN = 200  # mistakes, and entries, named on the page


class ImportForm(forms.Form):
    plik = forms.FileField(
        label="Plik XLSX lub CSV",
        help_text=f"Najwyżej {MAX_ROWS} wierszy. Pierwszy wiersz to nazwy kolumn ze wzoru.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
    )

    def clean_plik(self):
        file = self.cleaned_data["plik"]
        try:
            self.headings, self.rows = read_table(file.name, file.read())
        except UnreadableTable as error:
            raise forms.ValidationError(str(error)) from error
        return file


def table_page(request, name):
    """Check a file, and store it when the editor pressed the button that says so."""
    desk = _desk(request, name)
    if not (desk.has_add_permission(request) or desk.has_change_permission(request)):
        raise PermissionDenied
    form, outcome, is_saved = ImportForm(request.POST or None, request.FILES or None), None, False
    if form.is_valid():
        wanted = "save" in request.POST
        outcome = tables.import_rows(name, form.headings, form.rows, request.user, save=wanted)
        is_saved = wanted and not outcome.mistakes
    title = f"{capfirst(desk.opts.verbose_name_plural)}: import i eksport"
    context = {"title": title, "form": form, "opts": desk.opts, "name": name, "is_saved": is_saved}
    context |= admin.site.each_context(request) | {"columns": TABLES[name]().columns()}
    return render(request, "admin/tables/page.html", context | (_shown(outcome) if outcome else {}))


def _shown(outcome: Outcome) -> dict:
    return {
        "outcome": outcome,
        "mistakes": outcome.mistakes[:SHOWN],
        "groups": [
            (label, len(rows), [(row, desk_address(row) if row.pk else "") for row in rows[:SHOWN]])
            for label, rows in (("Nowe", outcome.added), ("Zmienione", outcome.changed))
        ],
    }


@require_safe
def table_file(request, name, what, ending):
    """Give out every entry, or the empty template."""
    desk = _desk(request, name)
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if what not in ("wzor", "eksport") or ending not in ENDINGS:
        raise Http404
    table = TABLES[name]()
    lines = lines_of(table.columns(), table.entries() if what == "eksport" else ())
    if ending == "csv":
        return as_file(HttpResponse("".join(csv_lines(lines))), f"{name}-{what}", ending)
    return as_file(FileResponse(workbook(lines, table.explanations())), f"{name}-{what}", ending)


def _desk(request, name) -> admin.ModelAdmin:
    if name not in TABLES:
        raise Http404
    return admin.site.get_model_admin(TABLES[name]._meta.model)
