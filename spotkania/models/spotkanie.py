"""Meetings and their series."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from platforma.lib.dates import days_in_words
from platforma.lib.fields import AutoSlugField, FoldedTextField, SortKeyField
from platforma.lib.legal_clock import Change
from platforma.lib.publication import Publishable, PublishableQuerySet, Status, published_q, readable_q
from praktyki.models import Instrument, Organizacja, Praktyka, Tag, Temat
from praktyki.models.cytat import QuotingTextField
from praktyki.models.instrument import changes_of
from praktyki.models.zrodlo import ZrodloBase

from .readiness import needs_of

RESCHEDULING = ("tytul", "poczatek", "koniec", "bez_godziny", "miejsce", "link_online", "odwolano")
CHRONOLOGICAL = (F("rok").desc(nulls_last=True), F("poczatek").desc(nulls_last=True), "pk")


class CyklQuerySet(models.QuerySet):
    def published(self, now=None):
        """Return the series that have at least one public meeting."""
        return self.filter(pk__in=self.model.objects.filter(published_q("spotkania", now)).values("pk"))

    def readable(self, now=None):
        """Return the series of the meetings that readers can open."""
        return self.filter(pk__in=self.model.objects.filter(readable_q("spotkania", now)).values("pk"))


class Cykl(models.Model):
    """A series of meetings."""

    nazwa = models.CharField("nazwa", max_length=160, unique=True)
    slug = AutoSlugField()
    opis = models.TextField("opis", blank=True)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = CyklQuerySet.as_manager()

    class Meta:
        verbose_name = "cykl spotkań"
        verbose_name_plural = "cykle spotkań"
        ordering = ["nazwa"]

    def __str__(self):
        return self.nazwa

    def get_absolute_url(self):
        return reverse("spotkania:cykl_detail", args=[self.slug])


class SpotkanieQuerySet(PublishableQuerySet):
    def for_cards(self):
        """Fetch what a card shows, in a constant number of queries."""
        return self.select_related("cykl").prefetch_related("instrumenty", "organizatorzy")

    def for_page(self):
        """Fetch everything a meeting's page shows, in a constant number of queries."""
        return self.for_cards().prefetch_related(
            "instrumenty__parametry",
            "partnerzy",
            "tematy",
            "tagi",
            "zrodla",
            "wystapienia__udzialy__prelegent",
            "wystapienia__udzialy__organizacja",
        )

    def for_export(self):
        """Fetch what an export of meetings holds."""
        return self.for_page().prefetch_related("wypowiedzi__prelegent", "wypowiedzi__instrument", "praktyki")

    def for_index(self):
        """Return the rows that are or will be public, with all that they are found by."""
        return (
            self.filter(status=Status.PUBLISHED)
            .select_related("cykl")
            .prefetch_related(
                "instrumenty__aliasy",
                "organizatorzy",
                "partnerzy",
                "tematy",
                "tagi",
                "wypowiedzi__prelegent",
                "wystapienia__udzialy__prelegent",
            )
        )

    def of_organisations(self, organisations):
        """Return the meetings that any of `organisations` organised, partnered or spoke at."""
        involved = Q()
        for path in ("organizatorzy", "partnerzy", "wystapienia__udzialy__organizacja"):
            rows = self.model.objects.filter(**{f"{path}__in": organisations})
            involved |= Q(pk__in=rows.values("pk"))
        return self.filter(involved)

    def upcoming(self, now=None):
        """Return the meetings that have not ended, soonest first."""
        return self.filter(upcoming_q(now)).order_by("poczatek", "pk")

    def not_upcoming(self, now=None):
        """Return the rest, latest first; those of an unknown day come by their year, then last."""
        return self.exclude(upcoming_q(now)).chronological()

    def chronological(self):
        return self.order_by(*CHRONOLOGICAL)

    def in_days(self, first, last):
        """Return the meetings of a known day that last on any day from `first` to `last`, soonest first."""
        start, stop = _midnight(first), _midnight(last + timedelta(days=1))
        lasts_into = Q(koniec__gte=start) | Q(koniec__isnull=True, poczatek__gte=start)
        return self.filter(lasts_into, poczatek__lt=stop).order_by("poczatek", "pk")

    def in_year(self, year):
        """Return the meetings that begin on a known day of `year`, soonest first."""
        return self.dated().filter(rok=year).order_by("poczatek", "pk")

    def dated(self):
        return self.filter(poczatek__isnull=False)

    def last_before(self, day):
        """Return the last meeting that begins before `day`, or None."""
        return self.filter(poczatek__lt=_midnight(day)).order_by("poczatek", "pk").last()

    def first_after(self, day):
        """Return the first meeting that begins after `day`, or None."""
        tomorrow = _midnight(day + timedelta(days=1))
        return self.filter(poczatek__gte=tomorrow).order_by("poczatek", "pk").first()

    def of_speaker(self, prelegent):
        return self.filter(pk__in=self.model.objects.filter(wystapienia__prelegenci=prelegent).values("pk"))

    def in_year_only(self, year):
        """Return the meetings of which no more than the year is known."""
        return self.filter(rok=year, poczatek__isnull=True).order_by("sort_key", "pk")

    def next_of_series(self, spotkanie, now=None):
        """Return the meetings of the series of `spotkanie` that are still to come, soonest first."""
        return self.filter(cykl__isnull=False, cykl=spotkanie.cykl_id).exclude(pk=spotkanie.pk).upcoming(now)

    def counted_years(self):
        """Return `{"rok", "liczba"}` of each year there are meetings in, latest first."""
        years = self.filter(rok__isnull=False).order_by("-rok").values("rok")
        return years.annotate(liczba=models.Count("pk"))

    def years(self):
        """Return the years there are meetings in, latest first."""
        return self.filter(rok__isnull=False).order_by("-rok").values_list("rok", flat=True).distinct()


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def upcoming_q(now=None) -> Q:
    """Return the condition "has not ended": without a known hour of its end, a day lasts until midnight."""
    now = now or timezone.now()
    today = _midnight(timezone.localdate(now))
    return (
        Q(koniec__gte=now, bez_godziny=False)
        | Q(koniec__gte=today, bez_godziny=True)
        | Q(koniec__isnull=True, poczatek__gte=today)
    )


def end_moments(rows, now) -> list:
    """Return `(moment, pk)` of the meetings among `rows` that have not ended: when each will have."""
    moments = []
    for pk, start, end, day_only in rows.filter(upcoming_q(now)).values_list(
        "pk", "poczatek", "koniec", "bez_godziny"
    ):
        moments.append((_midnight_after(end or start) if day_only or not end else end, pk))
    year = timezone.localdate(now).year
    new_year = timezone.make_aware(datetime(year + 1, 1, 1))
    this_year = rows.filter(poczatek__isnull=True, rok=year).values_list("pk", flat=True)
    return [*moments, *((new_year, pk) for pk in this_year)]


def _midnight_after(moment) -> datetime:
    """Return when the day of `moment` ends here, which on two nights a year is not 24 hours later."""
    next_day = timezone.localdate(moment) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(next_day, time.min))


def past_q(now=None) -> Q:
    """Return the condition "has ended"; a meeting known only by its year has once that year is over."""
    year = timezone.localdate(now or timezone.now()).year
    return Q(poczatek__isnull=False) & ~upcoming_q(now) | Q(poczatek__isnull=True, rok__lt=year)


class SpotkanieTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="spotkania_tagi")
    content_object = models.ForeignKey("Spotkanie", on_delete=models.CASCADE, related_name="spotkania_tagi")


class Spotkanie(Publishable):
    class Rodzaj(models.TextChoices):
        WARSZTAT = "warsztat", "warsztat"
        SZKOLENIE = "szkolenie", "szkolenie"
        KONFERENCJA = "konferencja", "konferencja"
        WEBINARIUM = "webinarium", "webinarium"
        SPOTKANIE = "spotkanie", "spotkanie"

    class Forma(models.TextChoices):
        STACJONARNE = "stacjonarne", "stacjonarne"
        ONLINE = "online", "online"
        HYBRYDOWE = "hybrydowe", "hybrydowe"

    tytul = models.CharField("tytuł", max_length=250)
    slug = AutoSlugField("tytul")
    rodzaj = models.CharField("rodzaj", max_length=20, choices=Rodzaj.choices)
    forma = models.CharField("forma", max_length=20, choices=Forma.choices, blank=True)
    poczatek = models.DateTimeField("początek", null=True, blank=True, help_text="Puste: data nieznana.")
    koniec = models.DateTimeField("koniec", null=True, blank=True)
    bez_godziny = models.BooleanField("godzina nieznana", default=False)
    rok = models.PositiveSmallIntegerField(
        "rok", null=True, blank=True, help_text="Wypełnia się z daty; wpisz, gdy znany jest tylko rok."
    )
    data_opis = models.CharField(
        "data słownie", max_length=120, blank=True, help_text="Np. „maj 2024 r.”, gdy dzień nieznany."
    )
    miejsce = models.CharField("miejsce", max_length=250, blank=True)
    link_online = models.URLField("adres transmisji", max_length=500, blank=True)
    organizatorzy = models.ManyToManyField(
        Organizacja, verbose_name="organizatorzy", related_name="spotkania_organizowane", blank=True
    )
    organizator_opis = models.CharField("organizator słownie", max_length=250, blank=True)
    partnerzy = models.ManyToManyField(
        Organizacja, verbose_name="partnerzy", related_name="spotkania_partnerskie", blank=True
    )
    partnerzy_opis = models.CharField("partnerzy słownie", max_length=250, blank=True)
    odwolano = models.DateField(
        "odwołane dnia", null=True, blank=True, help_text="Puste: spotkanie nie jest odwołane."
    )
    powod_odwolania = models.CharField("powód odwołania", max_length=250, blank=True)
    cykl = models.ForeignKey(
        Cykl, verbose_name="cykl", null=True, blank=True, on_delete=models.SET_NULL, related_name="spotkania"
    )
    streszczenie = models.TextField("streszczenie", blank=True)
    opis = QuotingTextField("opis", blank=True)
    instrumenty = models.ManyToManyField(
        Instrument, verbose_name="instrumenty", related_name="spotkania", blank=True
    )
    tematy = models.ManyToManyField(Temat, verbose_name="tematy", related_name="spotkania", blank=True)
    praktyki = models.ManyToManyField(Praktyka, verbose_name="praktyki", related_name="spotkania", blank=True)
    tagi = TaggableManager("tagi", through=SpotkanieTag, blank=True, help_text="Oddzielone przecinkami.")
    liczba_uczestnikow_jst = models.PositiveIntegerField("uczestnicy z samorządów", null=True, blank=True)
    liczba_uczestnikow_ngo = models.PositiveIntegerField("uczestnicy z organizacji", null=True, blank=True)
    uwagi_redakcji = models.TextField("uwagi redakcji", blank=True, help_text="Nigdy nie są publikowane.")
    sequence = models.PositiveIntegerField("numer zmiany terminu", default=0, editable=False)
    sort_key = SortKeyField("tytul")
    search_text = FoldedTextField(
        "tytul", "streszczenie", "opis", "miejsce", "organizator_opis", "partnerzy_opis"
    )

    objects = SpotkanieQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "spotkanie"
        verbose_name_plural = "spotkania"
        ordering = CHRONOLOGICAL
        permissions = [("publish_spotkanie", "Może publikować, cofać i archiwizować spotkania")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="spotkania_spotkanie_koniec",
                condition=Q(koniec__isnull=True) | Q(poczatek__isnull=False, koniec__gte=F("poczatek")),
                violation_error_message="Koniec nie może być wcześniejszy niż początek.",
            ),
            models.CheckConstraint(
                name="spotkania_spotkanie_odwolanie",
                condition=Q(powod_odwolania="") | Q(odwolano__isnull=False),
                violation_error_message="Powód odwołania ma tylko spotkanie odwołane: podaj dzień odwołania.",
            ),
        ]

    def __str__(self):
        return self.tytul

    def save(self, **kwargs):
        if self.poczatek:
            self.rok = timezone.localtime(self.poczatek).year
        fields = kwargs.get("update_fields")
        if self.pk and (fields is None or set(RESCHEDULING) & set(fields)) and self._is_rescheduled():
            self.sequence += 1
            if fields is not None:
                kwargs["update_fields"] = {*fields, "sequence"}
        super().save(**kwargs)

    def _is_rescheduled(self) -> bool:
        """Tell whether a calendar that knows the saved row must be told anew (RFC 5545, SEQUENCE)."""
        known = type(self).objects.filter(pk=self.pk).values(*RESCHEDULING).first()
        return known is not None and known != {name: getattr(self, name) for name in RESCHEDULING}

    def get_absolute_url(self):
        return reverse("spotkania:detail", args=[self.slug])

    def needs(self):
        return needs_of(self)

    @property
    def picture_url(self) -> str:
        """The address of the picture drawn for links to this page."""
        return reverse("spotkania:picture", args=[self.slug])

    @property
    def termin(self) -> str:
        """The date in words: a day, a span of days, what is known of it, or „data nieznana”."""
        if not self.poczatek:
            return self.data_opis or (f"{self.rok}, dokładna data nieznana" if self.rok else "data nieznana")
        first, last = self.local_start, self.local_end or self.local_start
        text = days_in_words(first.date(), last.date())
        if self.bez_godziny:
            return text
        is_short = first < last and first.date() == last.date()
        return f"{text}, godz. {first:%H:%M}{f'–{last:%H:%M}' if is_short else ''}"

    @property
    def stan_prawny(self):
        """The day whose law was spoken of: that of the meeting, None where it is unknown."""
        return timezone.localdate(self.poczatek) if self.poczatek else None

    def legal_changes(self, day=None) -> list[Change]:
        """Return what has changed in its instruments' legal numbers since the meeting, and what will."""
        return changes_of(self.instrumenty.all(), self.stan_prawny, day)

    @property
    def termin_iso(self) -> str:
        """The day of the start as an ISO date, or "" when it is unknown."""
        return timezone.localdate(self.poczatek).isoformat() if self.poczatek else ""

    @property
    def local_start(self):
        """The start in Polish time, or None."""
        return self.poczatek and timezone.localtime(self.poczatek)

    @property
    def local_end(self):
        """The end in Polish time, or None."""
        return self.koniec and timezone.localtime(self.koniec)

    @property
    def is_cancelled(self) -> bool:
        return self.odwolano is not None

    def public_statements(self) -> list:
        """Return what was said and may be shown; fetch `wypowiedzi__prelegent` before asking many rows."""
        return [row for row in self.wypowiedzi.all() if row.is_public]

    def is_upcoming(self, now=None) -> bool:
        """Tell whether the meeting has not ended; the same rule as `upcoming_q`."""
        now = now or timezone.now()
        if self.koniec and not self.bez_godziny:
            return self.koniec >= now
        last = self.koniec or self.poczatek
        return last is not None and timezone.localdate(last) >= timezone.localdate(now)


class ZrodloSpotkania(ZrodloBase):
    spotkanie = models.ForeignKey(Spotkanie, on_delete=models.CASCADE, related_name="zrodla")

    class Meta(ZrodloBase.Meta):
        pass
