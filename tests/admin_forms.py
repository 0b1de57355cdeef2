"""What a browser would send back from a form of the admin, taken from the page that was opened."""

from html.parser import HTMLParser

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


def confirmed(response) -> dict:
    """Return what the button of a page that asks before deleting sends; of a page without it, as a forger."""
    context = getattr(response, "context_data", {})
    return {"post": "yes", "_shown": context.get("shown_token", "")}


def delete(client, address):
    """Open the page that asks before deleting, confirm what it shows, and return the answer."""
    return client.post(address, confirmed(client.get(address)))


def delete_selected(client, address, *rows):
    """Tick the rows in a list, choose to delete them, confirm what is shown, and return the answer."""
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(address, chosen | confirmed(client.post(address, chosen)))


def on_the_page(response) -> dict:
    """Return what the page's own form would send: hidden fields and texts, but no choices and no button."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    return reader.data


class _FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data, self._form, self._textarea = {}, "", None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self._form = attrs.get("class", "")
        is_sent = "stale" in self._form and attrs.get("name")
        if is_sent and tag == "input" and attrs.get("type") in ("hidden", "text"):
            self.data.setdefault(attrs["name"], []).append(attrs.get("value", ""))
        if is_sent and tag == "textarea":
            self._textarea = self.data[attrs["name"]] = [""]

    def handle_data(self, data):
        if self._textarea is not None:
            self._textarea[0] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        if tag == "form":
            self._form = ""
