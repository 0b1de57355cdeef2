"""What people send us: a practice of their own, or an error they saw on a page; one queue for both."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from platforma.lib.codes import new_code

MAX_TEXT = 6000  # characters
YEARS = (MinValueValidator(1989), MaxValueValidator(2100))
PERSONAL = ("osoba", "email", "telefon", "kontakt")  # a draft has a copy of the last one, to be published


def read_codes(text: str) -> list[str]:
    """Return what codes a person may have meant: copied by hand, or pasted with the link around it.

    No code holds 0, 1, 8 or 9: a nought is an o, an eight a b, and a one an i or an l.
    """
    part = text.partition("/zglos/")[2].partition("/")[0] or text
    code = "".join(filter(str.isalnum, part)).lower()
    code = code.translate({ord("0"): "o", ord("8"): "b"})[-26:]
    return [code.replace("1", letter) for letter in "il"]


class ZgloszenieQuerySet(models.QuerySet):
    def with_code(self, codes):
        """Return the submission that one of `codes` opens; None where there is none."""
        return self.filter(code__in=codes).first()

    def sent(self):
        """Return what has reached the editors."""
        return self.exclude(state=Zgloszenie.State.DRAFT)

    def waiting(self):
        """Return what waits for the editors."""
        return self.filter(state__in=(Zgloszenie.State.RECEIVED, Zgloszenie.State.REVIEW))

    def practices(self):
        return self.filter(rodzaj=Zgloszenie.Rodzaj.PRAKTYKA)

    def errors(self):
        return self.filter(rodzaj=Zgloszenie.Rodzaj.BLAD)

    def editable(self):
        """Return what its author may still change."""
        return self.filter(state__in=EDITABLE)

    def hold_editable(self, pk) -> "Zgloszenie | None":
        """Return the submission if its author may still change it, held until the transaction ends."""
        return self.editable().select_for_update().filter(pk=pk).first()

    def move(self, pk, sources, to, **fields) -> bool:
        """Change the state in one statement; False where it is no longer one of `sources`."""
        changes = {"state": to, "updated_at": timezone.now(), **fields}
        return bool(self.filter(pk=pk, state__in=sources).update(**changes))

    def with_news_of_publication(self, now):
        """Return the submissions whose practice is public and whose author has not been told so."""
        public = Q(praktyka__status="published", praktyka__published_at__lte=now)
        return self.filter(public, state=Zgloszenie.State.ACCEPTED, published_note_at=None).exclude(email="")

    def personal_data_due(self, now):
        """Return what was decided so long ago that nobody needs to be asked any more."""
        decided = now - timedelta(days=settings.SUBMISSION_DAYS)
        return self.filter(decided_at__lt=decided, personal_removed_at=None)

    def abandoned(self, now):
        """Return what was begun and never sent."""
        return self._untouched(Zgloszenie.State.DRAFT, now)

    def unanswered(self, now):
        """Return what its author was asked to complete and left so."""
        return self._untouched(Zgloszenie.State.MISSING, now)

    def _untouched(self, state, now):
        return self.filter(state=state, updated_at__lt=now - timedelta(days=settings.SUBMISSION_DAYS))


class Zgloszenie(models.Model):
    class Rodzaj(models.TextChoices):
        PRAKTYKA = "praktyka", "praktyka"
        BLAD = "blad", "błąd na stronie"

    class State(models.TextChoices):
        DRAFT = "draft", "niewysłane"
        RECEIVED = "received", "przyjęte"
        REVIEW = "review", "sprawdzane"
        MISSING = "missing", "czeka na uzupełnienie"
        ACCEPTED = "accepted", "uwzględnione"
        DECLINED = "declined", "nieuwzględnione"

    rodzaj = models.CharField("rodzaj", max_length=10, choices=Rodzaj.choices, default=Rodzaj.PRAKTYKA)
    code = models.CharField("kod", max_length=32, unique=True, default=new_code, editable=False)
    ticket = models.CharField("bilet", max_length=32, unique=True, editable=False)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.DRAFT)

    # To publish.
    tytul = models.CharField("tytuł praktyki", max_length=200)
    streszczenie = models.TextField("w skrócie", max_length=600, blank=True)
    instrumenty = models.ManyToManyField(
        "praktyki.Instrument", verbose_name="instrumenty", related_name="zgloszenia", blank=True
    )
    miejsce = models.CharField("gmina, miasto lub powiat", max_length=120, blank=True)
    organizacja = models.CharField("organizacja", max_length=200, blank=True)
    problem = models.TextField("jaki był problem", max_length=MAX_TEXT, blank=True)
    rozwiazanie = models.TextField("co zrobiono", max_length=MAX_TEXT, blank=True)
    rezultaty = models.TextField("co z tego wyszło", max_length=MAX_TEXT, blank=True)
    trudnosci = models.TextField("co było trudne", max_length=MAX_TEXT, blank=True)
    odbiorcy_opis = models.CharField("dla kogo", max_length=300, blank=True)
    rok_od = models.PositiveSmallIntegerField("rok rozpoczęcia", null=True, blank=True, validators=YEARS)
    rok_do = models.PositiveSmallIntegerField("rok zakończenia", null=True, blank=True, validators=YEARS)
    kwota_zl = models.DecimalField(
        "kwota w złotych",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    kwota_opis = models.CharField("co oznacza ta kwota", max_length=300, blank=True)
    zrodlo_url = models.URLField("adres strony z informacją o praktyce", max_length=800, blank=True)
    kontakt = models.CharField("kontakt do publikacji", max_length=300, blank=True)

    # An error: where, and what is wrong.
    strona = models.CharField("adres strony", max_length=300, blank=True)
    opis_bledu = models.TextField("co jest nie tak", max_length=MAX_TEXT, blank=True)

    # To contact: never published, removed after the decision.
    osoba = models.CharField("imię i nazwisko", max_length=120, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    telefon = models.CharField("telefon", max_length=30, blank=True)

    potwierdzenie = models.BooleanField("potwierdzenie", default=False)

    odpowiedz = models.TextField(
        "odpowiedź redakcji", blank=True, help_text="Przeczyta ją osoba zgłaszająca."
    )
    praktyka = models.OneToOneField(
        "praktyki.Praktyka",
        verbose_name="powstała praktyka",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",  # so that the desk does not take the submission for an entry that needs its draft
    )
    sent_at = models.DateTimeField("wysłano", null=True, blank=True)
    decided_at = models.DateTimeField("rozstrzygnięto", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="kto rozstrzygnął",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_note_at = models.DateTimeField("powiadomiono o publikacji", null=True, blank=True)
    personal_removed_at = models.DateTimeField("usunięto dane kontaktowe", null=True, blank=True)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = ZgloszenieQuerySet.as_manager()

    class Meta:
        verbose_name = "zgłoszenie"
        verbose_name_plural = "zgłoszenia"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="platforma_zgloszenie_decided",
                condition=Q(state__in=("accepted", "declined"), decided_at__isnull=False)
                | (~Q(state__in=("accepted", "declined")) & Q(decided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="platforma_zgloszenie_sent", condition=Q(state="draft") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="platforma_zgloszenie_reason",
                condition=~Q(state__in=("declined", "missing")) | ~Q(odpowiedz=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "decided_at"], name="platforma_zgloszenie_state")]

    def __str__(self):
        return self.tytul

    def get_absolute_url(self):
        """The secret address of its status page, for its author only."""
        return reverse("zglos:status", args=[self.code])

    @property
    def code_in_groups(self) -> str:
        """The code as people copy it by hand."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_error(self) -> bool:
        return self.rodzaj == self.Rodzaj.BLAD

    @property
    def open_until(self):
        """The moment at which a submission that its author does not complete is closed."""
        return self.updated_at + timedelta(days=settings.SUBMISSION_DAYS)

    @property
    def readable(self):
        """The practice made of it, once readers may open its page."""
        return self.praktyka if self.praktyka and self.praktyka.is_readable() else None


EDITABLE = (Zgloszenie.State.DRAFT, Zgloszenie.State.MISSING)
OPEN = (Zgloszenie.State.RECEIVED, Zgloszenie.State.REVIEW, Zgloszenie.State.MISSING)
