"""The forms that begin something: a submission, the report of an error, the way back to either."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from platforma.lib.public_forms import GuardedForm, VisibleTextForm
from platforma.models import Zgloszenie
from platforma.models.zgloszenie import read_codes

from .step_forms import LONG, PraktykaStep
from .targets import page_at


class StartForm(GuardedForm, PraktykaStep):
    """The first step, which begins a submission."""

    @property
    def step_fields(self) -> list:
        return [self[name] for name in self._meta.fields]

    def begin(self) -> Zgloszenie | None:
        """Save a new submission, or the one that this ticket began; None where that one is closed."""
        ticket = self.cleaned_data["bilet"]
        with transaction.atomic():
            row, _created = Zgloszenie.objects.get_or_create(
                ticket=ticket, defaults={"tytul": self.cleaned_data["tytul"]}
            )
        self.instance.pk, self.instance.code, self.instance.ticket = row.pk, row.code, ticket
        self.instance._state.adding = False
        return self.instance if self.save_if_open() else None


class BladForm(GuardedForm, VisibleTextForm, forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Zgloszenie
        fields = ("strona", "opis_bledu", "email")
        widgets = {"opis_bledu": LONG, "email": forms.EmailInput(attrs={"autocomplete": "email"})}
        labels = {
            "strona": "Adres strony z błędem",
            "opis_bledu": "Co jest nie tak?",
            "email": "Adres e-mail",
        }
        help_texts = {
            "strona": "Adres strony praktyki, instrumentu lub spotkania w tym serwisie.",
            "opis_bledu": "Zacytuj błędne miejsce i napisz, jak powinno być. Jeśli możesz, podaj źródło.",
            "email": "Tylko jeśli chcesz dostać odpowiedź. Nie publikujemy go.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("strona", "opis_bledu"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = "To pole jest potrzebne."

    def clean_strona(self):
        self.page = page_at(self.cleaned_data["strona"])
        if self.page is None:
            raise ValidationError("Nie znamy takiej strony praktyki, instrumentu ani spotkania.")
        return self.page.get_absolute_url()


class LinkForm(forms.Form):
    """Where to send the link by which a draft is taken up again."""

    use_required_attribute = False
    adres = forms.EmailField(
        label="Adres e-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Wpisz adres, na który mamy wysłać link."},
    )


class KodForm(forms.Form):
    use_required_attribute = False
    kod = forms.CharField(
        label="Kod zgłoszenia",
        max_length=300,
        help_text="26 liter i cyfr; wielkość liter, spacje i kreski nie mają znaczenia. Może być cały link.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Wpisz kod zgłoszenia."},
    )

    def clean_kod(self):
        found = Zgloszenie.objects.with_code(read_codes(self.cleaned_data["kod"]))
        if found is None:
            raise ValidationError("Nie mamy zgłoszenia o tym kodzie. Sprawdź, czy nie brakuje znaku.")
        return found.code
