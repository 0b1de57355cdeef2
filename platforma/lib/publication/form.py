"""The steps of publication as buttons of a form: which there are, what each asks for, and what it refuses."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AdminTextareaWidget
from django.utils import timezone
from django.utils.functional import cached_property

from platforma.lib.publication import Status
from platforma.lib.publication.transitions import (
    ARCHIVE_ASKS,
    DUE_ASKS,
    MAX_REVIEW_MONTHS,
    SEND_BACK_ASKS,
    TOO_FAR_AHEAD,
    is_review_day,
    is_too_far_ahead,
)

STEP = "_step"  # the name of the buttons
AT_PARTS = ("Dzień publikacji", "Godzina publikacji")


@dataclass(frozen=True)
class Step:
    """A transition: the method of Publishable, who may press its button, and the form fields it reads.

    `required` maps those of its fields that must be filled to what the form says where they are not.
    """

    name: str
    label: str
    done: str
    sources: tuple[Status, ...]
    right: str
    fields: tuple[str, ...] = ()
    required: tuple[tuple[str, str], ...] = ()
    group: str = "state"
    needs_public: bool = False

    def arguments(self, data: dict) -> dict:
        """Return the keyword arguments of the method that the editor gave."""
        return {name.removeprefix("step_"): data[name] for name in self.fields}


STEPS = {
    step.name: step
    for step in (
        Step("submit", "Przekaż do sprawdzenia", "Przekazano do sprawdzenia", (Status.DRAFT,), "change"),
        Step(
            "publish",
            "Opublikuj",
            "Opublikowano",
            (Status.REVIEW, Status.ARCHIVED),
            "publish",
            ("step_at", "step_due"),
        ),
        Step(
            "send_back",
            "Cofnij do szkicu",
            "Cofnięto do szkicu",
            (Status.REVIEW, Status.PUBLISHED),
            "publish",
            ("step_reason",),
            (("step_reason", SEND_BACK_ASKS),),
        ),
        Step(
            "archive",
            "Przenieś do archiwum",
            "Przeniesiono do archiwum",
            (Status.PUBLISHED,),
            "publish",
            ("step_reason", "step_successor"),
            (("step_reason", ARCHIVE_ASKS),),
            needs_public=True,
        ),
        Step(
            "confirm",
            "Sprawdzone, nadal aktualne",
            "Sprawdzono, nadal aktualne",
            (Status.PUBLISHED,),
            "publish",
            ("step_due",),
            group="review",
            needs_public=True,
        ),
        Step(
            "plan_review",
            "Zmień tylko termin",
            "Zmieniono termin przeglądu",
            (Status.PUBLISHED,),
            "publish",
            ("step_due",),
            (("step_due", DUE_ASKS),),
            group="review",
            needs_public=True,
        ),
    )
}


def step_fields(steps) -> list[str]:
    """Return the names of the fields that `steps` read, each once."""
    return list(dict.fromkeys(name for step in steps for name in step.fields))


class PublicationForm(forms.ModelForm):
    """The entry with what its transitions ask for; a form with an error moves nothing."""

    step_at = forms.SplitDateTimeField(
        label="Data i godzina publikacji",
        required=False,
        widget=AdminSplitDateTime,
        help_text="Puste: od razu. Data w przyszłości: wpis sam pojawi się w serwisie.",
    )
    step_due = forms.DateField(
        label="Przejrzeć do",
        required=False,
        widget=AdminDateWidget,
        help_text="Puste: za dwanaście miesięcy. Do tego dnia ktoś sprawdzi, czy wpis jest aktualny.",
    )
    step_reason = forms.CharField(
        label="Powód",
        required=False,
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Przy cofnięciu: co poprawić (przeczyta to autor). Przy archiwizacji: dlaczego "
        "(przeczytają to czytelnicy).",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part, name in zip(self.fields["step_at"].widget.widgets, AT_PARTS, strict=True):
            part.attrs["aria-label"] = name  # Django leaves the two fields without labels

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if not name.startswith("step_")]

    def clean(self):
        super().clean()
        step = STEPS.get(self.data.get(STEP))
        self._refuse_strays(step)
        if step:
            self._check(step)
        return self.cleaned_data

    def _refuse_strays(self, step):
        """Say so where a field is filled that the pressed button does not read."""
        for field in step_fields(STEPS.values()):
            if self.cleaned_data.get(field) and (step is None or field not in step.fields):
                readers = (other for other in STEPS.values() if field in other.fields)
                buttons = " lub ".join(f"„{other.label}”" for other in readers)
                self.add_error(field, f"To pole działa tylko z przyciskiem {buttons}.")

    def _check(self, step):
        for field, asks in step.required:
            if not self.cleaned_data.get(field) and field not in self.errors:
                self.add_error(field, asks)
        at = self.cleaned_data.get("step_at")
        if at and at <= timezone.now():
            self.add_error("step_at", "Ta chwila już minęła; zostaw pole puste, aby opublikować od razu.")
        if at and is_too_far_ahead(at):
            self.add_error("step_at", TOO_FAR_AHEAD)
        else:
            self._check_due(at)

    def _check_due(self, at):
        due = self.cleaned_data.get("step_due")
        if due and not is_review_day(due, at or timezone.now()):
            self.add_error("step_due", f"Wybierz dzień późniejszy, najdalej za {MAX_REVIEW_MONTHS} miesiące.")
