"""What a good description of a meeting has; without what is required it is not published."""

from platforma.lib.publication.readiness import Need


def needs_of(spotkanie, now=None) -> list[Need]:
    """Return the needs of a saved meeting at `now`; what was said is asked for once it is over."""
    report = [] if spotkanie.is_upcoming(now) or spotkanie.is_cancelled else _report(spotkanie)
    return [*_required(spotkanie), *_facts(spotkanie), *report]


def _required(spotkanie) -> list[Need]:
    return [
        Need(
            "Streszczenie",
            bool(spotkanie.streszczenie.strip()),
            "id_streszczenie",
            "O czym jest spotkanie, w dwóch, trzech zdaniach.",
            required=True,
        ),
        Need(
            "Organizator albo źródło",
            _has_organiser(spotkanie) or spotkanie.zrodla.exists(),
            "id_organizatorzy",
            "Czytelnik musi wiedzieć, kto zaprasza albo skąd to wiemy.",
            required=True,
        ),
    ]


def _has_organiser(spotkanie) -> bool:
    return bool(spotkanie.organizator_opis) or spotkanie.organizatorzy.exists()


def _facts(spotkanie) -> list[Need]:
    place = spotkanie.miejsce or spotkanie.link_online
    return [
        Need("Instrument", spotkanie.instrumenty.exists(), "id_instrumenty"),
        Need("Temat", spotkanie.tematy.exists(), "id_tematy"),
        Need("Dzień", spotkanie.poczatek is not None, "id_poczatek_0"),
        Need("Miejsce albo link", bool(place), "id_miejsce"),
        Need("Organizator", _has_organiser(spotkanie), "id_organizatorzy"),
        Need("Program", spotkanie.wystapienia.exists(), "wystapienia-group"),
        Need(
            "Prelegenci", spotkanie.wystapienia.filter(prelegenci__isnull=False).exists(), "wystapienia-group"
        ),
    ]


def _report(spotkanie) -> list[Need]:
    counts = (spotkanie.liczba_uczestnikow_jst, spotkanie.liczba_uczestnikow_ngo)
    return [
        Need("Liczba uczestników", None not in counts, "id_liczba_uczestnikow_jst"),
        Need("Praktyki, o których mówiono", spotkanie.praktyki.exists(), "id_praktyki"),
        Need(
            "Wnioski",
            spotkanie.wypowiedzi.filter(typ="wniosek").exists(),
            "wypowiedzi-group",
            "To, co warto zabrać do domu, każdy wniosek osobno.",
        ),
        Need("Materiały", spotkanie.materialy.exists(), "materialy-group"),
        Need("Źródło", spotkanie.zrodla.exists(), "zrodla-group"),
    ]
