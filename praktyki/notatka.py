"""The note for the treasurer and the mayor: one to three practices on one sheet of A4.

What does not fit is cut between words; the more practices share the sheet, the shorter the texts. The sheet's
style sheet (static/css/pages/note.css) gives each text the lines that its limit needs.
"""

from dataclasses import dataclass

from django.utils.formats import date_format

from platforma.lib import polish
from platforma.lib.reading import shorten

from .effort import latest_of
from .models import ParametrPrawny, Praktyka, TerminRoczny
from .models.cytat import plain

MOST = 3
MOST_READ = 20  # addresses of one request
NAMES = (
    *("tytul", "kto", "ostrzezenie", "co", "koszt", "wysilek", "ryzyka"),
    *("podstawa", "prawo", "kalendarz", "kontakt"),
)
LIMITS = {  # characters of each text in NAMES, by how many practices share the sheet
    1: dict(zip(NAMES, (200, 180, 200, 1000, 300, 320, 600, 700, 300, 500, 300), strict=True)),
    2: dict(zip(NAMES, (140, 120, 110, 520, 150, 150, 240, 280, 200, 220, 150), strict=True)),
    3: dict(zip(NAMES, (95, 90, 110, 260, 105, 105, 105, 155, 105, 150, 105), strict=True)),
}


@dataclass(frozen=True)
class Part:
    """What the sheet says of one practice: `texts` by the names in LIMITS, and whether any of them is cut."""

    praktyka: Praktyka
    texts: dict[str, str]
    is_cut: bool


@dataclass(frozen=True)
class Note:
    """The sheet, or why there is none: nothing chosen, or too many (`found` are then offered to choose from).

    `left_out` are the names that lead to nothing a reader may see, whatever the reason.
    """

    parts: list[Part]
    found: list[Praktyka]
    left_out: list[str]

    @property
    def is_too_long(self) -> bool:
        return len(self.found) > MOST


def make_note(slugs: list[str], day=None) -> Note:
    """Return the note about the public practices of `slugs`, in this order, with the law of `day` (today)."""
    slugs = list(dict.fromkeys(filter(None, (slug.strip() for slug in slugs))))[:MOST_READ]
    by_slug = {row.slug: row for row in Praktyka.objects.published().for_note(slugs)}
    found = [by_slug[slug] for slug in slugs if slug in by_slug]
    left_out = [shorten(slug) for slug in slugs if slug not in by_slug]
    if not 1 <= len(found) <= MOST:
        return Note([], found, left_out)
    values, terms = ParametrPrawny.objects.by_key(day), list(TerminRoczny.objects.all())
    parts = [_part(row, LIMITS[len(found)], values, terms, day) for row in found]
    return Note(parts, found, left_out)


def _part(praktyka, limits, values, terms, day) -> Part:
    full = {name: plain(text, values) for name, text in _texts(praktyka, terms, day).items()}
    texts = {name: polish.cut(text, limits[name]) for name, text in full.items()}
    return Part(
        praktyka, texts, any(text.endswith("…") and text != full[name] for name, text in texts.items())
    )


def _texts(praktyka, terms, day) -> dict[str, str]:
    places = [*praktyka.jst.all(), *praktyka.wojewodztwa.all()]
    who = [", ".join(map(str, places)) or praktyka.obszar, praktyka.okres]
    return {
        "tytul": praktyka.tytul,
        "kto": " · ".join(filter(None, [*map(str, praktyka.instrumenty.all()), *who])),
        "ostrzezenie": _warning(praktyka),
        "co": f"{praktyka.streszczenie} {praktyka.rozwiazanie}",
        "ryzyka": praktyka.trudnosci or _of_instruments(praktyka, _limitations),
        "podstawa": praktyka.podstawa_prawna or _of_instruments(praktyka, _provisions),
        "prawo": _law(praktyka, day),
        "koszt": _cost(praktyka),
        "wysilek": "; ".join(map(_effort, latest_of(praktyka))),
        "kalendarz": _calendar(praktyka, terms),
        "kontakt": praktyka.kontakt,
    }


def _warning(praktyka) -> str:
    """Return which rulings struck the practice's resolution down, or "" where none stands."""
    rulings = [
        f"{ruling.get_wynik_display()} ({ruling.get_organ_display()}, {_day(ruling.data)})"
        for ruling in praktyka.rozstrzygniecia_przeciw
    ]
    return f"Uwaga: {praktyka.ostrzezenie}: {'; '.join(rulings)}" if rulings else ""


def _cost(praktyka) -> str:
    amount = polish.zl(praktyka.kwota_zl) if praktyka.kwota_zl is not None else ""
    return praktyka.kwota_opis or amount


def _effort(row) -> str:
    """Return one number with where it comes from: "etaty do obsługi: 1,5, bez kierownika – dokument"."""
    said = ", ".join(filter(None, [row.w_liczbach, row.opis]))
    return f"{row}: {said} – {row.get_zrodlo_liczby_display()}"


def _of_instruments(praktyka, say) -> str:
    """Return what the instruments say where the practice says nothing, each under its name."""
    said = ((instrument, say(instrument)) for instrument in praktyka.instrumenty.all())
    return " ".join(f"{instrument} (z opisu instrumentu): {text}." for instrument, text in said if text)


def _limitations(instrument) -> str:
    return "; ".join(line.strip() for line in instrument.ograniczenia.splitlines() if line.strip())


def _provisions(instrument) -> str:
    return "; ".join(map(str, instrument.podstawy_prawne.all()))


def _law(praktyka, day) -> str:
    """Return the day of the description, and what has changed in the law since."""
    known = [f"opis na {_day(praktyka.stan_prawny)}"] if praktyka.stan_prawny else []
    known += [
        f"{instrument}: {instrument.stan_slownie}"
        for instrument in praktyka.instrumenty.all()
        if instrument.stan_prawny and not praktyka.stan_prawny
    ]
    changed = [
        f"Zmiana od {_day(change.since)}: {change.value.nazwa} – {_amount(change)}"
        for change in praktyka.legal_changes(day)
    ]
    return ". ".join(filter(None, ["; ".join(known), *changed]))


def _amount(change) -> str:
    amount = change.after.w_liczbach if change.after else "przestaje obowiązywać"
    return f"{amount} (czeka na potwierdzenie)" if change.is_unconfirmed else amount


def _calendar(praktyka, terms) -> str:
    """Return the fixed days of the year and the steps whose time a source gives."""
    fixed = [f"do {term.dzien_roku}: {term.nazwa}" for term in terms]
    steps = [
        krok for instrument in praktyka.instrumenty.all() for krok in instrument.kroki.all() if krok.czas
    ]
    return "; ".join([*fixed, *(f"{krok.czas}: {krok.tresc}" for krok in steps)])


def _day(day) -> str:
    return date_format(day, "j.m.Y")
