"""The admin of meetings and their series."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from platforma.lib.admin import DeskAdmin, MissingFilter, section
from platforma.lib.admin_parts import CardInline, OrderedFormSet, SharedFormSet, TableInline, ZrodloInline
from platforma.lib.links.filters import LinkFilter
from platforma.lib.publication.admin import PublishableAdmin, ReviewFilter, StateFilter
from platforma.lib.stale import once

from ..actions import duplicate
from ..models import Cykl, Material, Spotkanie, Wypowiedz, Wystapienie, ZrodloSpotkania
from ..models.spotkanie import past_q, upcoming_q

SAID = Wypowiedz.objects.filter(spotkanie=OuterRef("pk"))
WNIOSKI = SAID.filter(typ=Wypowiedz.Typ.WNIOSEK)
ANNOUNCED = Q(streszczenie="") & ~Exists(SAID)  # nothing says how the meeting went


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
    fields = (
        ("position", "typ", "minuta"),
        "tresc",
        ("prelegent", "instrument", "praktyka"),
        "odpowiedz_na",
    )
    autocomplete_fields = ("prelegent", "instrument", "praktyka")
    classes = ("collapse",)

    def get_formset(self, request, obj=None, **kwargs):
        self.questions = Wypowiedz.objects.questions_for(obj)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "odpowiedz_na":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs | {"queryset": self.questions})
        field.choices = [("", "---------"), *((row.pk, Truncator(row).chars(90)) for row in self.questions)]
        return field  # its choices are read once, not once a statement


class MaterialInline(CardInline):
    model = Material
    formset = SharedFormSet
    fields = (("position", "rodzaj", "postac"), "tytul", "url", ("licencja", "publiczny_od"))
    show_change_link = True
    classes = ("collapse",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("praktyka")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.is_open = partial(self.admin_site.get_model_admin(Material).has_change_permission, request)
        return formset


class ZrodloSpotkaniaInline(ZrodloInline):
    model = ZrodloSpotkania
    classes = ("collapse",)


class TimeFilter(admin.SimpleListFilter):
    """Where a meeting stands in time; asked at each request, for the answer changes by itself."""

    title = "termin"
    parameter_name = "kiedy"
    conditions = {
        "nadchodzace": ("nadchodzące", lambda: upcoming_q()),
        "minione": ("minione", lambda: past_q()),
        "zapowiedzi": ("minione, a wciąż tylko zapowiedź", lambda: past_q() & Q(odwolano=None) & ANNOUNCED),
        "odwolane": ("odwołane", lambda: Q(odwolano__isnull=False)),
    }

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _condition) in self.conditions.items()]

    def queryset(self, request, queryset):
        _label, condition = self.conditions.get(self.value(), ("", Q))
        return queryset.filter(condition())


@admin.register(Spotkanie)
class SpotkanieAdmin(PublishableAdmin):
    change_form_template = "admin/spotkanie_change_form.html"
    list_display = ("tytul", "state", "termin", "rodzaj", "instrument_names", "changed", "page")
    list_filter = (
        *(StateFilter, ReviewFilter, MissingFilter, LinkFilter, TimeFilter),
        *("rodzaj", "forma", "instrumenty", "cykl", "rok"),
    )
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
            ("odwolano", "powod_odwolania"),
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

    def get_urls(self):
        return [
            path(
                "<int:pk>/powiel/",
                self.admin_site.admin_view(self.duplicate_view),
                name="spotkania_spotkanie_duplicate",
            ),
            path(
                "<int:pk>/program/",
                self.admin_site.admin_view(self.programme_view),
                name="spotkania_spotkanie_programme",
            ),
            *super().get_urls(),
        ]

    def duplicate_view(self, request, pk):
        """Ask, then make a draft like this meeting: the next one of a series."""
        spotkanie = get_object_or_404(Spotkanie, pk=pk)
        if not (self.has_view_permission(request, spotkanie) and self.has_add_permission(request)):
            raise PermissionDenied
        if request.method == "POST":
            made = once.made(once.form_key(request), partial(self._duplicate, request, spotkanie))
            self.message_user(request, "Powstał szkic nowego spotkania. Uzupełnij termin i streszczenie.")
            return redirect("admin:spotkania_spotkanie_change", made)
        context = {**self.admin_site.each_context(request), "title": "Powielanie", "spotkanie": spotkanie}
        context["nonce"] = once.new_nonce()
        return render(request, "admin/spotkanie_powiel.html", context | {"opts": self.opts})

    @transaction.atomic
    def _duplicate(self, request, spotkanie) -> int:
        copy = duplicate(spotkanie, by=request.user)
        self.log_addition(request, copy, f"Powielono spotkanie „{spotkanie}”.")
        return copy.pk

    def programme_view(self, request, pk):
        """The programme and the list of speakers on paper, of a draft too."""
        spotkanie = get_object_or_404(Spotkanie.objects.for_page(), pk=pk)
        if not self.has_view_permission(request, spotkanie):
            raise PermissionDenied
        return render(request, "admin/spotkanie_program.html", {"spotkanie": spotkanie})

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
