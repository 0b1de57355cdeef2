"""The editors' handbook: its pages, the section that explains a field, and the link to it."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

PAGES = {
    "dobra-praktyka": "Jak opisać dobrą praktykę",
    "przyklady": "Przykłady dobre i złe",
    "prosty-jezyk": "Jak pisać prosto",
    "czego-nie-publikowac": "Czego nie publikować",
    "prawo": "Przepisy i liczby z ustaw",
    "spotkania": "Spotkania, materiały i prelegenci",
    "dostepnosc": "Dostępność tekstów i plików",
    "publikacja": "Stany wpisu i publikacja",
    "podglad": "Podgląd i uwagi z zewnątrz",
    "porzadek": "Porządek w katalogu",
    "obowiazki": "Obowiązki prawne",
}
SECTIONS = {  # field, or model and field where one name means several things → page and section
    "slug": "publikacja#adres",
    "praktyka.tytul": "dobra-praktyka#tytul",
    "praktyka.streszczenie": "dobra-praktyka#streszczenie",
    "praktyka.instrumenty": "dobra-praktyka#instrumenty",
    "tematy": "dobra-praktyka#tematy",
    "tagi": "dobra-praktyka#tematy",
    "praktyka.jst": "dobra-praktyka#kto",
    "praktyka.organizacje": "dobra-praktyka#kto",
    "obszar": "dobra-praktyka#kto",
    "odbiorcy": "dobra-praktyka#odbiorcy",
    "odbiorcy_opis": "dobra-praktyka#odbiorcy",
    "praktyka.rok_od": "dobra-praktyka#kiedy",
    "praktyka.kwota_zl": "dobra-praktyka#kwota",
    "praktyka.kwota_opis": "dobra-praktyka#kwota",
    "problem": "dobra-praktyka#problem",
    "rozwiazanie": "dobra-praktyka#rozwiazanie",
    "rezultaty": "dobra-praktyka#rezultaty",
    "czynniki_sukcesu": "dobra-praktyka#trudnosci",
    "trudnosci": "dobra-praktyka#trudnosci",
    "warunki_przeniesienia": "dobra-praktyka#przeniesienie",
    "pewnosc": "dobra-praktyka#pewnosc",
    "glos.tresc": "dobra-praktyka#dwuglos",
    "glos.osoba": "czego-nie-publikowac#nazwiska",
    "liczbawysilku.wartosc": "dobra-praktyka#liczby",
    "wdrozenie.status": "dobra-praktyka#wdrozenia",
    "kontakt": "czego-nie-publikowac#kontakt",
    "uwagi_redakcji": "czego-nie-publikowac#uwagi",
    "podstawa_prawna": "prawo#podstawa",
    "praktyka.stan_prawny": "prawo#stan-prawny",
    "rozstrzygniecie.wynik": "prawo#rozstrzygniecia",
    "parametrprawny.wartosc": "prawo#liczby",
    "zweryfikowano": "prawo#potwierdzenie",
    "spotkanie.tytul": "spotkania#tytul",
    "spotkanie.streszczenie": "spotkania#streszczenie",
    "spotkanie.opis": "spotkania#streszczenie",
    "spotkanie.poczatek": "spotkania#termin",
    "spotkanie.odwolano": "spotkania#odwolane",
    "wypowiedz.tresc": "spotkania#wnioski",
    "material.tytul": "spotkania#materialy",
    "material.opis": "dostepnosc#pliki",
    "material.licencja": "obowiazki#licencje",
    "prelegent.zgoda": "spotkania#zgody",
    "prelegent.notka": "spotkania#zgody",
    "prelegent.zdjecie": "dostepnosc#zdjecia",
    "prelegent.zgoda_wycofana": "spotkania#zgody",
    "successor": "publikacja#archiwum",
}
_HEADING = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>')


@dataclass(frozen=True)
class Page:
    slug: str
    title: str

    def get_absolute_url(self) -> str:
        return reverse("admin:handbook_page", args=[self.slug])

    @cached_property
    def body(self) -> SafeString:
        return render_to_string(f"admin/pomoc/{self.slug}.html")

    @cached_property
    def sections(self) -> list[tuple[str, str]]:
        """The sections of the page as `(anchor, heading)`: the table of contents cannot differ from it."""
        return _HEADING.findall(self.body)


def pages() -> list[Page]:
    return [Page(slug, title) for slug, title in PAGES.items()]


def address_of(field: models.Field) -> str:
    """Return the address of the section that explains `field` of its model, or "" where none does."""
    name = f"{field.model._meta.model_name}.{field.name}"
    page, _, section = SECTIONS.get(name, SECTIONS.get(field.name, "")).partition("#")
    return f"{reverse('admin:handbook_page', args=[page])}#{section}" if page else ""


def with_link(field: models.Field, help_text: str) -> str:
    """Return the help text of a form's field, and after it the link to the handbook, if there is one."""
    address = address_of(field)
    if not address:
        return help_text
    return format_html(
        '{} <a class="help-link" href="{}" target="_blank" rel="noopener">Jak to wypełnić'
        '<span class="visually-hidden">: {} (nowa karta)</span></a>',
        help_text,
        address,
        field.verbose_name,
    )
