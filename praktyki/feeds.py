"""What the feed of practices says of each."""

from platforma.lib.feeds import Entry


def entry(praktyka) -> Entry:
    places = [*praktyka.jst.all(), *praktyka.wojewodztwa.all()]
    place = ", ".join(map(str, places)) or praktyka.obszar
    return Entry(
        praktyka,
        praktyka.tytul,
        "\n".join(filter(None, [place, praktyka.streszczenie])),
        [instrument.nazwa for instrument in praktyka.instrumenty.all()],
    )
