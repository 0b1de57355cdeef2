"""What the feed of meetings says of each."""

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
