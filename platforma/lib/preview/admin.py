"""Previews at the editors' desk: an entry as on the page, links for people outside, and what they wrote."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from platforma.lib.desk_address import desk_address
from platforma.lib.pages import absolute

from .models import DAYS, MOST_DAYS, LinkPodgladu, UwagaPodgladu
from .page import Preview, preview_page

OPEN, ANY = "nowe", "wszystkie"


class LinkForm(forms.Form):
    """What an editor decides about a new link."""

    dla_kogo = forms.CharField(
        label="Dla kogo",
        max_length=120,
        help_text="Np. „urząd gminy, wydział promocji”. Wystarczy tyle, żeby rozpoznać link na liście.",
        error_messages={"required": "Napisz, komu wyślesz ten link."},
    )
    dni = forms.IntegerField(
        label="Ile dni ma działać",
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        help_text=f"Od 1 do {MOST_DAYS}. Link możesz odwołać wcześniej.",
        error_messages={"required": f"Podaj liczbę dni, od 1 do {MOST_DAYS}."},
    )


class CommentsFilter(admin.SimpleListFilter):
    """The entries that somebody commented on by a preview link."""

    title = "uwagi z podglądu"
    parameter_name = "uwagi"

    def lookups(self, request, model_admin):
        return [(OPEN, "są niezałatwione"), (ANY, "są jakiekolwiek")]

    def queryset(self, request, queryset):
        comments = {OPEN: UwagaPodgladu.objects.open, ANY: UwagaPodgladu.objects.all}.get(self.value())
        return queryset.filter(pk__in=comments().entries_of(queryset.model)) if comments else queryset


class PreviewAdmin:
    """Mixin for entries. Who may view one may preview it; who may change it gives links and reads comments.

    Links and comments have no permissions of their own: they are part of the entry.
    """

    def get_list_filter(self, request):
        return (*super().get_list_filter(request), CommentsFilter)

    def get_urls(self):
        def route(address, view, name):
            wrapped = self.admin_site.admin_view(view)
            return path(address, wrapped, name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")

        return [
            route("<int:pk>/podglad/", self.preview_view, "preview"),
            route("<int:pk>/podglad/linki/", self.links_view, "preview_links"),
            route("<int:pk>/podglad/linki/<int:link>/", require_POST(self.revoke_view), "preview_revoke"),
            route("<int:pk>/podglad/uwagi/<int:uwaga>/", require_POST(self.comment_view), "preview_comment"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            may_change = self.has_change_permission(request, obj)
            context["preview"] = {
                "url": desk_address(obj, "preview"),
                "links_url": desk_address(obj, "preview_links") if may_change else "",
                "comments": UwagaPodgladu.objects.of_entry(obj).open() if may_change else [],
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview_view(self, request, pk):
        """The entry as its page shows it, in any state; of its saved content."""
        entry = get_object_or_404(self.model, pk=pk)
        if not self.has_view_permission(request, entry):
            raise PermissionDenied
        return preview_page(request, Preview(entry, back_url=desk_address(entry)))

    def links_view(self, request, pk):
        """All links of an entry and all comments; a new link is shown in the answer that made it, only once.

        It is neither stored nor put into a session: what is kept of it could not be told from a stolen one.
        """
        entry = self._entry(request, pk)
        form, url, is_public = LinkForm(request.POST or None), "", entry.is_readable()
        if form.is_valid() and not is_public:
            link, code = LinkPodgladu.objects.issue(
                entry,
                by=request.user,
                dla_kogo=form.cleaned_data["dla_kogo"],
                days=form.cleaned_data["dni"],
            )
            url, form = absolute(reverse("podglad:page", args=[code])), LinkForm()
            self.log_change(request, entry, f"Utworzono link do podglądu: {link}.")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": entry,
            "form": form,
            "new_url": url,
            "is_public": is_public,
            "title": "Linki do podglądu i uwagi",
            "links": entry.linki_podgladu.for_list(),
            "comments": UwagaPodgladu.objects.of_entry(entry),
        }
        return render(request, "admin/preview_links.html", context, status=422 if form.errors else 200)

    def revoke_view(self, request, pk, link):
        entry = self._entry(request, pk)
        row = get_object_or_404(entry.linki_podgladu, pk=link)
        if LinkPodgladu.objects.revoke(row.pk, by=request.user):
            self.log_change(request, entry, f"Odwołano link do podglądu: {row}.")
            self.message_user(request, f"Odwołano link „{row}”. Nikt już nim nie wejdzie.", messages.SUCCESS)
        else:
            self.message_user(request, f"Link „{row}” był już odwołany.", messages.WARNING)
        return redirect(desk_address(entry, "preview_links"))

    def comment_view(self, request, pk, uwaga):
        """Note that a comment was dealt with, or take that back; then go back to where it was pressed."""
        entry = self._entry(request, pk)
        row = get_object_or_404(UwagaPodgladu.objects.of_entry(entry), pk=uwaga)
        if "otworz" in request.POST:
            UwagaPodgladu.objects.reopen(row.pk)
        elif not UwagaPodgladu.objects.mark_done(row.pk, by=request.user):
            self.message_user(request, "Ta uwaga była już załatwiona.", messages.WARNING)
        page = "preview_links" if "linki" in request.POST else "change"
        return redirect(f"{desk_address(entry, page)}#uwagi")

    def _entry(self, request, pk):
        entry = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        return entry
