"""The accessibility statement and the people of the editors' desk.

Rights come from roles only (platforma.roles): nobody gets a single permission, and a person who is not a
superuser manages only accounts that hold nothing but roles, so that none can rise above them.
"""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.text import capfirst

from platforma import admin_links, admin_mail, admin_search, audit_admin, roles  # noqa: F401  (four register pages)
from platforma.lib.admin import (
    DeskAdmin,
    ReadOnly,
    section,
)
from platforma.models import DeklaracjaDostepnosci
from platforma.zgloszenia import admin as zgloszenia_admin  # noqa: F401  (registers its own pages)

ROLES = (roles.REDAKTOR, roles.WYDAWCA, roles.ADMINISTRATOR)
ROLES_ABOUT = (
    "Redaktor pisze i przekazuje do sprawdzenia. Wydawca także publikuje, cofa, archiwizuje i usuwa. "
    "Administrator także zarządza kontami. Kto traci dostęp, tego konto wyłącz, zamiast je usuwać."
)
ACTIONS = {"view": "ogląda", "add": "dodaje", "change": "zmienia", "delete": "usuwa", "publish": "publikuje"}

admin.site.unregister((User, Group))


@admin.register(DeklaracjaDostepnosci)
class DeklaracjaDostepnosciAdmin(DeskAdmin):
    """One row at most: its list leads straight to the form."""

    view_on_site = False
    fieldsets = (
        section(
            "Podmiot i serwis",
            *("podmiot", ("data_publikacji", "data_aktualizacji")),
            about="Z tych danych powstaje strona „Dostępność”; puste pole to tam „brak danych”.",
        ),
        section("Zgodność", "status", "tresci_niedostepne"),
        section("Ocena", "ocena", "audytor", ("data_sporzadzenia", "data_przegladu")),
        section("Kontakt", "osoba", "email", "telefon"),
        section("Siedziba i aplikacje", "architektura", "aplikacje"),
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not DeklaracjaDostepnosci.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        row = DeklaracjaDostepnosci.objects.first()
        if row is None:
            return redirect("admin:platforma_deklaracjadostepnosci_add")
        return redirect("admin:platforma_deklaracjadostepnosci_change", row.pk)


@admin.register(User)
class KontoAdmin(DeskAdmin, UserAdmin):
    history_in_event_log = True
    list_display = ("username", "first_name", "last_name", "role_names", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    list_prefetch_related = ("groups",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        section(None, "username", "password"),
        section("Osoba", ("first_name", "last_name"), "email"),
        section("Uprawnienia", "groups", "is_active", "is_staff", about=ROLES_ABOUT),
        section("Daty", ("last_login", "date_joined")),
    )
    add_fieldsets = (
        section(None, "username", "usable_password", "password1", "password2"),
        section("Osoba", ("first_name", "last_name"), "email"),
        section("Uprawnienia", "groups", "is_staff", about=ROLES_ABOUT),
    )

    @admin.display(description="role")
    def role_names(self, obj):
        names = [group.name for group in obj.groups.all()]
        return ", ".join(["superużytkownik", *names] if obj.is_superuser else names)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            fieldsets = (*fieldsets, section("Superużytkownik", "is_superuser"))
        return fieldsets

    def get_changeform_initial_data(self, request):
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple
            kwargs["queryset"] = Group.objects.order_by("pk")
            if not request.user.is_superuser:
                kwargs["queryset"] = kwargs["queryset"].filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_manage(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Keep every account that did something, or the history would lose its author."""
        if not super().has_delete_permission(request, obj) or not may_manage(request.user, obj):
            return False
        return obj is None or not LogEntry.objects.filter(user=obj).exists()


def may_manage(user, account) -> bool:
    """Tell whether `user` may touch `account`: a superuser any, others one with nothing but roles."""
    if account is None or user.is_superuser:
        return True
    beyond_roles = account.groups.exclude(name__in=ROLES).exists() or account.user_permissions.exists()
    return not (account.is_superuser or beyond_roles)


@admin.register(Group)
class RolaAdmin(ReadOnly, DeskAdmin):
    """What each role may do, to read: the roles are written in platforma.roles."""

    history_in_event_log = True
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("pk",)
    fields = ("name", "rights")
    readonly_fields = ("rights",)

    @admin.display(description="co może")
    def rights(self, obj):
        held = set(obj.permissions.values_list("content_type__app_label", "codename"))
        rows = []
        for model in admin.site._registry:
            name, app = model._meta.model_name, model._meta.app_label
            actions = [word for action, word in ACTIONS.items() if (app, f"{action}_{name}") in held]
            if actions:
                rows.append((capfirst(model._meta.verbose_name_plural), ", ".join(actions)))
        return format_html_join("", "<p><strong>{}</strong>: {}</p>", sorted(rows))
