"""What a browser would send back from a form of the admin, taken from the page that was opened."""

from django.forms import CheckboxInput, MultiWidget


def filled(response, **changes) -> dict:
    """Return the data of the page's form and inlines as shown, with `changes`; None leaves a field out."""
    context = response.context_data
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"_seen": context["seen_token"]} if "seen_token" in context else {}
    data |= {name: value for form in forms for name, value in _values(form) if value is not None}
    return {name: value for name, value in (data | changes).items() if value is not None}


def _values(form):
    for field in form:
        widget = getattr(field.field.widget, "widget", field.field.widget)
        if isinstance(widget, MultiWidget):
            parts = widget.decompress(field.value())
            for number, (part, value) in enumerate(zip(widget.widgets, parts, strict=True)):
                yield f"{field.html_name}_{number}", part.format_value(value)
        elif isinstance(widget, CheckboxInput):
            yield field.html_name, "on" if field.value() else None
        else:
            yield field.html_name, widget.format_value(field.value())
