"""The queue of e-mail: sent once, tried again ever later, given up in the end, never leading away from us."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.management import call_command
from django.template import engines
from django.utils import timezone

from platforma.lib import mail as queue
from platforma.lib.mail import ForeignLink, Wiadomosc, queue_mail, send_due
from platforma.models import Zgloszenie
from tests import builders

pytestmark = pytest.mark.django_db
State = Wiadomosc.State


def make_message(**kw):
    defaults = {"adres": "jan@example.org", "temat": "Przyjęto", "tekst": "Tak.", "html": "<p>Tak.</p>"}
    return Wiadomosc.objects.create(**defaults | kw)


def test_a_message_goes_out_once_in_text_and_html(settings):
    queue_mail("jan@example.org", "przyjeto", link=f"{settings.SITE_URL}/zglos/abc/")
    assert (send_due(), send_due()) == ((1, 0), (0, 0))
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["jan@example.org"], "Przyjęliśmy zgłoszenie")
    assert message.message()["Auto-Submitted"] == "auto-generated"
    (html, kind), *_rest = message.alternatives
    assert kind == "text/html"
    for text in (message.body, html):
        assert f"{settings.SITE_URL}/zglos/abc/" in text


def test_a_failure_is_tried_again_ever_later_and_given_up_in_the_end(monkeypatch):
    def fail(self):
        raise OSError("serwer nie odpowiada")

    monkeypatch.setattr(Wiadomosc, "send", fail)
    message, now, pauses = make_message(), timezone.now(), []
    for _attempt in range(queue.ATTEMPTS):
        assert send_due(now) == (0, 1)
        message.refresh_from_db()
        assert send_due(now) == (0, 0)
        pauses.append(message.send_after - now)
        now = message.send_after
    assert (message.state, message.error) == (State.FAILED, "OSError: serwer nie odpowiada")
    assert pauses == sorted(pauses)
    assert send_due(now + timedelta(days=30)) == (0, 0)


def test_one_bad_message_does_not_stop_the_others(monkeypatch):
    send = Wiadomosc.send

    def fail_for_one(self):
        if self.pk == bad.pk:
            raise ValueError("zły adres")
        send(self)

    bad, _good = make_message(), make_message()
    monkeypatch.setattr(Wiadomosc, "send", fail_for_one)
    assert send_due() == (1, 1)


def test_what_a_lost_sender_took_is_taken_again():
    message, now = make_message(), timezone.now()
    assert Wiadomosc.objects.claim(message.pk, now)
    assert not Wiadomosc.objects.claim(message.pk, now)
    assert send_due(now + queue.CLAIM + timedelta(seconds=1)) == (1, 0)


@pytest.mark.parametrize(
    "link", ["https://obca.example/", "http://127.0.0.1:8000.obca.example/", "www.obca.pl"]
)
def test_no_message_leads_away_from_our_site(link, monkeypatch):
    template = engines["django"].from_string("Temat\n{{ link }}")
    monkeypatch.setattr(queue, "render_to_string", lambda name, context: template.render(context))
    with pytest.raises(ForeignLink):
        queue_mail("jan@example.org", "przyjeto", link=link)
    assert Wiadomosc.objects.count() == 0


def test_the_author_hears_once_that_the_practice_is_public():
    soon = timezone.now() + timedelta(hours=1)
    builders.make_zgloszenie(
        state=Zgloszenie.State.ACCEPTED,
        decided_at=timezone.now(),
        praktyka=builders.make_praktyka(published_at=soon),
    )
    call_command("send_mail_queue", verbosity=0)
    assert mail.outbox == []
    praktyka = Zgloszenie.objects.get().praktyka
    type(praktyka).objects.filter(pk=praktyka.pk).update(published_at=timezone.now())
    for _time in range(2):
        call_command("send_mail_queue", verbosity=0)
    assert [message.subject for message in mail.outbox] == ["Praktyka ze zgłoszenia jest opublikowana"]


def test_a_slow_sender_keeps_the_message_it_is_sending(monkeypatch):
    """Sending those before took so long that, counted from the start, this one would be lost."""
    clock, sent = [timezone.now()], []

    def slowly(self):
        sent.append(self.pk)
        clock[0] += queue.CLAIM * 0.7
        if len(sent) == 2:
            assert Wiadomosc.objects.claim(self.pk, clock[0]) is False

    messages = [make_message(send_after=clock[0]) for _time in range(4)]
    monkeypatch.setattr(queue.timezone, "now", lambda: clock[0])
    monkeypatch.setattr(Wiadomosc, "send", slowly)
    assert send_due() == (4, 0)
    assert sent == [message.pk for message in messages]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPRecipientsRefused({"jan@example.org": (550, b"no such user")}), State.FAILED),
        (SMTPRecipientsRefused({"jan@example.org": (450, b"try later")}), State.WAITING),
        (SMTPDataError(554, b"refused"), State.FAILED),
        (SMTPDataError(451, b"try later"), State.WAITING),
    ],
)
def test_what_a_mail_server_refused_for_good_is_not_tried_again(error, state, monkeypatch):
    def fail(self):
        raise error

    message = make_message()
    monkeypatch.setattr(Wiadomosc, "send", fail)
    send_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (state, 1)
