"""What the site itself keeps: the accessibility statement and the record of loaded content."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from platforma.lib.audit import Zdarzenie
from platforma.lib.history import track
from platforma.lib.limits import Kubelek
from platforma.lib.links.models import SprawdzonyAdres
from platforma.lib.mail import Wiadomosc
from platforma.lib.preview.models import LinkPodgladu, UwagaPodgladu
from platforma.lib.revision import Rewizja, Zmiana
from platforma.lib.search.models import Analiza, Klucz, Slowo, Synonim, Zapytanie

from .zalacznik import Zalacznik
from .zgloszenie import Zgloszenie

__all__ = [
    "Analiza",
    "DeklaracjaDostepnosci",
    "Klucz",
    "Kubelek",
    "LinkPodgladu",
    "LoadedRow",
    "Rewizja",
    "Slowo",
    "SprawdzonyAdres",
    "Synonim",
    "UwagaPodgladu",
    "Wiadomosc",
    "Zalacznik",
    "Zapytanie",
    "Zdarzenie",
    "Zgloszenie",
    "Zmiana",
]


class DeklaracjaDostepnosci(models.Model):
    """The accessibility statement (ustawa z 4 kwietnia 2019 r. o dostępności cyfrowej); one row at most."""

    class Status(models.TextChoices):
        ZGODNY = "zgodny", "zgodny"
        CZESCIOWO = "częściowo zgodny", "częściowo zgodny"
        NIEZGODNY = "niezgodny", "niezgodny"

    podmiot = models.CharField("nazwa podmiotu publicznego", max_length=200, blank=True)
    data_publikacji = models.DateField("data publikacji serwisu", null=True, blank=True)
    data_aktualizacji = models.DateField("data ostatniej istotnej zmiany", null=True, blank=True)
    status = models.CharField("status zgodności", max_length=20, choices=Status.choices, blank=True)
    tresci_niedostepne = models.TextField("treści niedostępne i wyłączenia", blank=True)
    ocena = models.TextField("sposób oceny", blank=True)
    audytor = models.CharField("kto badał", max_length=200, blank=True)
    data_sporzadzenia = models.DateField("data sporządzenia deklaracji", null=True, blank=True)
    data_przegladu = models.DateField("data ostatniego przeglądu", null=True, blank=True)
    osoba = models.CharField("osoba lub komórka do kontaktu", max_length=200, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    telefon = models.CharField("telefon", max_length=40, blank=True)
    architektura = models.TextField("dostępność siedziby", blank=True)
    aplikacje = models.TextField("aplikacje mobilne", blank=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    class Meta:
        verbose_name = "deklaracja dostępności"
        verbose_name_plural = "deklaracja dostępności"
        constraints = [models.CheckConstraint(name="platforma_deklaracja_single", condition=Q(pk=1))]

    def __str__(self):
        return "Deklaracja dostępności"

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)


class LoadedRow(models.Model):
    """What `load_content` put where, so that it never doubles a row or undoes an editor's change."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    object_id = models.PositiveBigIntegerField()
    row = GenericForeignKey("content_type", "object_id")
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "key"], name="platforma_loadedrow_key")
        ]

    def __str__(self):
        return self.key


track(DeklaracjaDostepnosci)
track(Synonim)
