"""Evidence for a practice: what it costs to run, two voices, what supervisors ruled."""

from django.db import models
from django.db.models import F, Q, Value

from platforma.lib import polish
from platforma.lib.dates import validate_not_in_future
from platforma.lib.publication import published_q

from .praktyka import Praktyka
from .wdrozenie import Wdrozenie

MAX_PERCENT = 100


class LiczbaWysilkuQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the numbers of public practices."""
        return self.filter(published_q("praktyka", now))

    def of_instrument(self, instrument):
        return self.filter(praktyka__in=instrument.praktyki.values("pk"))

    def newest_first(self):
        """Return the rows of each practice with the latest year first; those without a year come last."""
        return self.order_by("praktyka", "rodzaj", F("rok").desc(nulls_last=True), "pk")


class LiczbaWysilku(models.Model):
    """What it costs to run: one number of one kind, for a year or for the practice as such."""

    class Rodzaj(models.TextChoices):
        PULA = "pula", "pula na rok lub jeden nabór"
        KWOTA = "kwota", "najwyższa kwota na jeden projekt"
        UMOWY = "umowy", "wsparte projekty w roku lub naborze"
        DNI = "dni", "dni od wniosku do pieniędzy"
        STRONY = "strony", "strony formularza wniosku"
        GODZINY = "godziny", "godziny pracy urzędu w roku lub naborze"
        ETATY = "etaty", "etaty do obsługi"
        OBSLUGA = "obsluga", "udział kosztów obsługi"

    class Zrodlo(models.TextChoices):
        DEKLARACJA = "deklaracja", "deklaracja"
        DOKUMENT = "dokument", "dokument"
        SZACUNEK = "szacunek", "szacunek"

    JEDNOSTKI = {Rodzaj.PULA: "zł", Rodzaj.KWOTA: "zł", Rodzaj.OBSLUGA: "%"}

    praktyka = models.ForeignKey(Praktyka, on_delete=models.CASCADE, related_name="liczby_wysilku")
    rodzaj = models.CharField("co policzono", max_length=10, choices=Rodzaj.choices)
    wartosc = models.DecimalField(
        "ile",
        max_digits=14,
        decimal_places=2,
        help_text="Kwoty w złotych, udział w procentach. Nie wiesz? Nie dodawaj wiersza.",
    )
    rok = models.PositiveSmallIntegerField(
        "za rok", null=True, blank=True, help_text="Puste: źródło nie podaje roku."
    )
    zrodlo_liczby = models.CharField(
        "skąd liczba",
        max_length=10,
        choices=Zrodlo.choices,
        help_text="Deklaracja: podał urząd lub organizacja. Dokument: stoi w opublikowanym źródle. "
        "Szacunek: policzono w przybliżeniu.",
    )
    opis = models.CharField("wyjaśnienie", max_length=200, blank=True, help_text="Np. „III edycja”.")

    objects = LiczbaWysilkuQuerySet.as_manager()

    class Meta:
        verbose_name = "liczba wysiłku"
        verbose_name_plural = "liczby wysiłku: ile to kosztuje pracy"
        ordering = [F("rok").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="praktyki_liczba_wartosc",
                condition=Q(wartosc__gte=0),
                violation_error_message="Liczba nie może być ujemna.",
            ),
            models.CheckConstraint(
                name="praktyki_liczba_procent",
                condition=~Q(rodzaj="obsluga") | Q(wartosc__lte=MAX_PERCENT),
                violation_error_message="Udział nie może przekraczać 100%.",
            ),
            models.CheckConstraint(
                name="praktyki_liczba_rok",
                condition=Q(rok__isnull=True) | Q(rok__range=(1989, 2100)),
                violation_error_message="Rok musi leżeć między 1989 a 2100.",
            ),
            models.UniqueConstraint(
                name="praktyki_liczba_w_roku",
                fields=["praktyka", "rodzaj", "rok"],
                violation_error_message="Ta praktyka ma już taką liczbę za ten rok.",
            ),
            models.UniqueConstraint(
                name="praktyki_liczba_bez_roku",
                fields=["praktyka", "rodzaj"],
                condition=Q(rok__isnull=True),
                violation_error_message="Ta praktyka ma już taką liczbę bez roku.",
            ),
        ]

    def __str__(self):
        return f"{self.get_rodzaj_display()} ({self.rok})" if self.rok else self.get_rodzaj_display()

    @property
    def jednostka(self) -> str:
        """The unit shown after the number; empty where the kind itself names what is counted."""
        return self.JEDNOSTKI.get(self.rodzaj, "")

    @property
    def w_liczbach(self) -> str:
        """The number with its unit, the way Poles write it; the spaces do not break."""
        return polish.measure(self.wartosc, self.jednostka)


class Glos(models.Model):
    """What the office, or the organisation, says about the practice in its own words."""

    class Strona(models.TextChoices):
        URZAD = "urzad", "urząd"
        ORGANIZACJA = "organizacja", "organizacja"

    praktyka = models.ForeignKey(Praktyka, on_delete=models.CASCADE, related_name="glosy")
    strona = models.CharField("czyj głos", max_length=12, choices=Strona.choices)
    tresc = models.TextField("treść", help_text="Własnymi słowami tej strony, nie redakcji.")
    osoba = models.CharField(
        "osoba",
        max_length=120,
        blank=True,
        help_text="Tylko nazwisko już opublikowane, w publicznej roli. W razie wątpliwości zostaw puste.",
    )
    rola = models.CharField(
        "rola", max_length=160, blank=True, help_text="Np. „kierowniczka biura współpracy”."
    )
    data = models.DateField("data wypowiedzi", null=True, blank=True, validators=[validate_not_in_future])
    url = models.URLField("gdzie opublikowano", max_length=800, blank=True)

    class Meta:
        verbose_name = "głos"
        verbose_name_plural = "dwugłos: urząd i organizacja"
        ordering = [F("data").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="praktyki_glos_tresc",
                condition=~Q(tresc=""),
                violation_error_message="Głos musi mieć treść.",
            ),
            models.CheckConstraint(
                name="praktyki_glos_rola",
                condition=Q(osoba="") | ~Q(rola=""),
                violation_error_message="Przy nazwisku podaj publiczną rolę tej osoby.",
            ),
        ]

    def __str__(self):
        return f"{self.get_strona_display()}: {self.tresc[:60]}"


class RozstrzygniecieQuerySet(models.QuerySet):
    def against(self):
        """Return the rulings that struck a resolution down, wholly or in part, and still stand."""
        return self.filter(obowiazuje=True, wynik__in=self.model.AGAINST)


class Rozstrzygniecie(models.Model):
    """What a supervisor or a court ruled about the practice's legal basis."""

    class Organ(models.TextChoices):
        RIO = "rio", "regionalna izba obrachunkowa"
        NIK = "nik", "Najwyższa Izba Kontroli"
        WOJEWODA = "wojewoda", "wojewoda"
        SAD = "sad", "sąd"

    class Wynik(models.TextChoices):
        BEZ_UWAG = "bez-uwag", "bez uwag"
        UWAGI = "uwagi", "uwagi lub zalecenia"
        UCHYLONA = "uchylona", "uchwała uchylona"
        NIEWAZNOSC = "niewaznosc", "stwierdzono nieważność"
        NIEWAZNOSC_CZESCI = "niewaznosc-czesci", "stwierdzono nieważność części"

    AGAINST = (Wynik.UCHYLONA, Wynik.NIEWAZNOSC, Wynik.NIEWAZNOSC_CZESCI)

    praktyka = models.ForeignKey(Praktyka, on_delete=models.CASCADE, related_name="rozstrzygniecia")
    organ = models.CharField("organ", max_length=10, choices=Organ.choices)
    data = models.DateField("data", validators=[validate_not_in_future])
    sygnatura = models.CharField("sygnatura lub numer", max_length=120, blank=True)
    dotyczy = models.CharField(
        "czego dotyczy", max_length=300, blank=True, help_text="Np. numer i tytuł uchwały."
    )
    wynik = models.CharField(
        "wynik",
        max_length=20,
        choices=Wynik.choices,
        help_text="Uchylenie i nieważność ostrzegają czytelnika wszędzie, gdzie praktyka jest wymieniona.",
    )
    obowiazuje = models.BooleanField(
        "nadal obowiązuje",
        default=True,
        help_text="Odznacz, gdy sąd je uchylił: wpis zostanie na stronie, a ostrzeżenie zniknie.",
    )
    url = models.URLField("adres", max_length=800, blank=True)

    objects = RozstrzygniecieQuerySet.as_manager()

    class Meta:
        verbose_name = "rozstrzygnięcie"
        verbose_name_plural = "ślad nadzoru"
        ordering = ["-data", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="praktyki_rozstrzygniecie_unique",
                fields=["praktyka", "organ", "sygnatura"],
                condition=~Q(sygnatura=""),
                violation_error_message="To rozstrzygnięcie już tu jest.",
            ),
        ]

    def __str__(self):
        return f"{self.get_organ_display()}: {self.get_wynik_display()}"

    @property
    def is_against(self) -> bool:
        """Whether it strikes the practice's resolution down, wholly or in part, and still stands."""
        return self.obowiazuje and self.wynik in self.AGAINST


def attach_evidence(praktyki: list[Praktyka]) -> None:
    """Give each practice its `evidence`: the texts that search finds it by, all read with one query."""
    rows = {praktyka.pk: praktyka for praktyka in praktyki}
    for praktyka in praktyki:
        praktyka.evidence = []
    voices, adoptions, rulings = (
        model.objects.order_by()
        .filter(praktyka__in=rows)
        .values_list("praktyka", Value(number), "pk", *texts)
        for number, (model, *texts) in enumerate(
            (
                (Glos, "tresc", Value("")),
                (Wdrozenie, "jst__nazwa", "co_zmieniono"),
                (Rozstrzygniecie, "sygnatura", "dotyczy"),
            )
        )
    )
    for key, _number, _pk, *texts in sorted(voices.union(adoptions, rulings, all=True)):
        rows[key].evidence.append(" – ".join(filter(None, texts)))
