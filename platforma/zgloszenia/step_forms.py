"""The steps of the form, each a part of the same row."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import URLField
from django.forms import CheckboxSelectMultiple, Textarea

from platforma.lib.files.formats import ACCEPT, EXTENSIONS, MAX_FILE_MB
from platforma.lib.public_forms import VisibleTextForm
from platforma.models import Zalacznik, Zgloszenie
from praktyki.models import Instrument

MAX_FILES = 5
WRONG_ADDRESS = "To nie jest adres strony. Skopiuj go z przeglądarki, np. https://ngo.pl/artykul."
SLUG = re.compile(r"[a-z0-9-]{1,120}")
SHORT, LONG = Textarea(attrs={"rows": 3}), Textarea(attrs={"rows": 6})


def form_field(db_field, **kwargs):
    """An address typed without its scheme is taken for https."""
    if isinstance(db_field, URLField):
        kwargs |= {"assume_scheme": "https", "error_messages": {"invalid": WRONG_ADDRESS}}
    return db_field.formfield(**kwargs)


class StepForm(VisibleTextForm, forms.ModelForm):
    """One step; `required` names what it cannot do without, unless it is only put aside for later."""

    use_required_attribute = False
    required = ()

    def __init__(self, *args, for_later=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.required:
            self.fields[name].required = not for_later
            self.fields[name].error_messages["required"] = "To pole jest potrzebne."

    def save_if_open(self) -> bool:
        """Keep the step's fields; False where the submission was sent or decided meanwhile."""
        with transaction.atomic():
            if is_open := Zgloszenie.objects.hold_editable(self.instance.pk) is not None:
                names = [name for name in self._meta.fields if name != "instrumenty"]
                self.instance.save(update_fields=[*names, "updated_at"])
                self._save_m2m()
        return is_open


class InstrumentsField(forms.ModelMultipleChoiceField):
    """Instruments by their slugs; what cannot be one is refused before a database is asked about it."""

    def clean(self, value):
        if any(SLUG.fullmatch(item) is None for item in value or ()):
            raise ValidationError("Zaznacz instrumenty z listy.")
        return super().clean(value)


class PraktykaStep(StepForm):
    required = ("tytul", "streszczenie", "miejsce")
    instrumenty = InstrumentsField(
        Instrument.objects.all(),
        to_field_name="slug",
        required=False,
        widget=CheckboxSelectMultiple,
        label="W jaki sposób ją finansowano?",
        help_text="Możesz zaznaczyć kilka. Nie wiesz? Zostaw puste.",
    )

    class Meta:
        model = Zgloszenie
        fields = ("tytul", "streszczenie", "miejsce", "organizacja", "instrumenty")
        widgets = {"streszczenie": SHORT}
        labels = {
            "tytul": "Co to za praktyka?",
            "streszczenie": "Opisz ją w dwóch zdaniach",
            "miejsce": "Gdzie ją prowadzono?",
            "organizacja": "Jaka organizacja lub instytucja ją prowadziła?",
        }
        help_texts = {
            "tytul": "Krótko, np. „Mikrogranty dla kół gospodyń”.",
            "streszczenie": "Kto, co i dla kogo zrobił.",
            "miejsce": "Nazwa gminy, miasta lub powiatu.",
        }


class OpisStep(StepForm):
    required = ("rozwiazanie",)

    class Meta:
        model = Zgloszenie
        formfield_callback = form_field
        fields = (
            *("problem", "rozwiazanie", "rezultaty", "trudnosci", "odbiorcy_opis", "rok_od", "rok_do"),
            *("kwota_zl", "kwota_opis", "zrodlo_url", "kontakt"),
        )
        widgets = dict.fromkeys(("problem", "rozwiazanie", "rezultaty", "trudnosci"), LONG)
        labels = {
            "problem": "Jaki był problem?",
            "rozwiazanie": "Co zrobiono, krok po kroku?",
            "rezultaty": "Co z tego wyszło?",
            "trudnosci": "Co było trudne?",
            "odbiorcy_opis": "Dla kogo?",
            "rok_od": "Od którego roku?",
            "rok_do": "Do którego roku?",
            "kwota_zl": "Ile to kosztowało (w złotych)?",
            "kwota_opis": "Co oznacza ta kwota?",
            "zrodlo_url": "Strona w internecie z informacją o praktyce",
            "kontakt": "Kontakt, który możemy opublikować",
        }
        help_texts = {
            "rezultaty": "Liczby, zmiany, przykłady. Piszemy tylko to, co da się sprawdzić.",
            "trudnosci": "Innym pomoże to najbardziej.",
            "rok_do": "Zostaw puste, jeśli praktyka trwa.",
            "kwota_opis": "Np. „roczna pula na mikrogranty”.",
            "zrodlo_url": "Uchwała, regulamin, artykuł.",
            "kontakt": "Służbowy: urząd, wydział, telefon lub e-mail. Bez danych prywatnych.",
        }

    def clean(self):
        data = super().clean()
        first, last = data.get("rok_od"), data.get("rok_do")
        if first and last and last < first:
            self.add_error("rok_do", "Rok zakończenia nie może być wcześniejszy niż rok rozpoczęcia.")
        return data


class KontaktStep(StepForm):
    required = ("osoba", "email", "potwierdzenie")

    class Meta:
        model = Zgloszenie
        fields = ("osoba", "email", "telefon", "potwierdzenie")
        labels = {
            "osoba": "Imię i nazwisko",
            "email": "Adres e-mail",
            "telefon": "Telefon",
            "potwierdzenie": "Znam informację o danych i mam prawo przekazać te teksty i pliki do publikacji",
        }
        help_texts = {"email": "Wyślemy na niego link do strony o stanie zgłoszenia i odpowiedź redakcji."}
        widgets = {
            "osoba": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "telefon": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }


class PlikStep(forms.ModelForm):
    """One file at a time; what is not let in is answered with its reason."""

    use_required_attribute = False

    class Meta:
        model = Zalacznik
        fields = ("plik",)
        labels = {"plik": "Plik"}
        help_texts = {
            "plik": f"Najwyżej {MAX_FILES} plików, każdy do {MAX_FILE_MB} MB. "
            f"Rodzaje: {', '.join(EXTENSIONS)}."
        }
        widgets = {"plik": forms.FileInput(attrs={"accept": ACCEPT})}
        error_messages = {"plik": {"required": "Najpierw wybierz plik."}}

    def save_if_open(self) -> bool:
        """Keep the file; False where there are enough, or the submission was sent meanwhile."""
        with transaction.atomic():
            owner = Zgloszenie.objects.hold_editable(self.instance.zgloszenie_id)
            is_open = owner is not None and owner.zalaczniki.count() < MAX_FILES
            if is_open:
                self.save()
        return is_open
