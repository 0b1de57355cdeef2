"""The way of a submission: steps, sending, decision, the draft practice, the status page."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from platforma.lib.mail import Wiadomosc
from platforma.models import Zgloszenie
from praktyki.models import Organizacja, Praktyka
from tests import builders
from tests.admin_forms import delete
from tests.reading import read
from tests.rights.world import STATES

from . import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]
State = Zgloszenie.State


@pytest.fixture
def desk(admin_client):
    def decide(zgloszenie, step, **data):
        address = f"/admin/platforma/zgloszenie/{zgloszenie.pk}/decyzja/"
        return admin_client.post(address, {"krok": step, **data}, follow=True)

    return decide


def test_a_submission_becomes_a_draft_with_nothing_retyped_and_then_a_page(client, desk):
    jst, instrument = builders.make_jst(nazwa="Kolbudy"), builders.make_instrument()
    zgloszenie = forms.send(client, instrumenty=[instrument.slug])
    assert (zgloszenie.state, zgloszenie.email) == (State.RECEIVED, "jan@example.org")
    assert "Czeka, aż redakcja" in read(client, zgloszenie).text

    desk(zgloszenie, "szkic")
    praktyka = Praktyka.objects.get()
    assert (praktyka.status, praktyka.tytul, praktyka.rozwiazanie) == (
        "draft",
        forms.FIRST["tytul"],
        forms.SECOND["rozwiazanie"],
    )
    assert (praktyka.rok_od, praktyka.kwota_zl, praktyka.obszar) == (2019, 40000, "")
    assert list(praktyka.jst.all()) == [jst]
    assert list(praktyka.instrumenty.all()) == [instrument]
    assert [str(row) for row in praktyka.organizacje.all()] == [forms.FIRST["organizacja"]]
    personal = {forms.CONTACT[name] for name in ("osoba", "email", "telefon")}
    texts = " ".join(str(getattr(praktyka, field.attname)) for field in praktyka._meta.concrete_fields)
    assert not any(value in texts for value in personal)
    assert "przygotowuje wpis" in read(client, zgloszenie).text

    builders.ready(praktyka).submit()
    praktyka.publish()
    assert read(client, zgloszenie).leads_to(praktyka)
    praktyka.archive(reason="Program się skończył.")
    page = read(client, zgloszenie)
    assert "Teraz jest w archiwum." in page.text
    assert page.leads_to(praktyka)


def test_the_draft_opens_with_what_the_submission_left_out_and_a_whole_one_is_ready(client, desk):
    without = desk(forms.send(client), "szkic")
    assert [need.label for need in missing_in(without)] == ["Instrument", "Źródło"]
    instrument = builders.make_instrument()
    whole = builders.make_zgloszenie(
        streszczenie="Opis.", zrodlo_url="https://przyklad.pl/uchwala", instrumenty=[instrument]
    )
    assert missing_in(desk(whole, "szkic")) == []


def test_the_draft_belongs_to_the_editor_who_made_it(client):
    redaktor = builders.make_user("redaktor")
    client.force_login(redaktor)
    client.post(f"/admin/platforma/zgloszenie/{builders.make_zgloszenie().pk}/decyzja/", {"krok": "szkic"})
    assert Praktyka.objects.get().created_by == redaktor


def missing_in(page):
    return page.context_data["publication"]["readiness"]["missing"]


@pytest.mark.parametrize("state", ["draft", "review", "scheduled"])
def test_the_status_page_gives_away_nothing_of_an_entry_that_is_not_public(client, state):
    hidden = builders.make_praktyka(tytul="Kanarek redakcji", slug="kanarek", **STATES[state])
    zgloszenie = builders.make_zgloszenie(
        state=State.ACCEPTED, decided_at=timezone.now(), praktyka=hidden, tytul="Co przysłano"
    )
    html = read(client, zgloszenie).html
    assert "Co przysłano" in html
    assert "kanarek" not in html.lower()


def test_an_unknown_place_is_kept_as_words_and_a_known_organisation_is_not_doubled(client, desk):
    builders.make_organizacja(nazwa="Fundacja Sąsiedzka")
    desk(forms.send(client, miejsce="Dolina Wymyślona"), "szkic")
    praktyka = Praktyka.objects.get()
    assert (praktyka.obszar, praktyka.jst.count(), Organizacja.objects.count()) == ("Dolina Wymyślona", 0, 1)


def test_what_is_missing_is_told_and_the_author_completes_it(client, desk):
    zgloszenie = forms.send(client)
    desk(zgloszenie, "sprawdzaj")
    assert "Redakcja sprawdza" in read(client, zgloszenie).text
    assert client.get(f"{zgloszenie.get_absolute_url()}opis/").status_code == 302  # closed while it is read
    desk(zgloszenie, "uzupelnij", odpowiedz="Napisz, ilu było chętnych.")
    page = read(client, zgloszenie)
    assert "Napisz, ilu było chętnych." in page.text
    client.post(f"{zgloszenie.get_absolute_url()}opis/", {**forms.SECOND, "rezultaty": "Stu chętnych."})
    client.post(f"{zgloszenie.get_absolute_url()}sprawdz/")
    zgloszenie.refresh_from_db()
    assert (zgloszenie.state, zgloszenie.rezultaty) == (State.RECEIVED, "Stu chętnych.")
    assert "Napisz, ilu było chętnych." not in read(client, zgloszenie).text
    assert LogEntry.objects.filter(change_message__contains="Napisz, ilu było chętnych.").count() == 1


def test_declining_needs_a_reason_which_the_author_reads(client, desk):
    zgloszenie = builders.make_zgloszenie()
    assert "Napisz odpowiedź" in desk(zgloszenie, "odrzuc", odpowiedz="  ").content.decode()
    desk(zgloszenie, "odrzuc", odpowiedz="To reklama, nie praktyka.")
    zgloszenie.refresh_from_db()
    assert zgloszenie.state == State.DECLINED
    assert "To reklama, nie praktyka." in read(client, zgloszenie).text


def test_a_second_click_decides_nothing_and_is_told_so(client, desk):
    zgloszenie = builders.make_zgloszenie()
    desk(zgloszenie, "szkic")
    for step in ("szkic", "odrzuc", "uzupelnij", "sprawdzaj"):
        html = desk(zgloszenie, step, odpowiedz="Za późno.").content.decode()
        assert "Ktoś był szybszy" in html
    zgloszenie.refresh_from_db()
    assert (zgloszenie.state, Praktyka.objects.count()) == (State.ACCEPTED, 1)
    assert LogEntry.objects.filter(change_message__contains="szkic").count() == 1


def test_the_desk_lists_what_waits_and_never_what_was_not_sent(client, admin_client):
    forms.begin(client)
    sent, decided = builders.make_zgloszenie(tytul="Czekające"), builders.make_zgloszenie(tytul="Dawne")
    Zgloszenie.objects.move(decided.pk, [State.RECEIVED], State.ACCEPTED, decided_at=sent.sent_at)
    html = admin_client.get("/admin/platforma/zgloszenie/").content.decode()
    assert "Czekające" in html
    assert "Dawne" not in html
    assert forms.FIRST["tytul"] not in html
    draft = Zgloszenie.objects.get(state=State.DRAFT)
    assert admin_client.get(f"/admin/platforma/zgloszenie/{draft.pk}/change/").status_code == 302
    page = admin_client.get(f"/admin/platforma/zgloszenie/{sent.pk}/change/").content.decode()
    assert "Utwórz szkic praktyki" in page
    assert sent.code not in page


def test_the_draft_may_be_deleted_and_its_author_is_told_the_truth(client, desk, admin_client):
    zgloszenie = builders.make_zgloszenie()
    desk(zgloszenie, "szkic")
    address = f"/admin/praktyki/praktyka/{Praktyka.objects.get().pk}/delete/"
    assert delete(admin_client, address).status_code == 302
    assert Praktyka.objects.count() == 0
    assert "redakcja usunęła wpis" in read(client, zgloszenie).text
    assert "Ktoś był szybszy" in desk(zgloszenie, "szkic").content.decode()


@pytest.mark.parametrize(("role", "status"), [(None, 403), ("redaktor", 302), ("wydawca", 302)])
def test_only_editors_decide_and_only_by_post(client, role, status):
    zgloszenie = builders.make_zgloszenie()
    client.force_login(builders.make_user(role))
    address = f"/admin/platforma/zgloszenie/{zgloszenie.pk}/decyzja/"
    assert client.get(address).status_code in (403, 405)
    assert client.post(address, {"krok": "sprawdzaj"}).status_code == status
    zgloszenie.refresh_from_db()
    assert (zgloszenie.state == State.REVIEW) == (status == 302)


def test_each_step_writes_to_the_author_and_only_with_our_links(client, desk, settings):
    settings.EDITORS_EMAIL = "redakcja@example.org"
    zgloszenie = forms.send(client)
    desk(zgloszenie, "uzupelnij", odpowiedz="Zajrzyj na https://obca.example/")
    client.post(f"{zgloszenie.get_absolute_url()}sprawdz/")
    desk(zgloszenie, "szkic")
    messages = Wiadomosc.objects.order_by("pk")
    assert [row.adres.partition("@")[0] for row in messages] == [
        "jan",
        "redakcja",
        "jan",
        "jan",
        "redakcja",
        "jan",
    ]
    for row in messages:
        assert "obca" not in row.tekst + row.html
        assert forms.FIRST["tytul"] not in row.temat + row.tekst + row.html
        assert (zgloszenie.code in row.tekst) == (row.adres == "jan@example.org")
