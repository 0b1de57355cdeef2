"""The editors' side: the queue of what was sent in, each with its decision."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from platforma.lib.admin import DeskAdmin, section
from platforma.lib.desk_address import desk_address
from platforma.models import Zalacznik, Zgloszenie
from praktyki.models import Praktyka

from . import actions, targets
from .admin_filters import KindFilter, WaitingFilter


class DecisionForm(forms.Form):
    """The editor's answer; sending back and declining need one."""

    odpowiedz = forms.CharField(max_length=4000, required=False, strip=True)


@admin.register(Zgloszenie)
class ZgloszenieAdmin(DeskAdmin):
    change_form_template = "admin/platforma/zgloszenie/change_form.html"
    list_display = ("tytul", "rodzaj", "state", "miejsce", "sent_at", "decided_by")
    list_filter = (WaitingFilter, KindFilter)
    list_select_related = ("decided_by",)
    search_fields = ("tytul", "miejsce", "organizacja")
    view_on_site = False
    actions = None
    practice_fieldsets = (
        section(
            "Do publikacji",
            *("tytul", "streszczenie", "miejsce", "organizacja", "instrument_names", "problem"),
            *("rozwiazanie", "rezultaty", "trudnosci", "odbiorcy_opis", ("rok_od", "rok_do")),
            *("kwota_zl", "kwota_opis", "zrodlo_url", "kontakt"),
            about="Przycisk „Utwórz szkic praktyki” przepisze te pola za Ciebie.",
        ),
        section("Załączniki", "attachments", about="Widzi je tylko redakcja."),
    )
    error_fieldsets = (section("Błąd na stronie", "page_link", "opis_bledu"),)
    common_fieldsets = (
        section(
            "Tylko do kontaktu",
            *("osoba", "email", "telefon"),
            about=f"Tych danych nie publikujemy. Znikają {settings.SUBMISSION_DAYS} dni po rozstrzygnięciu.",
            classes=["internal"],
        ),
        section("Przebieg", *("state", "sent_at", "odpowiedz", "decided_at", "decided_by", "draft_link")),
    )

    def get_queryset(self, request):
        return Zgloszenie.objects.sent()

    def get_fieldsets(self, request, obj=None):
        own = self.error_fieldsets if obj and obj.is_error else self.practice_fieldsets
        return (*own, *self.common_fieldsets)

    def get_readonly_fields(self, request, obj=None):
        """Everything: an editor decides about a submission, and changes the draft made of it."""
        names = [name for _title, part in self.get_fieldsets(request, obj) for name in part["fields"]]
        return [name for row in names for name in (row if isinstance(row, tuple) else [row])]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="instrumenty")
    def instrument_names(self, obj):
        return ", ".join(map(str, obj.instrumenty.all())) or "–"

    @admin.display(description="pliki")
    def attachments(self, obj):
        links = (
            (reverse("admin:platforma_zgloszenie_file", args=[obj.pk, row.pk]), row)
            for row in obj.zalaczniki.all()
        )
        return format_html_join("", '<p><a href="{}">{}</a></p>', links) or "–"

    @admin.display(description="strona")
    def page_link(self, obj):
        page = targets.page_at(obj.strona)
        edit = page and format_html(' · <a href="{}">popraw wpis</a>', desk_address(page))
        return format_html('<a href="{}">{}</a>{}', obj.strona, obj.tytul, edit or "")

    @admin.display(description="powstała praktyka")
    def draft_link(self, obj):
        if not obj.praktyka:
            return "–"
        return format_html('<a href="{}">{}</a>', desk_address(obj.praktyka), obj.praktyka)

    def get_urls(self):
        view = self.admin_site.admin_view
        decide, file = require_POST(self.decide_view), self.file_view
        return [
            path("<int:pk>/decyzja/", view(decide), name="platforma_zgloszenie_decide"),
            path("<int:pk>/pliki/<int:file>/", view(file), name="platforma_zgloszenie_file"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_decide"] = obj and obj.is_open and self.has_change_permission(request, obj)
        context["may_make"] = request.user.has_perm("praktyki.add_praktyka")
        context["may_move"] = obj and self._may_move(request, obj) and obj.zalaczniki.to_move().exists()
        context["decide_url"] = obj and reverse("admin:platforma_zgloszenie_decide", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            raise PermissionDenied  # nothing here is edited; decisions have an address of their own
        return super().changeform_view(request, object_id, form_url, extra_context)

    def file_view(self, request, pk, file):
        """Hand an attachment to an editor, always as a download."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(Zalacznik, pk=file, zgloszenie__in=self.get_queryset(request).filter(pk=pk))
        return row.delivery().respond(request)

    def decide_view(self, request, pk):
        """Take the one step whose button was pressed; whoever comes second is told so."""
        zgloszenie = self.get_object(request, str(pk))
        if zgloszenie is None:
            raise Http404
        if not self.has_change_permission(request, zgloszenie):
            raise PermissionDenied
        here = desk_address(zgloszenie)
        form, step = DecisionForm(request.POST), request.POST.get("krok")
        text = form.cleaned_data["odpowiedz"] if form.is_valid() else ""
        if step in NEEDS_TEXT and not text:
            messages.error(request, "Napisz odpowiedź (do 4000 znaków): przeczyta ją osoba zgłaszająca.")
            return redirect(here)
        try:
            made = self._take(request, step, zgloszenie, text)
        except actions.AlreadyDecided as error:
            messages.error(request, str(error))
            return redirect(here)
        self.log_change(request, zgloszenie, f"{STEPS[step]}: {text}" if text else STEPS[step])
        messages.success(request, f"„{zgloszenie}” – {STEPS[step]}.")
        return redirect(desk_address(made) if made else here)

    def _take(self, request, step, zgloszenie, text) -> Praktyka | None:
        if step == "sprawdzaj":
            return actions.start_review(zgloszenie)
        if step == "uzupelnij" and not zgloszenie.is_error:
            return actions.ask(zgloszenie, text=text)
        if step == "odrzuc":
            return actions.decline(zgloszenie, by=request.user, reason=text)
        if step == "poprawione" and zgloszenie.is_error:
            return actions.mend(zgloszenie, by=request.user, text=text)
        if step == "szkic" and not zgloszenie.is_error and request.user.has_perm("praktyki.add_praktyka"):
            praktyka = actions.make_draft(zgloszenie, by=request.user)
            self.admin_site.get_model_admin(Praktyka).log_addition(request, praktyka, "Ze zgłoszenia.")
            return praktyka
        if step == "pliki" and self._may_move(request, zgloszenie):
            actions.move_files(zgloszenie, by=request.user)
            return zgloszenie.praktyka
        raise PermissionDenied

    def _may_move(self, request, zgloszenie) -> bool:
        """Tell whether the user may give materials to the practice; readers may see it by now."""
        praktyka = zgloszenie.praktyka
        desk = self.admin_site.get_model_admin(Praktyka)
        may_change = praktyka is not None and desk.has_change_permission(request, praktyka)
        return may_change and request.user.has_perm("spotkania.add_material")


STEPS = {
    "sprawdzaj": "w sprawdzaniu",
    "uzupelnij": "poproszono o uzupełnienie",
    "odrzuc": "nie uwzględniono",
    "poprawione": "poprawiono",
    "szkic": "utworzono szkic praktyki",
    "pliki": "załączniki są wśród materiałów praktyki",
}
NEEDS_TEXT = ("uzupelnij", "odrzuc")
