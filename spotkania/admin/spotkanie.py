"""The admin of meetings and their series."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html

from platforma.lib.admin import DeskAdmin, MissingFilter, section
from platforma.lib.admin_parts import CardInline, OrderedFormSet, TableInline, ZrodloInline
from platforma.lib.publication_admin import PublishableAdmin, StateFilter

from ..models import Cykl, Material, Spotkanie, Wypowiedz, Wystapienie, ZrodloSpotkania

WNIOSKI = Wypowiedz.objects.filter(spotkanie=OuterRef("pk"), typ=Wypowiedz.Typ.WNIOSEK)


class WystapienieInline(TableInline):
    model = Wystapienie
    formset = OrderedFormSet
    verbose_name_plural = "program"
    fields = ("position", "od", "do", "tytul", "online", "speakers")
    readonly_fields = ("speakers",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("udzialy__prelegent")

    @admin.display(description="prelegenci")
    def speakers(self, obj):
        if obj.pk is None:
            return "zapisz spotkanie, aby dodać"
        names = ", ".join(map(str, obj.udzialy.all())) or "dodaj prelegentów"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:spotkania_wystapienie_change", args=[obj.pk]), names
        )


class WypowiedzInline(CardInline):
    model = Wypowiedz
    formset = OrderedFormSet
    fields = (("position", "typ", "minuta"), "tresc", ("prelegent", "instrument", "praktyka"))
    autocomplete_fields = ("prelegent", "instrument", "praktyka")
    classes = ("collapse",)


class MaterialInline(CardInline):
    model = Material
    formset = OrderedFormSet
    fields = (("position", "rodzaj", "postac"), "tytul", "url", ("licencja", "publiczny_od"))
    show_change_link = True
    classes = ("collapse",)


class ZrodloSpotkaniaInline(ZrodloInline):
    model = ZrodloSpotkania
    classes = ("collapse",)


@admin.register(Spotkanie)
class SpotkanieAdmin(PublishableAdmin):
    list_display = ("tytul", "state", "termin", "rodzaj", "instrument_names", "changed", "page")
    list_filter = (StateFilter, MissingFilter, "rodzaj", "forma", "instrumenty", "cykl", "rok")
    list_prefetch_related = ("instrumenty",)
    date_hierarchy = "poczatek"
    search_fields = ("search_text", "slug", "wystapienia__search_text", "wystapienia__prelegenci__slug")
    search_help_text = (
        "Tytuł, treść, wystąpienie lub prelegent; wielkość liter i polskie znaki nie mają znaczenia."
    )
    prepopulated_fields = {"slug": ("tytul",)}
    autocomplete_fields = (
        "organizatorzy",
        "partnerzy",
        "cykl",
        "instrumenty",
        "tematy",
        "praktyki",
        "successor",
    )
    inlines = (WystapienieInline, WypowiedzInline, MaterialInline, ZrodloSpotkaniaInline)
    missing = {
        "streszczenie": ("bez streszczenia", Q(streszczenie="")),
        "wnioski": ("bez wniosków", ~Exists(WNIOSKI)),
        "materialy": ("bez materiałów", Q(materialy__isnull=True)),
        "program": ("bez programu", Q(wystapienia__isnull=True)),
        "data": ("bez daty", Q(poczatek__isnull=True)),
        "zrodla": ("bez źródeł", Q(zrodla__isnull=True)),
    }
    fieldsets = (
        section(
            "Podstawowe",
            *("tytul", "slug", ("rodzaj", "forma"), "cykl", "instrumenty", "tematy", "tagi"),
            about="Adres powstaje z tytułu; po publikacji już się nie zmienia.",
        ),
        section(
            "Kiedy i gdzie",
            *("poczatek", "koniec", "bez_godziny", ("rok", "data_opis"), "miejsce", "link_online"),
            about="Znasz dzień, ale nie godzinę? Wpisz 00:00 i zaznacz „godzina nieznana”. Nie znasz dnia? "
            "Zostaw początek pusty i opisz datę słowami.",
        ),
        section(
            "Kto",
            *("organizatorzy", "organizator_opis", "partnerzy", "partnerzy_opis"),
            ("liczba_uczestnikow_jst", "liczba_uczestnikow_ngo"),
        ),
        section(
            "Treść",
            *("streszczenie", "opis", "praktyki"),
            about="Streszczenie stoi na stronie jako pierwsze: najważniejsze w dwóch, trzech zdaniach. "
            "Wnioski, pytania i odpowiedzi dodaj niżej, każde osobno.",
        ),
        section(
            "Redakcja",
            *("uwagi_redakcji", "successor"),
            about="Uwagi redakcji widać tylko w tym panelu. Nigdy nie są publikowane.",
            classes=["internal"],
        ),
    )

    @admin.display(description="termin", ordering="poczatek")
    def termin(self, obj):
        return obj.termin

    @admin.display(description="instrumenty")
    def instrument_names(self, obj):
        return ", ".join(map(str, obj.instrumenty.all())) or None


@admin.register(Cykl)
class CyklAdmin(DeskAdmin):
    list_display = ("nazwa", "slug", "changed")
    list_filter = (MissingFilter,)
    search_fields = ("nazwa", "slug")
    prepopulated_fields = {"slug": ("nazwa",)}
    fields = ("nazwa", "slug", "opis")
    missing = {"spotkania": ("bez spotkań", Q(spotkania__isnull=True)), "opis": ("bez opisu", Q(opis=""))}
