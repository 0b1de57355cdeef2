from django import forms

from platforma.lib.preview.models import MAX_COMMENT
from platforma.lib.public_forms import GuardedForm


class UwagaForm(GuardedForm):
    use_required_attribute = False
    tresc = forms.CharField(
        label="Twoja uwaga",
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Zacytuj miejsce, które trzeba poprawić, i napisz, jak powinno być.",
        error_messages={"required": "Napisz, co trzeba poprawić, albo że opis jest w porządku."},
    )
