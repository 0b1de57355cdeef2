"""What the feeds of meetings and of materials say of each."""

from platforma.lib.feeds import Entry


def entry(spotkanie) -> Entry:
    when = f"{spotkanie.get_rodzaj_display().capitalize()}, {spotkanie.termin}"
    cancelled = f"Odwołane. {spotkanie.powod_odwolania}".strip() if spotkanie.is_cancelled else ""
    return Entry(
        spotkanie,
        f"Odwołane: {spotkanie.tytul}" if spotkanie.is_cancelled else spotkanie.tytul,
        "\n".join(filter(None, [cancelled, when, spotkanie.miejsce, spotkanie.streszczenie])),
        [instrument.nazwa for instrument in spotkanie.instrumenty.all()],
    )


def material_entry(material) -> Entry:
    wersja = material.najnowsza_wersja
    what = [material.get_rodzaj_display().capitalize(), wersja.format if wersja else "link"]
    owners = [str(owner) for owner in (material.spotkanie, material.praktyka, material.instrument) if owner]
    summary = "\n".join(filter(None, [", ".join(what), *owners, material.opis]))
    return Entry(material, material.tytul, summary, [material.get_rodzaj_display()])
