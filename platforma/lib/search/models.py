"""The tables of the search: words seen in documents, and what readers looked for."""

import itertools

from django.core.exceptions import ValidationError
from django.db import models

from platforma.lib.search.tokens import is_question_word, is_stop_word, tokenise


class Slowo(models.Model):
    """A written form, its folded spelling and the class it stands for; `df` counts documents, roughly."""

    forma = models.CharField(max_length=100)
    zlozona = models.CharField(max_length=100)
    klasa = models.CharField(max_length=400)
    df = models.PositiveIntegerField()

    class Meta:
        app_label = "platforma"
        verbose_name = "słowo"
        verbose_name_plural = "słownik wyszukiwarki"
        constraints = [models.UniqueConstraint(fields=["forma", "klasa"], name="platforma_slowo_unique")]

    def __str__(self):
        return self.forma


class Klucz(models.Model):
    """A dictionary form and a class that contains it."""

    klucz = models.CharField(max_length=100)
    klasa = models.CharField(max_length=400)
    df = models.PositiveIntegerField()

    class Meta:
        app_label = "platforma"
        verbose_name = "hasło"
        verbose_name_plural = "hasła wyszukiwarki"
        constraints = [models.UniqueConstraint(fields=["klucz", "klasa"], name="platforma_klucz_unique")]

    def __str__(self):
        return self.klucz


class Analiza(models.Model):
    """Which analysis of words (`documents.ANALYSIS`) the index is made by; one row."""

    numer = models.PositiveIntegerField()

    class Meta:
        app_label = "platforma"
        verbose_name = "analiza słów"
        verbose_name_plural = "analiza słów"

    def __str__(self):
        return str(self.numer)


class SynonimQuerySet(models.QuerySet):
    def pairs(self) -> list[tuple[str, str]]:
        """Return every `(phrase, other way to say it)`."""
        return [pair for synonim in self for pair in synonim.pairs()]


class Synonim(models.Model):
    """A phrase and what it means as well; readers may type either."""

    fraza = models.CharField("słowo lub fraza", max_length=120, unique=True, help_text="W dowolnej odmianie.")
    zamienniki = models.TextField("znaczy też", help_text="Każdy zamiennik w osobnym wierszu.")
    w_obie_strony = models.BooleanField(
        "działa w obie strony", default=True, help_text="Szukanie zamiennika znajdzie też frazę."
    )
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = SynonimQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "synonim"
        verbose_name_plural = "synonimy"
        ordering = ["fraza"]

    def __str__(self):
        return self.fraza

    def clean(self):
        typed = {token.text for phrase, _other in self.pairs() for token in tokenise(phrase)}
        if unasked := sorted(word for word in typed if is_question_word(word) and not is_stop_word(word)):
            words = ", ".join(f"„{word}”" for word in unasked)
            raise ValidationError(f"Wyszukiwarka nie wymaga słów: {words}. Wpisz frazę bez nich.")

    def pairs(self) -> list[tuple[str, str]]:
        others = [line.strip() for line in self.zamienniki.splitlines() if line.strip()]
        if not self.w_obie_strony:
            return [(self.fraza, other) for other in others]
        return list(itertools.permutations([self.fraza, *others], 2))


class ZapytanieQuerySet(models.QuerySet):
    def by_words(self):
        """Return the latest row of the same words on the same page, with `razem`: how often in all."""
        same = self.model.objects.filter(slowa=models.OuterRef("slowa"), strona=models.OuterRef("strona"))
        total = same.order_by().values("slowa").annotate(total=models.Sum("razy")).values("total")
        latest = self.order_by().values("slowa", "strona").annotate(latest=models.Max("pk")).values("latest")
        return self.filter(pk__in=latest).annotate(razem=models.Subquery(total))

    def without_results(self):
        return self.filter(wyniki=0)

    def older_than(self, day):
        return self.filter(dzien__lt=day)


class Zapytanie(models.Model):
    """What readers searched for on one day and one page: words without anything about the person."""

    slowa = models.CharField("słowa", max_length=200)
    strona = models.CharField("gdzie", max_length=20)
    dzien = models.DateField("dzień", db_index=True)
    razy = models.PositiveIntegerField("ile razy")
    wyniki = models.PositiveIntegerField("wyniki")
    poprawka = models.CharField("pokazano wyniki dla", max_length=200, blank=True)

    objects = ZapytanieQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "zapytanie czytelników"
        verbose_name_plural = "zapytania czytelników"
        ordering = ["-dzien", "slowa"]
        constraints = [
            models.UniqueConstraint(fields=["slowa", "strona", "dzien"], name="platforma_zapytanie_unique")
        ]

    def __str__(self):
        return self.slowa
