"""What the last check of each address found: one row an address, however many entries name it."""

from django.db import models


class Wynik(models.TextChoices):
    """What a check found; all but the first three mean that a reader will not get there."""

    DZIALA = "dziala", "działa"
    PRZENIESIONY = "przeniesiony", "działa pod nowym adresem"
    ODMOWA = "odmowa", "serwer odmawia programom"
    BRAK = "brak", "nie ma takiej strony"
    SERWER = "serwer", "błąd serwera"
    TLS = "tls", "błąd certyfikatu"
    DNS = "dns", "nieznany serwer"
    CZAS = "czas", "brak odpowiedzi na czas"
    POLACZENIE = "polaczenie", "połączenie odrzucone lub zerwane"
    PETLA = "petla", "za dużo przekierowań"
    NIEDOZWOLONY = "niedozwolony", "adres spoza publicznego internetu"
    BLEDNY = "bledny", "błędny adres lub niezrozumiała odpowiedź"


ANSWERS = (Wynik.DZIALA, Wynik.PRZENIESIONY, Wynik.ODMOWA)


class SprawdzonyAdresQuerySet(models.QuerySet):
    def broken(self):
        return self.exclude(wynik__in=ANSWERS)

    def answering(self):
        return self.filter(wynik__in=ANSWERS)


class SprawdzonyAdres(models.Model):
    """An address that entries link to, and what its last check found."""

    url = models.CharField("adres", max_length=800, unique=True)
    wynik = models.CharField("wynik", max_length=12, choices=Wynik.choices, db_index=True)
    kod = models.PositiveSmallIntegerField("kod odpowiedzi", null=True, blank=True)
    uwaga = models.CharField("szczegóły", max_length=300, blank=True)
    dokad = models.CharField("dokąd prowadzi", max_length=800, blank=True)
    sprawdzono = models.DateTimeField("sprawdzono")
    zawodzi_od = models.DateTimeField("nie działa od", null=True, blank=True)

    objects = SprawdzonyAdresQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "sprawdzony link"
        verbose_name_plural = "sprawdzone linki"
        ordering = ["zawodzi_od", "url"]

    def __str__(self):
        return self.url

    @property
    def is_broken(self) -> bool:
        return self.wynik not in ANSWERS
