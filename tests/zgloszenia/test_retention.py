"""What is kept no longer, and what stays."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from platforma.lib.mail import Wiadomosc
from platforma.models import Zgloszenie
from platforma.zgloszenia import notices, retention
from tests import builders

pytestmark = pytest.mark.django_db
State = Zgloszenie.State


def decided(days, **kw):
    moment = timezone.now() - timedelta(days=days)
    return builders.make_zgloszenie(osoba="Jan Testowy", state=State.ACCEPTED, decided_at=moment, **kw)


def test_personal_data_goes_after_its_time_and_the_rest_stays(settings, django_capture_on_commit_callbacks):
    settings.SUBMISSION_DAYS = 90
    old, young, waiting = decided(91, telefon="500"), decided(89), builders.make_zgloszenie(osoba="Ewa")
    file = old.zalaczniki.create(plik=ContentFile(b"%PDF-1.4", name="a.pdf")).plik.name
    notices.tell_author(old, "przyjeto")
    notices.tell_author(young, "przyjeto")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_submissions", verbosity=0)
    old.refresh_from_db()
    assert (old.osoba, old.email, old.telefon) == ("", "", "")
    assert (old.state, bool(old.personal_removed_at)) == (State.ACCEPTED, True)
    assert not default_storage.exists(file)
    for row in (young, waiting):
        row.refresh_from_db()
        assert row.osoba
    assert young.code in Wiadomosc.objects.get().tekst
    assert retention.remove_personal_data() == 0


def test_what_was_never_sent_goes_when_it_is_old(settings):
    settings.SUBMISSION_DAYS = 90
    old, young = (builders.make_zgloszenie(state=State.DRAFT, sent_at=None) for _time in range(2))
    Zgloszenie.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=91))
    assert retention.remove_abandoned() == 1
    assert Zgloszenie.objects.get() == young


def test_mail_that_went_out_long_ago_goes():
    now = timezone.now()
    for days, state in ((31, "sent"), (29, "sent"), (31, "waiting")):
        Wiadomosc.objects.create(
            adres="jan@example.org",
            state=state,
            claimed_at=now - timedelta(days=days),
            temat=f"{days} {state}",
        )
    assert retention.remove_mail() == 1
    assert {row.temat for row in Wiadomosc.objects.all()} == {"29 sent", "31 waiting"}
