"""Texts that may quote legal numbers by their key."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from platforma.lib import quoting


class QuotingTextField(models.TextField):
    """A text in which `{klucz}` stands for the legal number of that key; a key nobody knows is refused.

    Templates show it with the tag `quoted`.
    """

    may_quote = True  # the editors' desk refuses keys in other texts

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs  # the database keeps an ordinary text

    def formfield(self, **kwargs):
        kwargs.setdefault("help_text", " ".join(filter(None, [self.help_text, quoting.HELP])))
        return super().formfield(**kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        keys = quoting.keys_in(value)
        if not keys:
            return
        parameters = apps.get_model("praktyki", "ParametrPrawny").objects.filter(klucz__in=keys)
        known = set(parameters.values_list("klucz", flat=True))
        if unknown := [key for key in keys if key not in known]:
            raise ValidationError([f"Nieznany parametr prawny: {{{key}}}." for key in unknown])


def quoting_fields(model) -> list[str]:
    """Return the names of the fields of `model` that may quote legal numbers."""
    return [field.name for field in model._meta.fields if isinstance(field, QuotingTextField)]


def plain(text: str, values: dict) -> str:
    """Return `text` with each quoted key as the words of its value among `values` (ParametrPrawny by key)."""
    return quoting.replaced(text, lambda key: _words(values.get(key)))


def _words(parametr) -> str:
    if parametr is None:
        return "brak danych"
    return (
        parametr.w_liczbach if parametr.zweryfikowano else f"{parametr.w_liczbach} (czeka na potwierdzenie)"
    )
