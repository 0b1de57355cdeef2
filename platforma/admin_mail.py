"""The queue of e-mail for administrators: what went out, what did not and why."""

from django.contrib import admin, messages

from platforma.lib.admin import DeskAdmin, ReadOnly
from platforma.lib.mail import Wiadomosc


class FailedFilter(admin.SimpleListFilter):
    title = "stan"
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("nieudane", "nieudane"), *Wiadomosc.State.choices]

    def queryset(self, request, queryset):
        if self.value() == "nieudane":
            return queryset.failed()
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Wiadomosc)
class WiadomoscAdmin(ReadOnly, DeskAdmin):
    """What goes out and what did not; what was given up may be sent again, nothing else changes here."""

    list_display = ("temat", "adres", "state", "attempts", "created_at", "error")
    list_filter = (FailedFilter,)
    search_fields = ("temat", "adres")
    fields = ("temat", "adres", "tekst", "state", "attempts", "send_after", "claimed_at", "error")
    actions = ("send_again",)

    def has_send_permission(self, request):
        return request.user.has_perm("platforma.change_wiadomosc")

    @admin.action(description="Wyślij ponownie te, z których zrezygnowano", permissions=["send"])
    def send_again(self, request, queryset):
        messages.success(request, f"Wiadomości do ponownego wysłania: {queryset.send_again()}.")
