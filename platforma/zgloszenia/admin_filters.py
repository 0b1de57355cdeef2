"""The filters of the queue; their addresses are what the desk links to."""

from django.contrib import admin

from platforma.lib.admin import UnaskedFilter
from platforma.models import Zgloszenie

State = Zgloszenie.State


class WaitingFilter(UnaskedFilter):
    title = "stan"
    parameter_name = "stan"
    unasked = "czekają na redakcję"

    def lookups(self, request, model_admin):
        sent = [choice for choice in State.choices if choice[0] != State.DRAFT]
        kinds = [("praktyki", "czekają: praktyki"), ("bledy", "czekają: błędy")]
        return [*kinds, *sent, ("wszystkie", "wszystkie zgłoszenia")]

    def queryset(self, request, queryset):
        if self.value() in State.values:
            return queryset.filter(state=self.value())
        waiting = queryset.waiting()
        kinds = {None: waiting, "praktyki": waiting.practices(), "bledy": waiting.errors()}
        return kinds.get(self.value(), queryset)


class KindFilter(admin.SimpleListFilter):
    title = "rodzaj"
    parameter_name = "rodzaj"

    def lookups(self, request, model_admin):
        return Zgloszenie.Rodzaj.choices

    def queryset(self, request, queryset):
        kinds = {Zgloszenie.Rodzaj.PRAKTYKA: queryset.practices, Zgloszenie.Rodzaj.BLAD: queryset.errors}
        return kinds.get(self.value(), queryset.all)()
