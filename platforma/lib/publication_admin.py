"""Publication in the admin: the state of an entry, and its transitions as buttons.

An editor without the right to publish (redaktor) changes drafts and entries in review. What readers already
see changes only through someone who may publish it, so that nothing appears on the site unchecked.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from platforma.lib.admin import DeskAdmin
from platforma.lib.preview.admin import PreviewAdmin
from platforma.lib.publication import Status, TransitionError, published_q

STEP = "_step"  # the name of the buttons
OPEN = (Status.DRAFT, Status.REVIEW)
SCHEDULED = "scheduled"


@dataclass(frozen=True)
class Step:
    """A transition: the method of Publishable, who may press its button, and the form field it reads."""

    name: str
    label: str
    done: str
    sources: tuple[Status, ...]
    right: str
    field: str = ""

    def arguments(self, data: dict) -> dict:
        """Return the keyword arguments of the method that the editor gave."""
        return {self.field.removeprefix("step_"): data[self.field]} if self.field else {}


STEPS = {
    step.name: step
    for step in (
        Step("submit", "Przekaż do sprawdzenia", "Przekazano do sprawdzenia", (Status.DRAFT,), "change"),
        Step("publish", "Opublikuj", "Opublikowano", (Status.REVIEW, Status.ARCHIVED), "publish", "step_at"),
        Step(
            "send_back",
            "Cofnij do szkicu",
            "Cofnięto do szkicu",
            (Status.REVIEW, Status.PUBLISHED),
            "publish",
            "step_reason",
        ),
        Step(
            "archive",
            "Przenieś do archiwum",
            "Przeniesiono do archiwum",
            (Status.PUBLISHED,),
            "publish",
            "step_reason",
        ),
    )
}


class PublicationForm(forms.ModelForm):
    """The entry with what its transitions ask for; a form with an error moves nothing."""

    step_at = forms.SplitDateTimeField(
        label="Data i godzina publikacji",
        required=False,
        widget=AdminSplitDateTime,
        help_text="Puste: od razu. Data w przyszłości: wpis sam pojawi się w serwisie.",
    )
    step_reason = forms.CharField(
        label="Powód",
        required=False,
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Przy cofnięciu: co poprawić (przeczyta to autor). Przy archiwizacji: dlaczego.",
    )

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if not name.startswith("step_")]

    def clean(self):
        super().clean()
        step = STEPS.get(self.data.get(STEP))
        for field in ("step_at", "step_reason"):
            if self.cleaned_data.get(field) and (step is None or step.field != field):
                buttons = " lub ".join(f"„{other.label}”" for other in STEPS.values() if other.field == field)
                self.add_error(field, f"To pole działa tylko z przyciskiem {buttons}.")
        at = self.cleaned_data.get("step_at")
        if at and at <= timezone.now():
            self.add_error("step_at", "Ta chwila już minęła; zostaw pole puste, aby opublikować od razu.")
        if step is STEPS["send_back"] and not self.cleaned_data.get("step_reason"):
            self.add_error("step_reason", "Napisz, co trzeba poprawić: przeczyta to autor.")
        return self.cleaned_data


def state_conditions() -> dict[str, Q]:
    """Return the condition of each state, scheduled told apart from published."""
    states = {state: Q(status=state) for state in Status.values}
    return states | {
        Status.PUBLISHED: published_q(),
        SCHEDULED: Q(status=Status.PUBLISHED) & ~published_q(),
    }


class StateFilter(admin.SimpleListFilter):
    title = "stan"
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [*Status.choices, (SCHEDULED, "zaplanowane")]

    def queryset(self, request, queryset):
        return queryset.filter(state_conditions().get(self.value(), Q()))


class PublishableAdmin(PreviewAdmin, DeskAdmin):
    form = PublicationForm
    change_form_template = "admin/publishable_change_form.html"

    @admin.display(description="stan", ordering="status")
    def state(self, obj):
        label = "zaplanowane" if obj.is_scheduled() else obj.get_status_display()
        kind = SCHEDULED if obj.is_scheduled() else obj.status
        return format_html('<span class="state state-{}">{}</span>', kind, label)

    @admin.display(description="strona")
    def page(self, obj):
        if not (obj.is_published() or obj.is_archived):
            label = f"podgląd strony: {obj}"
            return format_html('<a href="{}" aria-label="{}">podgląd</a>', self.preview_url(obj), label)
        label = f"zobacz na stronie: {obj}"
        return format_html('<a href="{}" aria-label="{}">zobacz</a>', obj.get_absolute_url(), label)

    def slug_is_fixed(self, obj):
        return obj is not None and obj.published_at is not None

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
            steps.remove(STEPS["archive"])
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
            steps = self.steps_for(request, obj)
            form = context["adminform"].form
            asked = {step.field for step in steps if step.field}
            context["publication"] = {
                "state": self.state(obj),
                "steps": steps,
                "fields": [form[name] for name in ("step_at", "step_reason") if name in asked],
                "is_closed": self.has_right(request, "change")
                and not self.has_change_permission(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.step_data = form.cleaned_data

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
        except TransitionError as error:
            self.message_user(request, f"Zapisano zmiany, ale nie stan: {error}", messages.ERROR)
            return
        detail = arguments.get("reason") or ""
        if obj.is_scheduled():
            detail = f"od {formats.localize(timezone.localtime(obj.published_at))}"
        message = f"{step.done}: {detail}" if detail else step.done
        super().log_change(request, obj, message)
        self.message_user(request, f"„{obj}” – {message}", messages.SUCCESS)
