"""What a good description of a practice has; without what is required it is not published."""

from platforma.lib.publication.readiness import Need


def needs_of(praktyka) -> list[Need]:
    """Return the needs of a saved practice, in the order of its form."""
    return [*_required(praktyka), *_facts(praktyka), *_story(praktyka), *_evidence(praktyka)]


def _required(praktyka) -> list[Need]:
    return [
        Need(
            "Streszczenie",
            bool(praktyka.streszczenie.strip()),
            "id_streszczenie",
            "Jedno–dwa zdania, po których czytelnik wie, co zrobiono i dla kogo.",
            required=True,
        ),
        Need(
            "Instrument",
            praktyka.instrumenty.exists(),
            "id_instrumenty",
            "Bez instrumentu nikt nie trafi na praktykę z listy.",
            required=True,
        ),
        Need(
            "Źródło",
            praktyka.zrodla.exists(),
            "zrodla-group",
            "Co najmniej jedno: czytelnik musi móc sprawdzić, skąd to wiemy.",
            required=True,
        ),
    ]


def _facts(praktyka) -> list[Need]:
    place = praktyka.jst.exists() or praktyka.wojewodztwa.exists() or bool(praktyka.obszar)
    amount = praktyka.kwota_zl is not None or bool(praktyka.kwota_opis)
    audience = praktyka.odbiorcy.exists() or bool(praktyka.odbiorcy_opis)
    year = praktyka.rok_od or praktyka.rok_do
    return [
        Need("Samorząd lub obszar", place, "id_jst", "Model ogólnopolski opisz w polu „obszar słownie”."),
        Need("Temat", praktyka.tematy.exists(), "id_tematy"),
        Need("Odbiorcy", audience, "id_odbiorcy"),
        Need("Rok", year is not None, "id_rok_od"),
        Need("Kwota", amount, "id_kwota_zl", "Od niej skarbnik zaczyna czytać."),
        Need("Kontakt do urzędu", bool(praktyka.kontakt), "id_kontakt"),
    ]


def _story(praktyka) -> list[Need]:
    lessons = praktyka.czynniki_sukcesu or praktyka.trudnosci
    return [
        Need("Problem", bool(praktyka.problem), "id_problem"),
        Need("Rozwiązanie", bool(praktyka.rozwiazanie), "id_rozwiazanie"),
        Need("Rezultaty", bool(praktyka.rezultaty), "id_rezultaty"),
        Need("Co pomogło albo co było trudne", bool(lessons), "id_czynniki_sukcesu"),
        Need("Warunki przeniesienia", bool(praktyka.warunki_przeniesienia), "id_warunki_przeniesienia"),
        Need("Podstawa prawna", bool(praktyka.podstawa_prawna), "id_podstawa_prawna"),
        Need(
            "Stan prawny na dzień",
            praktyka.stan_prawny is not None,
            "id_stan_prawny",
            "Dzięki tej dacie strona sama ostrzeże, gdy przepis się zmieni.",
        ),
    ]


def _evidence(praktyka) -> list[Need]:
    sides = set(praktyka.glosy.values_list("strona", flat=True))
    return [
        Need("Adres przy źródle", praktyka.zrodla.exclude(url="").exists(), "zrodla-group"),
        Need(
            "Liczby wysiłku",
            praktyka.liczby_wysilku.exists(),
            "liczby_wysilku-group",
            "Ile to kosztuje pracy: pula, liczba umów, dni, godziny.",
        ),
        Need("Głos urzędu", "urzad" in sides, "glosy-group"),
        Need("Głos organizacji", "organizacja" in sides, "glosy-group"),
    ]
