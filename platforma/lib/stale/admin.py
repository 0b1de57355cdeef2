"""Two editors at once: a form that is older than its entry saves nothing, shows both versions and asks.

Every form of the desk carries what it showed (`seen`). A save compares that with what is stored, inside the
transaction and with the row locked; the answer to a difference is a page (409) where the editor chooses. What
was chosen comes back as an ordinary save: through the form, the rights and this comparison once more.
"""

import json
import secrets
from copy import copy
from datetime import timedelta

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, quote, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from platforma.lib.publication import Publishable, Status
from platforma.lib.stale import once, page, snapshots
from platforma.lib.stale.seen import FIELD, OPENED, Seen, given_to
from platforma.lib.stale.versions import Versions

CONFLICT, CHOICE = "_conflict", "_choice-"
MINE, THEIRS = "mine", "theirs"
RECENTLY = timedelta(minutes=15)


class StaleForms:
    """Mixin of a ModelAdmin: a stale form overwrites nothing, a form sent twice adds nothing twice."""

    def locked_before(self, obj) -> list:
        """Return the rows to lock before `obj`: those that saving it saves too.

        Forms that lock the same rows in the same order never wait for each other in a circle.
        """
        return []

    def pressed_step(self, request, obj) -> tuple[str, str, str] | tuple[()]:
        """Return the name, value and label of the special button pressed, if it works on `obj` now."""
        return ()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        is_settled = _apply_choices(request)
        seen = given_to(request, FIELD if is_settled else OPENED)
        try:
            with transaction.atomic():
                answer = self._answer(request, object_id, seen)
                return answer or view(request, object_id, form_url, extra_context)
        except once.TakenError:
            with transaction.atomic():
                return self._answer(request, object_id, seen)

    def _answer(self, request, object_id, seen):
        """Return the answer to a form that must not be saved; None where it may be."""
        if object_id is None:
            if seen is None or seen.entry != self._entry_name(""):
                return None
            key = once.taken(seen.nonce) or once.taken(once.content_key(request, seen.entry))
            return self._answer_taken(request, key, seen) if key else None
        key = unquote(object_id)
        obj = self._locked(request, key)
        if seen and seen.entry != self._entry_name(key):
            seen = None
        if obj is None or not self.has_change_permission(request, obj):
            return self._keep(request, key, obj, seen) if seen else None
        versions = self._versions(request, obj, seen)
        has_moved = seen is not None and seen.shown["state"] != _state(obj)
        if versions is None or (versions.is_fresh() and not has_moved):
            return None
        if self._is_repeated(request, versions, obj, has_moved):
            return super().response_change(request, obj)
        return self._ask(request, obj, versions, seen, has_moved)

    def _answer_taken(self, request, key, seen):
        """Answer a form that has added its row already: with the row, or with what differs from it."""
        obj = self._locked(request, str(key))
        if obj is None:
            return self._keep(request, str(key), obj, seen)
        versions = self._versions(request, obj, seen)
        if versions is None or not versions.brings(self._not_stored(versions)):
            return self.response_add(request, obj)
        return self._ask(request, obj, versions, seen, has_moved=False)

    def save_model(self, request, obj, form, change):
        if not change and (nonce := self._nonce(request)):
            once.take(nonce)
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        if nonce := self._nonce(request):
            once.note_result(nonce, obj.pk)
            content = once.content_key(request, self._entry_name(""))
            once.note_result(content, obj.pk, once.CONTENT_KEPT_FOR)
        return super().log_addition(request, obj, message)

    def _nonce(self, request):
        seen = given_to(request, FIELD)
        return seen.nonce if seen and seen.entry == self._entry_name("") else ""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        may_save = self.has_change_permission(request, obj) if change else True
        if may_save:
            context["seen_token"] = (
                request.POST.get(FIELD, "") if form.is_bound else self._sign(request, context, obj)
            )
            context["recent"] = change and not form.is_bound and _recent(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _sign(self, request, context, obj):
        formsets = [part.formset for part in context["inline_admin_formsets"] if part.has_change_permission]
        return self._seen(request, obj, context["adminform"].form, formsets).sign()

    def _seen(self, request, obj, form, formsets) -> Seen:
        shown = snapshots.snapshot(form, formsets) | {"state": _state(obj)}
        if obj is None:
            return Seen(self._entry_name(""), request.user.pk, shown, nonce=secrets.token_urlsafe(16))
        last = _history(obj.__class__, obj.pk).order_by("-pk").values_list("pk", flat=True).first()
        return Seen(self._entry_name(obj.pk), request.user.pk, shown, log=last or 0)

    def _entry_name(self, key):
        return f"{self.opts.label_lower}:{key}"

    def _locked(self, request, key):
        """Return the row as it is once nobody else is saving it; None where there is none."""
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            return None
        obj = self.get_object(request, key, to_field)
        for row in [*self.locked_before(obj), obj] if obj else []:
            # Without the key, or it would wait for others who only link to the row, and they for it.
            rows = row._meta.model._base_manager.select_for_update(no_key=True)
            rows.filter(pk=row.pk).first()
        return obj and self.get_object(request, key, to_field)

    def _stored(self, request, obj):
        """Return the form and the open inlines, unbound, as a page opened now would show them."""
        reading = copy(request)
        reading.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(reading, obj))
        form = self.get_form(reading, obj, change=obj is not None, fields=fields)(instance=obj)
        formsets, inlines = self._create_formsets(reading, form.instance, change=obj is not None)
        parts = zip(formsets, inlines, strict=True)
        return form, [part for part, inline in parts if inline.has_change_permission(reading, obj)]

    def _versions(self, request, obj, seen):
        """Return the three versions of the entry; None where it is as it was shown: the usual case."""
        form, formsets = self._stored(request, obj)
        shown = seen and seen.shown
        if obj and shown == snapshots.snapshot(form, formsets) | {"state": _state(obj)}:
            return None
        versions = Versions(shown, form, formsets, request.POST, request.FILES)
        versions.now = (form, formsets)
        return versions

    def _not_stored(self, versions) -> set[str]:
        """Return the fields of the form that belong to its buttons, not to the entry."""
        stored = {field.name for field in self.opts.get_fields()}
        return {part.key for part in versions.parts} - stored

    def _is_repeated(self, request, versions, obj, has_moved):
        """Tell whether this form was saved already, by the same person: a double click, a reload."""
        ignored = self._not_stored(versions)
        if versions.leaves(ignored) or versions.brings(ignored):
            return False
        if has_moved:
            return obj.status_changed_by_id == request.user.pk and not self.pressed_step(request, obj)
        return versions.is_done(ignored)

    def _ask(self, request, obj, versions, seen, has_moved):
        """Show both versions; nothing is saved."""
        lines = _history(obj.__class__, obj.pk).filter(pk__gt=seen.log).order_by("pk") if seen else ()
        button = self.pressed_step(request, obj)
        context = page.page(versions, () if button else self._not_stored(versions)) | {
            "lines": lines,
            "is_known": seen is not None,
            "moved": has_moved and (Status(seen.shown["state"][0]).label, obj.get_status_display()),
            "button": button,
            "to_field": request.POST.get(TO_FIELD_VAR),
            "step_was_pressed": "_step" in request.POST,
            "action": f"{self._url(obj)}?{request.GET.urlencode()}".rstrip("?"),
            "entry_url": self._url(obj),
            "is_only_me": bool(lines) and {line.user_id for line in lines} == {request.user.pk},
            "seen_token": self._seen(request, obj, *versions.now).sign(),
            "opened_token": request.POST.get(OPENED) or request.POST.get(FIELD, ""),
        }
        return self._conflict_page(request, "admin/stale_conflict.html", "Dwie wersje wpisu", context, obj)

    def _keep(self, request, key, obj, seen):
        """Show what was typed into an entry that is gone or closed; nothing is saved."""
        form, formsets = self._stored(request, None)
        versions = Versions(seen.shown, form, formsets, request.POST, request.FILES)
        context = {
            "kept": versions.typed(),
            "entry_url": self._url(obj) if obj else "",
            "line": _history(self.model, key)
            .filter(pk__gt=seen.log, **({} if obj else {"action_flag": DELETION}))
            .order_by("-pk")
            .first(),
        }
        title = "Tego wpisu nie możesz już zmienić" if obj else "Tego wpisu już nie ma"
        return self._conflict_page(request, "admin/stale_kept.html", title, context, obj)

    def _url(self, obj):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(obj.pk)])

    def _conflict_page(self, request, template, title, context, obj):
        is_popup = IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET
        context |= self.admin_site.each_context(request)
        context |= {"title": title, "opts": self.opts, "original": obj, "is_popup": is_popup}
        return TemplateResponse(request, template, context, status=409)


def _apply_choices(request) -> bool:
    """Put the others' version where the editor chose it; False where a choice is missing."""
    asked = request.POST.getlist(CONFLICT)
    choices = [request.POST.get(f"{CHOICE}{number}") for number in range(len(asked))]
    if not set(choices) <= {MINE, THEIRS}:
        return False
    data = request.POST.copy()
    for text, choice in zip(asked, choices, strict=True):
        if choice == THEIRS:
            _take_theirs(data, request.FILES, text)
    request.POST = data
    return True


def _take_theirs(data, files, text):
    try:
        theirs = json.loads(text)
        for name in theirs["names"]:
            data.pop(name, None)
            files.pop(name, None)
        for name, value in theirs["pairs"]:
            data.appendlist(name, value)
    except (ValueError, TypeError, KeyError) as error:
        raise BadRequest("Formularz zawiera niezrozumiały wybór.") from error


def _state(obj):
    """Return what only the buttons change, as plain data."""
    if not isinstance(obj, Publishable):
        return None
    moments = (obj.published_at, obj.status_changed_at)
    return [obj.status, *(moment and moment.isoformat() for moment in moments)]


def _history(model, key):
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    return LogEntry.objects.filter(content_type=content_type, object_id=str(key)).select_related("user")


def _recent(request, obj):
    """Return the last line of the entry's history, if somebody else wrote it a moment ago."""
    since = timezone.now() - RECENTLY
    return _history(obj.__class__, obj.pk).filter(action_time__gte=since).exclude(user=request.user).first()
