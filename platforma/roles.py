"""The three roles and what each may do; applied after each `migrate`, shown in the admin."""

from django.apps.registry import Apps

CONTENT_APPS = ("praktyki", "spotkania")
ENTRIES = {  # what stands on its own; the other models are parts of these
    *("praktyka", "instrument", "terminroczny", "pytanie", "przypadekkreatora"),
    *("jst", "organizacja", "wojewodztwo", "temat", "odbiorca", "tag"),
    *("spotkanie", "cykl", "prelegent"),
}

REDAKTOR, WYDAWCA, ADMINISTRATOR = "redaktor", "wydawca", "administrator"


def may(role: str, app: str, model: str, action: str) -> bool:
    """Tell whether `role` holds `app.action_model`; actions are add, change, delete, view and publish.

    Redaktor writes everything and deletes only what is part of an entry; wydawca also publishes and deletes;
    administrator also manages people and the accessibility statement, sees the queue of e-mail and sends
    failed ones again. All keep the synonyms of the search, see what readers searched for and which links are
    broken, and decide what people sent in; wydawca reads the publications in the event log, administrator
    all of it.
    """
    if app in CONTENT_APPS:
        return (
            role != REDAKTOR
            or action in ("add", "change", "view")
            or (action == "delete" and model not in ENTRIES)
        )
    if app == "platforma" and model == "synonim":
        return action != "delete" or role != REDAKTOR
    if app == "platforma" and model in ("zapytanie", "sprawdzonyadres"):
        return action == "view"
    if app == "platforma" and model in ("zgloszenie", "zalacznik"):
        return action == "view" or (model == "zgloszenie" and action == "change")
    if app == "platforma" and model == "wiadomosc":
        return action in ("view", "change") and role == ADMINISTRATOR
    if app == "platforma" and model == "zdarzenie":
        return action == "view" and role != REDAKTOR
    if app == "auth":
        return role == ADMINISTRATOR and (model == "user" or (model == "group" and action == "view"))
    if app == "platforma" and model == "deklaracjadostepnosci":
        return role == ADMINISTRATOR and action != "delete"
    return False


def apply(apps: Apps) -> None:
    """Create the groups and give each exactly its permissions; safe to run again after new models came."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    permissions = list(Permission.objects.select_related("content_type"))
    for role in (REDAKTOR, WYDAWCA, ADMINISTRATOR):
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(
            permission
            for permission in permissions
            if may(
                role,
                permission.content_type.app_label,
                permission.content_type.model,
                permission.codename.split("_")[0],
            )
        )
