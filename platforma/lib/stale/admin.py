"""Two editors at once: a form that is older than its entry saves nothing, shows both versions and asks.

Every form of the desk carries what it showed (`seen`). A save compares that with what is stored, inside the
transaction and with the row locked; the answer to a difference is a page (409) where the editor chooses. What
was chosen comes back as an ordinary save: through the form, the rights and this comparison once more. A step
of publication is taken only from a form whose `seen` is known and still true.
"""

from copy import copy

from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import transaction

from platforma.lib.publication import Publishable
from platforma.lib.publication.form import STEP
from platforma.lib.stale import once, snapshots
from platforma.lib.stale.answers import StaleAnswers, log_of, recent_line
from platforma.lib.stale.choices import apply_choices
from platforma.lib.stale.locking import HeldRows
from platforma.lib.stale.seen import FIELD, OPENED, Seen, given_to
from platforma.lib.stale.versions import Versions


class StaleForms(StaleAnswers, HeldRows):
    """Mixin of a ModelAdmin: a stale form overwrites nothing, a form sent twice adds nothing twice."""

    def pressed_step(self, request, obj) -> tuple[str, str, str] | tuple[()]:
        """Return the name, value and label of the special button pressed, if it works on `obj` now."""
        return ()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        is_settled = apply_choices(request)
        seen = given_to(request, FIELD if is_settled else OPENED)
        try:
            with transaction.atomic():
                if answer := self._stale_answer(request, object_id, seen):
                    return answer
                answer = view(request, object_id, form_url, extra_context)
                is_refused = object_id is None and answer.status_code == 200
                # The form may have been refused for what its own twin has just added.
                return (is_refused and self._stale_answer(request, object_id, seen)) or answer
        except once.TakenError:
            with transaction.atomic():
                return self._stale_answer(request, object_id, seen)

    def _stale_answer(self, request, object_id, seen):
        """Return the answer to a form that must not be saved; None where it may be."""
        if object_id is None:
            if seen is None or seen.entry != self._seen_entry(""):
                return None
            key = once.taken(seen.nonce) or once.taken(once.content_key(request, seen.entry))
            return self._answer_taken(request, key, seen) if key else None
        key = unquote(object_id)
        obj = self._asked_for(request, key)
        if seen and seen.entry != self._seen_entry(key):
            seen = None
        if obj is None or not self.has_change_permission(request, obj):
            return self._kept(request, key, obj, seen) if seen else None
        versions = self._versions(request, obj, seen)
        has_moved = seen is not None and seen.shown["state"] != _state(obj)
        is_blind = seen is None and STEP in request.POST
        if versions is None or (versions.is_fresh() and not (has_moved or is_blind)):
            return None
        if not is_blind and self._is_repeated(request, versions, obj, has_moved):
            return super().response_change(request, obj)
        return self._asked(request, obj, versions, seen, has_moved)

    def _answer_taken(self, request, key, seen):
        """Answer a form that has added its row already: with the row, or with what differs from it."""
        obj = self._asked_for(request, str(key))
        if obj is None:
            return self._kept(request, str(key), obj, seen)
        versions = self._versions(request, obj, seen)
        if versions is None or not versions.brings(self._not_stored(versions)):
            return self.response_add(request, obj)
        return self._asked(request, obj, versions, seen, has_moved=False)

    def save_model(self, request, obj, form, change):
        if not change and (nonce := self._nonce(request)):
            once.take(nonce)
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        if nonce := self._nonce(request):
            once.note_result(nonce, obj.pk)
            content = once.content_key(request, self._seen_entry(""))
            once.note_result(content, obj.pk, once.CONTENT_KEPT_FOR)
        return super().log_addition(request, obj, message)

    def _nonce(self, request):
        seen = given_to(request, FIELD)
        return seen.nonce if seen and seen.entry == self._seen_entry("") else ""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        may_save = self.has_change_permission(request, obj) if change else True
        if may_save:
            context["seen_token"] = (
                request.POST.get(FIELD, "") if form.is_bound else self._sign(request, context, obj)
            )
            context["recent"] = change and not form.is_bound and recent_line(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _sign(self, request, context, obj):
        formsets = [part.formset for part in context["inline_admin_formsets"] if part.has_change_permission]
        return self._seen(request, obj, context["adminform"].form, formsets).sign()

    def _seen(self, request, obj, form, formsets) -> Seen:
        shown = snapshots.snapshot(form, formsets) | {"state": _state(obj)}
        if obj is None:
            return Seen(self._seen_entry(""), request.user.pk, shown, nonce=once.new_nonce())
        last = log_of(obj.__class__, obj.pk).order_by("-pk").values_list("pk", flat=True).first()
        return Seen(self._seen_entry(obj.pk), request.user.pk, shown, log=last or 0)

    def _seen_entry(self, key):
        return f"{self.opts.label_lower}:{key}"

    def _asked_for(self, request, key):
        """Return the row that the form is about, held; None where there is none."""
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            return None
        return self.get_object(request, key, to_field)

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
        return Versions(shown, form, formsets, request.POST, request.FILES)

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

    def _asked(self, request, obj, versions, seen, has_moved):
        token = self._seen(request, obj, versions.form, versions.formsets).sign()
        return self.ask(request, obj, versions, seen, token, self._not_stored(versions), has_moved)

    def _kept(self, request, key, obj, seen):
        form, formsets = self._stored(request, None)
        versions = Versions(seen.shown, form, formsets, request.POST, request.FILES)
        return self.give_back(request, key, obj, versions, seen)


def _state(obj):
    """Return what only the buttons change, as plain data."""
    if not isinstance(obj, Publishable):
        return None
    moments = (obj.published_at, obj.status_changed_at)
    return [obj.status, *(moment and moment.isoformat() for moment in moments)]
