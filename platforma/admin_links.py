"""The editors' list of links: the broken ones unasked, each with the entries that use it."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from platforma.lib.admin import DeskAdmin, ReadOnly, UnaskedFilter
from platforma.lib.desk_address import desk_address
from platforma.lib.links.models import SprawdzonyAdres, Wynik
from platforma.links import entries_naming


class ResultFilter(UnaskedFilter):
    title = "wynik"
    parameter_name = "wynik"
    unasked = "nie działa"

    def lookups(self, request, model_admin):
        return [("wszystkie", "wszystkie sprawdzone"), *Wynik.choices]

    def queryset(self, request, queryset):
        if self.value() in Wynik.values:
            return queryset.filter(wynik=self.value())
        return queryset if self.value() else queryset.broken()


class LinkList(ChangeList):
    def get_results(self, request):
        """Find the entries of the whole page at once."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        entries = entries_naming(row.url for row in self.result_list)
        for row in self.result_list:
            row.entries = entries[row.url]


@admin.register(SprawdzonyAdres)
class SprawdzonyAdresAdmin(ReadOnly, DeskAdmin):
    """What `manage.py check_links` found, to read; a link is mended in the entry that names it."""

    list_display = ("link", "used_in", "found", "since", "checked")
    list_display_links = None
    list_filter = (ResultFilter,)
    search_fields = ("url", "dokad")

    def get_changelist(self, request, **kwargs):
        return LinkList

    @admin.display(description="adres", ordering="url")
    def link(self, row):
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', row.url)

    @admin.display(description="wynik", ordering="wynik")
    def found(self, row):
        details = [str(row.kod or ""), row.uwaga, row.dokad and f"prowadzi do {row.dokad}"]
        return ", ".join(filter(None, [row.get_wynik_display(), *details]))

    @admin.display(description="nie działa od", ordering="zawodzi_od")
    def since(self, row):
        return row.zawodzi_od and f"{localtime(row.zawodzi_od):%d.%m.%Y}"

    @admin.display(description="sprawdzono", ordering="sprawdzono")
    def checked(self, row):
        return f"{localtime(row.sprawdzono):%d.%m.%Y}"

    @admin.display(description="gdzie użyto")
    def used_in(self, row):
        links = ((desk_address(entry), entry._meta.verbose_name, entry) for entry in row.entries)
        return format_html_join(" · ", '<a href="{}">{}: {}</a>', links) or None
