"""What is kept no longer, and what stays."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from platforma.lib.mail import Wiadomosc
from platforma.middleware import public_pages
from platforma.models import Zgloszenie
from platforma.zgloszenia import actions, notices, retention
from tests import builders
from tests.reading import read

pytestmark = pytest.mark.django_db
State = Zgloszenie.State


def decided(days, **kw):
    moment = timezone.now() - timedelta(days=days)
    return builders.make_zgloszenie(osoba="Jan Testowy", state=State.ACCEPTED, decided_at=moment, **kw)


def test_personal_data_goes_after_its_time_and_the_rest_stays(settings, django_capture_on_commit_callbacks):
    settings.SUBMISSION_DAYS = 90
    old, young = decided(91, telefon="500", kontakt="Jan, 500"), decided(89)
    waiting = builders.make_zgloszenie(osoba="Ewa")
    file = old.zalaczniki.create(plik=ContentFile(b"%PDF-1.4", name="a.pdf")).plik.name
    notices.tell_author(old, "przyjeto")
    notices.tell_author(young, "przyjeto")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_submissions", verbosity=0)
    old.refresh_from_db()
    assert (old.osoba, old.email, old.telefon, old.kontakt) == ("", "", "", "")
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


def test_what_nobody_completes_is_closed_and_then_forgotten_too(settings):
    settings.SUBMISSION_DAYS = 90
    now, asked = timezone.now(), {"state": State.MISSING, "odpowiedz": "Ilu było chętnych?"}
    old, touched, waiting = (builders.make_zgloszenie(**asked) for _time in range(3))
    ages = Zgloszenie.objects.exclude(pk=touched.pk)
    ages.update(updated_at=now - timedelta(days=91))
    Zgloszenie.objects.filter(pk=waiting.pk).update(state=State.RECEIVED)
    assert (retention.close_unanswered(now), retention.close_unanswered(now)) == (1, 0)
    old.refresh_from_db()
    assert (old.state, old.odpowiedz, old.email) == (State.DECLINED, retention.NO_ANSWER, "jan@example.org")
    assert [row.temat for row in Wiadomosc.objects.all()] == ["Redakcja odpowiedziała na zgłoszenie"]
    assert set(Zgloszenie.objects.values_list("state", flat=True)) == {"declined", "missing", "received"}
    assert retention.remove_personal_data(now + timedelta(days=91)) == 1


def test_asking_gives_the_author_the_whole_time_again(client, settings):
    settings.SUBMISSION_DAYS = 90
    zgloszenie = builders.make_zgloszenie()
    Zgloszenie.objects.filter(pk=zgloszenie.pk).update(updated_at=timezone.now() - timedelta(days=400))
    actions.ask(zgloszenie, text="Ilu było chętnych?")
    assert retention.close_unanswered() == 0
    last = timezone.localtime(timezone.now() + timedelta(days=90))
    assert f"Czekamy do {date_format(last, 'j E Y')}" in read(client, zgloszenie).text


def test_the_privacy_page_tells_how_long_each_thing_is_kept(client, settings):
    settings.SUBMISSION_DAYS = 17
    public_pages.forget()
    text = read(client, "/prywatnosc/").text
    assert (text.count("17 dni po"), text.count("przez 17 dni"), text.count("po 17 dniach")) == (2, 1, 1)


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
