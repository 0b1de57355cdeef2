"""What the event log listens to: transitions, accounts, rights and logins."""

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils.timezone import localtime

from platforma.lib import audit_guard
from platforma.lib.audit import Zdarzenie, log, log_failed_login
from platforma.lib.history import state_changed
from platforma.lib.publication import Status

Rodzaj = Zdarzenie.Rodzaj
SWITCHES = {  # field: what to say when it is switched on, and off
    "is_active": ("Włączono konto.", "Wyłączono konto."),
    "is_staff": ("Dano wstęp do panelu.", "Odebrano wstęp do panelu."),
    "is_superuser": ("Dano prawa superużytkownika.", "Odebrano prawa superużytkownika."),
}
RIGHTS = {  # relation: what is given, said from its own side and from the other
    User.groups.through: ("role", "tę rolę"),
    User.user_permissions.through: ("prawa", "to prawo"),
    Group.permissions.through: ("prawa", "to prawo"),
}
WATCHED = ("username", "password", "email", *SWITCHES)
SHOWN_NAMES = 10


def connect() -> None:
    """Start to listen; called once when the apps are ready."""
    state_changed.connect(_state_changed, dispatch_uid="audit-state")
    pre_save.connect(_account_saving, sender=User, dispatch_uid="audit-saving")
    post_save.connect(_account_saved, sender=User, dispatch_uid="audit-saved")
    post_delete.connect(_account_deleted, sender=User, dispatch_uid="audit-deleted")
    for through, subjects in RIGHTS.items():
        uid = f"audit-{through._meta.label}"
        m2m_changed.connect(_Rights(*subjects), sender=through, weak=False, dispatch_uid=uid)
    user_logged_in.connect(_logged_in, dispatch_uid="audit-in")
    user_logged_out.connect(_logged_out, dispatch_uid="audit-out")
    user_login_failed.connect(_login_failed, dispatch_uid="audit-failed")


def guard(using, **kwargs):
    """Let the database itself refuse changes of the log; called after each `migrate`."""
    audit_guard.install(using)


def _state_changed(sender, instance, old, new, **kwargs):
    if not new:
        log(
            Rodzaj.USUNIECIE,
            f"Usunięto wpis: {instance._meta.verbose_name}, stan: {Status(old).label}.",
            obj=instance,
        )
    elif old or new != Status.DRAFT:
        change = f"{Status(old).label} → {Status(new).label}" if old else f"nowy wpis → {Status(new).label}"
        since = f", od {localtime(instance.published_at):%d.%m.%Y %H:%M}" if instance.is_scheduled() else ""
        reason = f". Powód: {instance.status_reason}" if instance.status_reason else ""
        log(Rodzaj.STAN, f"{change}{since}{reason}", obj=instance, by=instance.status_changed_by)


def _account_saving(sender, instance, update_fields=None, **kwargs):
    """Read what the account is like before; its login time alone is no event.

    A save of the password alone is Django's renewal of a hash at login.
    """
    watched = set(WATCHED if update_fields is None else update_fields) & set(WATCHED)
    instance._watched_before = (
        User.objects.filter(pk=instance.pk).values(*WATCHED).first()
        if instance.pk and watched and update_fields != frozenset({"password"})
        else None
    )


def _account_saved(sender, instance, created, raw=False, **kwargs):
    if created:
        rights = [
            on for name, (on, _off) in SWITCHES.items() if getattr(instance, name) and name != "is_active"
        ]
        log(Rodzaj.KONTO, " ".join(["Założono konto.", *rights]), obj=instance)
    elif before := instance._watched_before:
        for sentence, rodzaj in _changes(before, instance):
            log(rodzaj, sentence, obj=instance)


def _changes(before, account):
    if before["username"] != account.username:
        yield f"Zmieniono nazwę konta z „{before['username']}”.", Rodzaj.KONTO
    if before["password"] != account.password:
        yield "Zmieniono hasło.", Rodzaj.KONTO
    if before["email"] != account.email:
        yield "Zmieniono adres e-mail.", Rodzaj.KONTO
    for name, (on, off) in SWITCHES.items():
        if before[name] != getattr(account, name):
            yield (on if getattr(account, name) else off), Rodzaj.PRAWA


def _account_deleted(sender, instance, **kwargs):
    log(Rodzaj.KONTO, "Usunięto konto.", obj=instance)


class _Rights:
    """Listens to one relation of rights: what was given to whom, from either side."""

    def __init__(self, subject, subject_reversed):
        self.subjects = {False: subject, True: subject_reversed}

    def __call__(self, sender, instance, action, reverse, model, pk_set, using, **kwargs):
        if isinstance(instance, Group) and not audit_guard.has_table(using):
            return  # a `migrate` to an earlier state gives the roles their rights without a log
        if action == "pre_clear":
            instance._rights_to_clear = self._held(sender, instance)
        elif action in ("post_add", "post_remove") and pk_set:
            self._log(instance, action == "post_add", reverse, model._base_manager.filter(pk__in=pk_set))
        elif action == "post_clear" and instance._rights_to_clear:
            rows = model._base_manager.filter(pk__in=instance._rights_to_clear)
            self._log(instance, False, reverse, rows)

    def _held(self, through, instance):
        mine, other = _ends(through, type(instance))
        return list(through.objects.filter(**{mine: instance.pk}).values_list(other, flat=True))

    def _log(self, instance, given, reverse, rows):
        names = [row.codename if isinstance(row, Permission) else str(row) for row in rows]
        listed = ", ".join(names[:SHOWN_NAMES])
        more = f" i {len(names) - SHOWN_NAMES} innych" if len(names) > SHOWN_NAMES else ""
        verb = "Nadano" if given else "Odebrano"
        log(Rodzaj.PRAWA, f"{verb} {self.subjects[reverse]}: {listed}{more}.", obj=instance)


def _ends(through, model) -> tuple[str, str]:
    """Return the names of the two foreign keys of `through`, that to `model` first."""
    keys = [field for field in through._meta.fields if isinstance(field, models.ForeignKey)]
    keys.sort(key=lambda field: field.related_model is not model)
    return keys[0].attname, keys[1].attname


def _logged_in(sender, user, **kwargs):
    """Logins are rare and regular: with each, the events that were kept long enough go."""
    log(Rodzaj.LOGOWANIE, "Zalogowano.", obj=user, by=user)
    Zdarzenie.objects.expired().delete()


def _logged_out(sender, user, **kwargs):
    if user is not None:
        log(Rodzaj.WYLOGOWANIE, "Wylogowano.", obj=user, by=user)


def _login_failed(sender, credentials, **kwargs):
    """Name only an account that exists: whatever else was typed may be somebody's password."""
    name = credentials.get(User.USERNAME_FIELD) or ""
    log_failed_login(User.objects.filter(username=name).first() if name and "\0" not in name else None)
