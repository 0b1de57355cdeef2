"""E-mail through a table: a page only writes a row; a thread or a command sends it, again if needed."""

import re
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=2)  # doubled after each attempt: the last one comes some eight hours later
CLAIM = timedelta(minutes=10)  # a sender that has not answered by then is gone
MAX_ERROR = 300  # characters
_LINK = re.compile(r"\b(?:https?|ftp|javascript|data):[^\s\"'<>]+|\bwww\.[^\s\"'<>]+", re.IGNORECASE)


class ForeignLink(Exception):
    """A message would lead its reader away from our site."""


class WiadomoscQuerySet(models.QuerySet):
    def due(self, now):
        """Return the messages to send at `now`, the oldest first, those of lost senders among them."""
        State = Wiadomosc.State
        lost = Q(state=State.SENDING, claimed_at__lt=now - CLAIM)
        return self.filter(Q(state=State.WAITING, send_after__lte=now) | lost).order_by("pk")

    def claim(self, pk, now) -> bool:
        """Take a message for sending; False where another process was quicker."""
        changes = {"state": Wiadomosc.State.SENDING, "claimed_at": now, "attempts": F("attempts") + 1}
        return bool(self.due(now).filter(pk=pk).order_by().update(**changes))

    def failed(self):
        """Return what did not go out at its last attempt, given up or not."""
        return self.filter(state__in=(Wiadomosc.State.WAITING, Wiadomosc.State.FAILED)).exclude(error="")

    def send_again(self, now=None) -> int:
        """Give what was given up all its attempts once more; return how many messages that was."""
        fresh = {"state": Wiadomosc.State.WAITING, "attempts": 0, "error": ""}
        return self.filter(state=Wiadomosc.State.FAILED).update(send_after=now or timezone.now(), **fresh)

    def done_before(self, moment):
        """Return what was sent or given up before `moment`."""
        return self.filter(state__in=(Wiadomosc.State.SENT, Wiadomosc.State.FAILED), claimed_at__lt=moment)


class Wiadomosc(models.Model):
    """One message to one address."""

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        SENDING = "sending", "wysyłana"
        SENT = "sent", "wysłana"
        FAILED = "failed", "nie udało się wysłać"

    adres = models.EmailField("do kogo")
    temat = models.CharField("temat", max_length=200)
    tekst = models.TextField("treść")
    html = models.TextField("treść w HTML")
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("próby", default=0)
    send_after = models.DateTimeField("wysłać po", default=timezone.now)
    claimed_at = models.DateTimeField("ostatnia próba", null=True, blank=True)
    error = models.CharField("powód niepowodzenia", max_length=MAX_ERROR, blank=True)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)

    objects = WiadomoscQuerySet.as_manager()

    class Meta:
        app_label = "platforma"
        verbose_name = "wiadomość e-mail"
        verbose_name_plural = "wiadomości e-mail"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "send_after"], name="platforma_wiadomosc_due")]

    def __str__(self):
        return self.temat

    def send(self) -> None:
        """Hand the message to the mail server; whatever it raises is the caller's."""
        no_reply = {"Auto-Submitted": "auto-generated"}  # RFC 3834: holiday notices are not to answer it
        message = EmailMultiAlternatives(self.temat, self.tekst, to=[self.adres], headers=no_reply)
        message.attach_alternative(self.html, "text/html")
        message.send()


def without_links(text: str) -> str:
    """Return what somebody typed, fit for a message: what a mail program would make a link of is left out."""
    return _LINK.sub("[…]", text)


def queue_mail(adres: str, name: str, **context) -> Wiadomosc:
    """Queue the message of the templates `mail/<name>.txt`, whose first line is its subject, and `.html`.

    Raises ForeignLink where a text would lead anywhere but to our own site.
    """
    context |= {"site_url": settings.SITE_URL}
    subject, _, text = render_to_string(f"mail/{name}.txt", context).strip().partition("\n")
    html = render_to_string(f"mail/{name}.html", context)
    for link in _LINK.findall(f"{subject}\n{text}\n{html}"):
        if link != settings.SITE_URL and not link.startswith(f"{settings.SITE_URL}/"):
            raise ForeignLink(link)
    return Wiadomosc.objects.create(adres=adres, temat=subject, tekst=text.strip() + "\n", html=html)


def send_due(now=None) -> tuple[int, int]:
    """Send what is due; return how many went out and how many failed, to be tried again or given up."""
    sent = failed = 0
    for message in Wiadomosc.objects.due(now or timezone.now()):
        moment = now or timezone.now()  # the messages before may have taken longer than CLAIM
        if Wiadomosc.objects.claim(message.pk, moment):
            is_sent = _attempt(message, moment)
            sent, failed = sent + is_sent, failed + (not is_sent)
    return sent, failed


def _attempt(message, now) -> bool:
    """Try once and note the outcome. Any error of a mail library must not stop the others' messages."""
    row, attempts = Wiadomosc.objects.filter(pk=message.pk), message.attempts + 1
    try:
        message.send()
    except Exception as error:
        is_last = attempts >= ATTEMPTS or _is_final(error)
        row.update(
            state=Wiadomosc.State.FAILED if is_last else Wiadomosc.State.WAITING,
            send_after=now + FIRST_PAUSE * 2 ** (attempts - 1),
            error=f"{type(error).__name__}: {error}"[:MAX_ERROR],
        )
        return False
    row.update(state=Wiadomosc.State.SENT, error="")
    return True


def _is_final(error: Exception) -> bool:
    """Tell whether the mail server refused for good: codes from 500 on (RFC 5321, 4.2.1)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500
