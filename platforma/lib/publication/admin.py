"""Publication in the admin: the state of an entry, and its transitions as buttons.

An editor without the right to publish (redaktor) changes drafts and entries in review. What readers already
see changes only through someone who may publish it, so that nothing appears on the site unchecked.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join

from platforma.lib import handbook
from platforma.lib.admin import DeskAdmin
from platforma.lib.desk_address import desk_address
from platforma.lib.preview.admin import PreviewAdmin
from platforma.lib.publication import NotReadyError, Status, TransitionError, published_q
from platforma.lib.publication.form import STEP, STEPS, PublicationForm, Step, step_fields
from platforma.lib.publication.readiness import summary

OPEN = (Status.DRAFT, Status.REVIEW)
SCHEDULED, MINE, SENT_BACK = "scheduled", "mine", "sent_back"


def state_conditions(user) -> dict[str, Q]:
    """Return the condition of each state, scheduled told apart from published, the drafts of `user` too."""
    states = {state: Q(status=state) for state in Status.values}
    return states | {
        Status.PUBLISHED: published_q(),
        SCHEDULED: Q(status=Status.PUBLISHED) & ~published_q(),
        MINE: Q(status=Status.DRAFT, created_by=user.pk),
        SENT_BACK: Q(status=Status.DRAFT) & ~Q(status_reason=""),
    }


class StateFilter(admin.SimpleListFilter):
    title = "stan"
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        special = [(SCHEDULED, "zaplanowane"), (MINE, "moje szkice"), (SENT_BACK, "cofnięte do poprawy")]
        return [*Status.choices, *special]

    def queryset(self, request, queryset):
        return queryset.filter(state_conditions(request.user).get(self.value(), Q()))


class ReviewFilter(admin.SimpleListFilter):
    """The public entries whose day of review has come or is near."""

    title = "przegląd"
    parameter_name = "przeglad"

    def lookups(self, request, model_admin):
        return [("zalegly", "po terminie"), ("wkrotce", "w ciągu 30 dni")]

    def queryset(self, request, queryset):
        if self.value() == "zalegly":
            return queryset.overdue()
        soon = timezone.localdate() + timedelta(days=30)
        return queryset.due_by(soon) if self.value() == "wkrotce" else queryset


class PublishableAdmin(PreviewAdmin, DeskAdmin):
    form = PublicationForm
    change_form_template = "admin/publishable_change_form.html"

    def badge(self, obj):
        label = "zaplanowane" if obj.is_scheduled() else obj.get_status_display()
        kind = SCHEDULED if obj.is_scheduled() else obj.status
        return format_html('<span class="state state-{}">{}</span>', kind, label)

    @admin.display(description="stan", ordering="status")
    def state(self, obj):
        """Return the state as a badge, of an entry that was sent back with the reason."""
        shown = self.badge(obj)
        if obj.status == Status.DRAFT and obj.status_reason:
            return format_html('{}<p class="sent-back">{}</p>', shown, obj.status_reason)
        return shown

    @admin.display(description="strona")
    def page(self, obj):
        if not obj.is_readable():
            label = f"podgląd strony: {obj}"
            return format_html(
                '<a href="{}" aria-label="{}">podgląd</a>', desk_address(obj, "preview"), label
            )
        label = f"zobacz na stronie: {obj}"
        return format_html('<a href="{}" aria-label="{}">zobacz</a>', obj.get_absolute_url(), label)

    def slug_is_fixed(self, obj):
        return obj is not None and (obj.first_published_at or obj.published_at) is not None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj:
            form.base_fields["step_successor"] = self._successor_field(request, obj)
        return form

    def _successor_field(self, request, obj):
        field = self.formfield_for_dbfield(self.opts.get_field("successor"), request)
        field.label, field.queryset = "Następca", self.model._default_manager.exclude(pk=obj.pk)
        hint = "Niekonieczny. Czytelnik zobaczy go, gdy będzie opublikowany."
        field.help_text = handbook.with_link(self.opts.get_field("successor"), hint)
        return field

    def get_fieldsets(self, request, obj=None):
        """Leave the successor to the step that archives; an archived entry has it among its fields."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and obj.is_archived:
            return fieldsets
        return [
            (name, options | {"fields": [field for field in options["fields"] if field != "successor"]})
            for name, options in fieldsets
        ]

    def has_right(self, request, right) -> bool:
        """Tell whether the user holds the permission `right` ("change", "publish") of this model."""
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(right, self.opts)}")

    def has_change_permission(self, request, obj=None):
        may_touch = obj is None or obj.status in OPEN or self.has_right(request, "publish")
        return super().has_change_permission(request, obj) and may_touch

    def open_to(self, request):
        """Return the entries that the user may change, by their state."""
        entries = self.model._default_manager.all()
        return entries if self.has_right(request, "publish") else entries.filter(status__in=OPEN)

    def steps_for(self, request, obj) -> list[Step]:
        """Return the transitions that this entry's state and this user's rights allow."""
        if not self.has_change_permission(request, obj):
            return []
        steps = [step for step in STEPS.values() if obj.status in step.sources]
        if obj.is_scheduled():
            steps = [step for step in steps if not step.needs_public]
        if obj.publication_bar(request.user):
            steps = [step for step in steps if step.name != "publish"]
        return [step for step in steps if self.has_right(request, step.right)]

    def pressed_step(self, request, obj):
        steps = (step for step in self.steps_for(request, obj) if step.name == request.POST.get(STEP))
        return next(((STEP, step.name, step.label) for step in steps), ())

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        name = request.POST.get(STEP)
        if name is not None and not (name in STEPS and self.has_right(request, STEPS[name].right)):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context["publication"] = self._publication(request, obj, context["adminform"].form)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _publication(self, request, obj, form) -> dict:
        steps = self.steps_for(request, obj)
        may_publish = self.has_right(request, "publish") and obj.status in STEPS["publish"].sources
        return {
            "state": self.badge(obj),
            "groups": [
                {"name": name, "steps": members, "fields": [form[field] for field in step_fields(members)]}
                for name in ("state", "review")
                if (members := [step for step in steps if step.group == name])
            ],
            "bar": obj.publication_bar(request.user) if may_publish else "",
            "may_publish": may_publish,
            "two_people": settings.TWO_PERSON_RULE,
            "readiness": summary(obj.needs()),
            "is_overdue": obj.is_overdue(),
            "is_closed": self.has_right(request, "change") and not self.has_change_permission(request, obj),
        }

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.step_data = form.cleaned_data
        if not change or form.changed_data or any(formset.has_changed() for formset in formsets):
            self.credit(request, form.instance)

    def credit(self, request, obj):
        obj.contributors.add(request.user)

    def history_restored(self, request, obj):
        """Count who goes back to an old version among the authors; a deleted entry gets its maker anew."""
        super().history_restored(request, obj)
        if obj.created_by_id is None:
            self.model.objects.filter(pk=obj.pk).update(created_by=request.user)

    def log_change(self, request, obj, message):
        """Log the edit, unless there was none beside the transition, which has a line of its own."""
        return super().log_change(request, obj, message) if message or STEP not in request.POST else None

    def response_change(self, request, obj):
        if STEP not in request.POST:
            return super().response_change(request, obj)
        self._take(STEPS[request.POST[STEP]], request, obj)
        return HttpResponseRedirect(request.get_full_path())

    def _take(self, step, request, obj):
        arguments = step.arguments(request.step_data)
        try:
            getattr(obj, step.name)(by=request.user, **arguments)
        except NotReadyError as error:
            links = format_html_join(", ", '<a href="#{}">{}</a>', _links(error.needs))
            text = format_html("Zapisano zmiany, ale nie opublikowano. Najpierw uzupełnij: {}.", links)
            self.message_user(request, text, messages.ERROR)
            return
        except TransitionError as error:
            self.message_user(request, f"Zapisano zmiany, ale nie stan: {error}", messages.ERROR)
            return
        detail = arguments.get("reason") or ""
        if obj.is_scheduled():
            detail = f"od {formats.localize(timezone.localtime(obj.published_at))}"
        if step.group == "review":
            detail = f"następny przegląd do {formats.localize(obj.przeglad_do)}"
        message = f"{step.done}: {detail}" if detail else step.done
        super().log_change(request, obj, message)
        self.message_user(request, f"„{obj}” – {message}", messages.SUCCESS)


def _links(needs):
    return ((need.anchor, need.label) for need in needs)
