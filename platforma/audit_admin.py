"""The event log in the admin: read, never written."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from platforma.lib.admin import DeskAdmin, ReadOnly
from platforma.lib.audit import KEPT_DAYS
from platforma.models import Zdarzenie


@admin.register(Zdarzenie)
class ZdarzenieAdmin(ReadOnly, DeskAdmin):
    """Who may see accounts sees everything; others with the right to view see what became of entries."""

    list_display = ("created_at", "rodzaj", "opis", "subject", "who")
    list_display_links = None
    list_filter = ("rodzaj",)
    date_hierarchy = "created_at"
    search_fields = ("opis", "obiekt", "kto")
    search_help_text = f"Opis, nazwa wpisu lub osoba. Zdarzenia przechowujemy {KEPT_DAYS // 365} lata."

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if request.user.has_perm("auth.view_user") else rows.of_kinds(Zdarzenie.PUBLICATION)

    def lookup_allowed(self, lookup, value, request):
        """The history of an account leads here by what the events are about."""
        return lookup in ("model", "object_id") or super().lookup_allowed(lookup, value, request)

    @admin.display(description="kto", ordering="kto", empty_value="system")
    def who(self, event):
        return event.kto or None

    @admin.display(description="czego dotyczy", ordering="obiekt")
    def subject(self, event):
        if not event.model:
            return None
        try:
            url = reverse(f"admin:{event.model.replace('.', '_')}_history", args=[event.object_id])
        except NoReverseMatch:
            return event.obiekt
        return format_html('<a href="{}">{}</a>', url, event.obiekt)
