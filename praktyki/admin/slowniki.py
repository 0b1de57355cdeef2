"""The admin of the reference lists that practices and meetings are described with."""

import taggit.admin  # registers its own tags, which this site does not use
from django.contrib import admin
from django.db.models import Q

from platforma.lib.admin import DeskAdmin, MissingFilter, section
from platforma.lib.admin_parts import TableInline
from platforma.lib.links.filters import LinkFilter

from ..models import Jst, Odbiorca, Organizacja, Sfera, Tag, Temat, Wojewodztwo

UNUSED = {"uzycie": ("nieużywane w praktykach", Q(praktyki__isnull=True))}

admin.site.unregister(taggit.admin.Tag)


@admin.register(Jst)
class JstAdmin(DeskAdmin):
    list_display = ("nazwa", "typ", "wojewodztwo", "powiat", "teryt", "w_gzm")
    list_filter = ("w_gzm", MissingFilter, LinkFilter, "typ", "wojewodztwo")
    list_select_related = ("wojewodztwo",)
    search_fields = ("nazwa", "slug", "teryt")
    prepopulated_fields = {"slug": ("nazwa",)}
    autocomplete_fields = ("wojewodztwo",)
    missing = {
        "teryt": ("bez kodu TERYT", Q(teryt="")),
        "polozenie": ("bez położenia", Q(lat__isnull=True)),
        "ludnosc": ("bez liczby mieszkańców", Q(ludnosc__isnull=True)),
        **UNUSED,
    }
    fieldsets = (
        section(None, "nazwa", "slug", "typ", "teryt", "wojewodztwo", "powiat", "w_gzm"),
        section("Mieszkańcy", ("ludnosc", "ludnosc_rok"), "ludnosc_zrodlo"),
        section("Położenie", ("lat", "lon"), about="W stopniach dziesiętnych, np. 50,2584 i 19,0275."),
    )


@admin.register(Organizacja)
class OrganizacjaAdmin(DeskAdmin):
    list_display = ("nazwa", "typ", "krs", "www")
    list_filter = ("typ", MissingFilter, LinkFilter)
    search_fields = ("nazwa", "slug", "krs")
    prepopulated_fields = {"slug": ("nazwa",)}
    autocomplete_fields = ("jst",)
    fields = ("nazwa", "slug", "typ", "jst", "krs", "www")
    missing = {"www": ("bez strony internetowej", Q(www="")), "krs": ("bez numeru KRS", Q(krs="")), **UNUSED}


class SferaInline(TableInline):
    model = Sfera
    fields = ("kolejnosc", "numer", "etykieta", "zweryfikowano")


class SlownikAdmin(DeskAdmin):
    """A short reference list: a name, an address and a place in the order."""

    list_display = ("nazwa", "kolejnosc", "slug")
    list_filter = (MissingFilter,)
    search_fields = ("nazwa", "slug")
    prepopulated_fields = {"slug": ("nazwa",)}
    fields = ("nazwa", "slug", "kolejnosc")
    missing = UNUSED


@admin.register(Temat)
class TematAdmin(SlownikAdmin):
    inlines = (SferaInline,)


@admin.register(Odbiorca)
class OdbiorcaAdmin(SlownikAdmin):
    pass


@admin.register(Wojewodztwo)
class WojewodztwoAdmin(SlownikAdmin):
    list_display = ("nazwa", "teryt", "slug")
    fields = ("nazwa", "slug", "teryt", ("lat", "lon"))


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("sort_key",)
    list_filter = (MissingFilter,)
    missing = {
        "uzycie": ("nieużywane", Q(praktyki_tagi__isnull=True, spotkania_tagi__isnull=True)),
    }
