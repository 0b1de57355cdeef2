"""The order of the steps, and what a submission still lacks."""

from dataclasses import dataclass

from django.urls import reverse

from .step_forms import KontaktStep, OpisStep, PraktykaStep


@dataclass(frozen=True)
class Step:
    slug: str
    label: str
    form_class: type | None = None


STEPS = (
    Step("praktyka", "Praktyka", PraktykaStep),
    Step("opis", "Opis", OpisStep),
    Step("pliki", "Pliki"),
    Step("kontakt", "Kontakt", KontaktStep),
    Step("sprawdz", "Sprawdź i wyślij"),
)
BY_SLUG = {step.slug: step for step in STEPS}


@dataclass(frozen=True)
class Gap:
    """A required field that is empty, and where to fill it in."""

    label: str
    url: str


def address(zgloszenie, slug: str) -> str:
    return reverse("zglos:krok", args=[zgloszenie.code, slug])


def links(zgloszenie, current: str) -> list[dict]:
    """Return the steps for the page: label, address, and whether it is the one that is open."""
    return [
        {"label": step.label, "url": address(zgloszenie, step.slug), "is_current": step.slug == current}
        for step in STEPS
    ]


def without_links(current: str) -> list[dict]:
    """Return the steps of a submission that is not begun yet."""
    return [{"label": step.label, "is_current": step.slug == current} for step in STEPS]


def next_address(zgloszenie, slug: str) -> str:
    following = STEPS[STEPS.index(BY_SLUG[slug]) + 1]
    return address(zgloszenie, following.slug)


def gaps(zgloszenie) -> list[Gap]:
    """Return what must still be filled in before sending, in the order of the steps."""
    return [
        Gap(step.form_class.base_fields[name].label, f"{address(zgloszenie, step.slug)}#id_{name}")
        for step in STEPS
        if step.form_class
        for name in step.form_class.required
        if not getattr(zgloszenie, name)
    ]


def summary(zgloszenie) -> list[dict]:
    """Return what was filled in, step by step, the words of the form beside each value."""
    return [
        {
            "label": step.label,
            "url": address(zgloszenie, step.slug),
            "rows": [
                (field.label, _value(zgloszenie, name)) for name, field in step.form_class.base_fields.items()
            ],
        }
        for step in STEPS
        if step.form_class
    ]


def _value(zgloszenie, name):
    if name == "instrumenty":
        return ", ".join(map(str, zgloszenie.instrumenty.all()))
    if name == "potwierdzenie":
        return "tak" if zgloszenie.potwierdzenie else ""
    value = getattr(zgloszenie, name)
    return "" if value is None else value
