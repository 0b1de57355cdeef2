"""Going back to an old version: everything that still can come back does, and nothing else changes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from platforma.lib import history, revision
from platforma.lib.history.state import Versions
from platforma.lib.publication import Status
from platforma.lib.publication.transitions import STATE_FIELDS
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Praktyka, Tag
from spotkania.models import Spotkanie, Wystapienie
from tests import builders
from tests.platforma.lib.test_history_admin import page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(builders.make_user(WYDAWCA, first_name="Anna", last_name="Nowak"))
    return client


def version(row):
    """Return the address of the row's present version."""
    return Versions(type(row), row.pk).moments[-1].address


def restore(desk, row, address, **changes):
    """Open the page of confirmation and press its button; return the answer."""
    page = page_of(row, f"przywroc/{address}/")
    latest = desk.get(page).context_data["latest"]
    return desk.post(page, {"latest": latest} | changes, follow=True)


def make_full():
    """Make a practice with relations, tags and two sources, and note what it says."""
    with history.authored():
        praktyka = builders.make_praktyka(
            tytul="Dawny tytuł",
            tagi=["park", "las"],
            tematy=[builders.make_temat(nazwa="Zdrowie")],
            instrumenty=[builders.make_instrument()],
        )
        praktyka.zrodla.create(tytul="Pierwsze", position=1)
        praktyka.zrodla.create(tytul="Drugie", position=2, rok=2020)
    return praktyka


def content_of(praktyka):
    return (
        *(praktyka.tytul, praktyka.kwota_zl),
        list(praktyka.tematy.values_list("nazwa", flat=True)),
        sorted(praktyka.tagi.names()),
        list(praktyka.zrodla.values_list("pk", "position", "tytul", "rok")),
    )


def overwrite(praktyka):
    praktyka.tytul, praktyka.kwota_zl = "Nowy tytuł", 5_000
    praktyka.save()
    praktyka.tematy.set([builders.make_temat(nazwa="Sport")])
    praktyka.tagi.set(["las", "morze"])
    first, second = praktyka.zrodla.all()
    first.delete()
    second.tytul = "Drugie poprawione"
    second.save()
    praktyka.zrodla.create(tytul="Trzecie", position=3)


def test_fields_relations_tags_and_parts_come_back_as_one_new_version(desk):
    praktyka = make_full()
    before, address = content_of(praktyka), version(praktyka)
    overwrite(praktyka)
    count = len(Versions(Praktyka, praktyka.pk).moments)
    shown = text_of(restore(desk, praktyka, address))
    praktyka.refresh_from_db()
    assert content_of(praktyka) == before
    moments = Versions(Praktyka, praktyka.pk).moments
    assert len(moments) == count + 1
    assert moments[-1].who == "Anna Nowak" and moments[-1].reason.startswith("przywrócono wersję 1 z ")
    assert "Przywróć" not in shown


def test_restoring_bumps_the_revision_and_searches_find_the_old_words(desk, client):
    praktyka = make_full()
    address = version(praktyka)
    overwrite(praktyka)
    number = revision.current()
    restore(desk, praktyka, address)
    assert revision.current() > number
    assert 'data-total="1"' in client.get("/praktyki/?q=dawny").content.decode()


def test_the_state_and_the_address_stay_as_they_are(desk):
    praktyka = builders.make_praktyka(status="draft", slug="pierwszy-adres", tytul="Stary")
    address = version(praktyka)
    praktyka.slug, praktyka.tytul = "nowy-adres", "Nowy"
    praktyka.save()
    builders.ready(praktyka).submit()
    praktyka.publish()
    page = desk.get(page_of(praktyka, f"przywroc/{address}/"))
    assert "„adres (slug)” zostaje bez zmian." in text_of(page)
    since = praktyka.published_at
    restore(desk, praktyka, address)
    praktyka.refresh_from_db()
    assert (praktyka.tytul, praktyka.slug) == ("Stary", "nowy-adres")
    assert (praktyka.status, praktyka.published_at) == (Status.PUBLISHED, since)


def test_no_restoration_undoes_a_transition_a_review_or_who_made_the_entry(desk):
    praktyka, anna = make_full(), builders.make_user()
    address = version(praktyka)
    praktyka.kwota_zl, praktyka.created_by = 5_000, anna
    praktyka.save()
    praktyka.confirm(by=anna, due=timezone.localdate() + timedelta(days=90))
    praktyka.archive(by=anna, reason="Nowa edycja.", successor=builders.make_praktyka())
    kept = [(name, getattr(praktyka, name)) for name in (*STATE_FIELDS, "created_by")]
    shown = text_of(desk.get(page_of(praktyka, f"przywroc/{address}/")))
    assert "„następca” zostaje bez zmian." in shown
    restore(desk, praktyka, address)
    praktyka.refresh_from_db()
    assert praktyka.kwota_zl is None
    assert [(name, getattr(praktyka, name)) for name, _value in kept] == kept


def test_a_link_of_an_old_version_to_what_is_gone_stays_empty(desk):
    cykl = builders.make_cykl(nazwa="Dawny cykl")
    spotkanie = builders.make_spotkanie(cykl=cykl)
    address = version(spotkanie)
    spotkanie.cykl = None
    spotkanie.save()
    cykl.delete()
    shown = text_of(desk.get(page_of(spotkanie, f"przywroc/{address}/")))
    assert "„cykl”: nie ma już wpisu „Dawny cykl (usunięto)”." in shown


def test_what_is_gone_is_said_and_left_out(desk):
    praktyka = make_full()
    address = version(praktyka)
    overwrite(praktyka)
    Tag.objects.get(name="park").delete()
    praktyka.tematy.model.objects.get(nazwa="Zdrowie").delete()
    shown = text_of(desk.get(page_of(praktyka, f"przywroc/{address}/")))
    assert "„tematy”: nie ma już wpisu „Zdrowie (usunięto)”." in shown
    assert "„park (usunięto)”, bo to, do czego prowadzi, usunięto." in shown
    restore(desk, praktyka, address)
    praktyka.refresh_from_db()
    assert list(praktyka.tematy.all()) == []
    assert list(praktyka.tagi.names()) == ["las"]


def test_parts_of_parts_come_back(desk):
    spotkanie, osoba = builders.make_spotkanie(), builders.make_prelegent()
    wystapienie = builders.make_wystapienie(spotkanie, [(osoba, "wójt", None)])
    pytanie = builders.make_wypowiedz(spotkanie, prelegent=osoba)
    address, keys = version(spotkanie), (wystapienie.pk, pytanie.pk)
    wystapienie.delete()
    pytanie.delete()
    restore(desk, spotkanie, address)
    assert list(spotkanie.wystapienia.values_list("pk", flat=True)) == [keys[0]]
    assert list(spotkanie.wystapienia.get().udzialy.values_list("rola", flat=True)) == ["wójt"]
    assert list(spotkanie.wypowiedzi.values_list("pk", flat=True)) == [keys[1]]  # readers link to it


def test_materials_have_a_history_of_their_own(desk):
    spotkanie = builders.make_spotkanie()
    material = builders.make_material(spotkanie=spotkanie)
    address = version(spotkanie)
    material.tytul = "Nowy tytuł materiału"
    material.save()
    page = desk.get(page_of(spotkanie, f"przywroc/{address}/"))
    assert "Materiały mają własną historię i zostają bez zmian." in text_of(page)
    assert "Nie ma czego przywracać." in text_of(page)


def test_a_withdrawn_consent_stays_withdrawn(desk):
    osoba = builders.make_prelegent(nazwisko="Stara", notka="Kanarek", zgoda=date(2026, 1, 1))
    address = version(osoba)
    osoba.nazwisko, osoba.zgoda_wycofana = "Nowa", date(2026, 2, 1)
    osoba.save()
    restore(desk, osoba, address)
    osoba.refresh_from_db()
    assert (osoba.nazwisko, osoba.zgoda_wycofana) == ("Stara", date(2026, 2, 1))


def test_a_redaktor_restores_drafts_only(client):
    redaktor = builders.make_user(REDAKTOR)
    client.force_login(redaktor)
    for status, answer in ((Status.DRAFT, 200), (Status.PUBLISHED, 403), (Status.ARCHIVED, 403)):
        praktyka = builders.make_praktyka(status=status, tytul="Stary")
        address = version(praktyka)
        praktyka.tytul = "Nowy"
        praktyka.save()
        page = page_of(praktyka, f"przywroc/{address}/")
        assert client.get(page).status_code == answer
        client.post(page, {"latest": version(praktyka)})
        praktyka.refresh_from_db()
        assert praktyka.tytul == ("Stary" if answer == 200 else "Nowy")


def test_opening_the_page_writes_nothing(desk):
    praktyka = make_full()
    address = version(praktyka)
    overwrite(praktyka)
    before, number = content_of(praktyka), revision.current()
    desk.get(page_of(praktyka, f"przywroc/{address}/"))
    assert (content_of(praktyka), revision.current()) == (before, number)


def test_a_change_since_the_page_was_opened_is_shown_before_it_is_overwritten(desk):
    praktyka = builders.make_praktyka(tytul="Pierwszy")
    address = version(praktyka)
    praktyka.tytul = "Drugi"
    praktyka.save()
    opened = version(praktyka)
    praktyka.tytul = "Trzeci, cudzy"
    praktyka.save()
    response = restore(desk, praktyka, address, latest=opened)
    assert "W międzyczasie ktoś zmienił ten wpis." in response.content.decode()
    assert Praktyka.objects.get(pk=praktyka.pk).tytul == "Trzeci, cudzy"


def test_an_old_version_that_breaks_a_rule_of_today_changes_nothing(desk):
    temat = builders.make_temat(nazwa="Zajęta nazwa")
    address = version(temat)
    temat.nazwa = "Inna nazwa"
    temat.save()
    builders.make_temat(nazwa="Zajęta nazwa")
    response = restore(desk, temat, address)
    assert "Nie można przywrócić tej wersji i nic nie zmieniono." in response.content.decode()
    temat.refresh_from_db()
    assert temat.nazwa == "Inna nazwa"


def test_a_deleted_entry_comes_back_as_a_draft(desk):
    praktyka = make_full()
    before, pk = content_of(praktyka), praktyka.pk
    address = version(praktyka)
    praktyka.delete()
    praktyka.pk = pk
    restore(desk, praktyka, address)
    back = Praktyka.objects.get(pk=pk)
    assert content_of(back) == before
    assert (back.status, back.published_at, back.status_changed_by) == (Status.DRAFT, None, None)


def test_an_entry_older_than_the_history_goes_back_to_its_beginning(desk):
    Spotkanie.objects.bulk_create([Spotkanie(tytul="Sprzed", slug="sprzed", rodzaj="warsztat")])
    spotkanie = Spotkanie.objects.get()
    spotkanie.tytul = "Potem"
    spotkanie.save()
    restore(desk, spotkanie, "poczatek")
    spotkanie.refresh_from_db()
    assert spotkanie.tytul == "Sprzed"


def test_a_redaktor_brings_nothing_back_into_a_published_meeting(client):
    opublikowane, szkic = builders.make_spotkanie(), builders.make_spotkanie(status=Status.DRAFT)
    wystapienie = builders.make_wystapienie(opublikowane, tytul="Usunięte")
    moved = builders.make_wystapienie(opublikowane, tytul="Przeniesione")
    pages = [page_of(row, f"przywroc/{version(row)}/") for row in (wystapienie, moved)]
    moved.spotkanie = szkic
    moved.save()
    wystapienie.delete()
    client.force_login(builders.make_user(REDAKTOR))
    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert [client.post(page, {"latest": "x"}).status_code for page in pages] == [403, 403]
    assert not opublikowane.wystapienia.exists()


def test_what_belonged_to_a_deleted_entry_cannot_come_back_without_it(desk):
    spotkanie = builders.make_spotkanie()
    wystapienie = builders.make_wystapienie(spotkanie)
    page = page_of(wystapienie, f"przywroc/{version(wystapienie)}/")
    spotkanie.delete()
    shown = text_of(desk.get(page))
    assert "Tej wersji nie można przywrócić" in shown and "Przywróć tę wersję" not in shown
    assert desk.post(page, {"latest": version(wystapienie) if wystapienie.pk else ""}).status_code == 200
    assert not Wystapienie.objects.exists()
