"""A form's field as a browser sends it: the texts it shows, the texts that came back, and how to read them.

Texts are a list of str: one for most fields, several for a choice of many or a date with its hour, none for
an unticked box or an empty choice of many. A file is the name that is stored, or that of the uploaded one.
"""

from pathlib import PurePosixPath
from types import SimpleNamespace

from django import forms
from django.forms.fields import BaseTemporalField
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from taggit.forms import TagField
from taggit.utils import edit_string_for_tags

EXACT = (forms.IntegerField, forms.SplitDateTimeField, BaseTemporalField, TagField)  # many ways to write one


def shown(field, value) -> list[str]:
    """Return what a browser would send of `value` if nobody touched it."""
    widget = _plain(field)
    if isinstance(widget, forms.FileInput):
        return [str(value or "")]
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(widget, forms.MultiWidget):
        return [
            _text(part.format_value(piece))
            for part, piece in zip(widget.widgets, widget.decompress(value), strict=True)
        ]
    value = widget.format_value(value)
    return sorted(map(str, value)) if isinstance(value, (list, tuple)) else [_text(value)]


def sent(field, name, data, files) -> list[str] | None:
    """Return what came back under `name`; None where the form that was sent did not hold the field."""
    widget = _plain(field)
    if isinstance(widget, forms.FileInput):
        return [files[name].name] if name in files else [""] if f"{name}-clear" in data else None
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.value_from_datadict(data, files, name) else []
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(data.getlist(name))
    keys = names(field, name)
    if not all(key in data for key in keys):
        return None
    return _canonical(field, [data[key] for key in keys])


def names(field, name) -> list[str]:
    """Return the names under which a browser sends the field."""
    widget = _plain(field)
    if isinstance(widget, forms.MultiWidget):
        return [name + suffix for suffix in widget.widgets_names]
    return [name, f"{name}-clear"] if isinstance(widget, forms.FileInput) else [name]


def pairs(field, name, texts) -> list[tuple[str, str]]:
    """Return the names and texts to send so that `texts` are what came back; files cannot be sent again."""
    widget = _plain(field)
    if isinstance(widget, forms.FileInput):
        return [(f"{name}-clear", "on")] if texts == [""] else []
    if isinstance(widget, forms.MultiWidget):
        return list(zip(names(field, name), texts, strict=True))
    return [(name, text) for text in texts]


def same(one: list[str], other: list[str]) -> bool:
    """Tell whether two texts mean the same: line ends and spaces around do not count."""
    return [_trim(text) for text in one] == [_trim(text) for text in other]


def readable(field, texts) -> str:
    """Return the texts as an editor reads them on the form: names for keys, „tak” for a ticked box."""
    widget = _plain(field)
    if isinstance(widget, forms.PasswordInput):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "tak" if texts else "nie"
    if is_file(field):
        return PurePosixPath(texts[0]).name
    if isinstance(field, (ModelChoiceField, ModelMultipleChoiceField)):
        return _names_of_rows(field, [text for text in texts if text])
    if isinstance(widget, forms.Select | forms.CheckboxSelectMultiple):
        labels = {str(value): str(label) for value, label in _flat(widget.choices)}
        return ", ".join(labels.get(text, text) for text in texts if text)
    return " ".join(text for text in texts if text)


def is_file(field) -> bool:
    return isinstance(_plain(field), forms.FileInput)


def is_text(field) -> bool:
    """Tell whether a person types into the field, so that two versions can be put together by hand."""
    return isinstance(_plain(field), forms.Textarea | forms.TextInput)


def is_long(field) -> bool:
    return isinstance(_plain(field), forms.Textarea)


def _plain(field):
    """Return the widget without what the admin wraps it in."""
    return getattr(field.widget, "widget", field.widget)


def _text(value) -> str:
    return "" if value is None else str(value)


def _trim(text) -> str:
    return text.replace("\r\n", "\n").strip()


def _canonical(field, texts):
    """Return the texts as the form would show them once saved: "1000" and "1 000" are one number."""
    if not isinstance(field, EXACT):
        return texts
    try:
        value = field.clean(texts if len(texts) > 1 else texts[0])
    except forms.ValidationError:
        return texts
    if isinstance(field, TagField):
        return [edit_string_for_tags([SimpleNamespace(name=name) for name in value])]
    return shown(field, value)


def _names_of_rows(field, keys):
    key = field.to_field_name or "pk"
    try:
        rows = {str(getattr(row, key)): str(row) for row in field.queryset.filter(**{f"{key}__in": keys})}
    except (ValueError, TypeError, OverflowError):
        rows = {}
    return ", ".join(rows.get(text, "(usunięty wpis)") for text in keys)


def _flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label
