"""The page of an entry's history: who sees it, what it tells, what differs, and at what cost."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platforma.lib import history
from platforma.lib.history.state import Versions
from platforma.roles import REDAKTOR
from praktyki.models import Praktyka
from spotkania.models import Spotkanie
from tests import builders
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(builders.make_user(is_superuser=True, first_name="Anna", last_name="Nowak"))
    return client


def page_of(row, rest=""):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/history/{rest}"


def text_of(response):
    """Return what a reader of the page sees, spaces made plain."""
    content = response.content.decode().split('id="content"')[1]
    return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\xa0", " ").split())


def marked(response, tag):
    """Return the texts marked as added (ins) or removed (del), without the words for screen readers."""
    content = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", response.content.decode())
    return re.findall(rf"<{tag}>([^<]*)</{tag}>", content.split('class="difference"')[1])


def last_two(row):
    moments = Versions(type(row), row.pk).moments
    return f"?od={moments[-2].address}&do={moments[-1].address}"


def test_one_save_of_the_form_is_one_version_of_fields_relations_and_parts(desk):
    praktyka = builders.make_praktyka(
        tytul="Stary tytuł", tagi=["park"], instrumenty=[builders.make_instrument()]
    )
    zrodlo = praktyka.zrodla.create(tytul="Stare źródło")
    temat = builders.make_temat(nazwa="Zdrowie")
    before = len(Versions(Praktyka, praktyka.pk).moments)
    page = f"/admin/praktyki/praktyka/{praktyka.pk}/change/"
    changes = {"tytul": "Nowy tytuł", "tematy": [temat.pk], "tagi": "las", "zrodla-0-tytul": "Nowe źródło"}
    assert desk.post(page, filled(desk.get(page), **changes)).status_code == 302
    moments = Versions(Praktyka, praktyka.pk).moments
    assert len(moments) == before + 1
    assert moments[-1].who == "Anna Nowak"
    timeline = text_of(desk.get(page_of(praktyka)))
    assert "zmieniono: tytuł, tematy tagi: usunięto 1, dodano 1 źródła: zmieniono 1" in timeline
    difference = desk.get(page_of(praktyka, "porownaj/") + last_two(praktyka))
    assert marked(difference, "del") == ["Stary", "park", "Stare"]
    assert marked(difference, "ins") == ["Nowy", "Zdrowie", "las", "Nowe"]
    assert zrodlo.pk == praktyka.zrodla.get().pk


def test_parts_of_parts_belong_to_the_history_of_the_entry(desk):
    spotkanie, osoba = builders.make_spotkanie(), builders.make_prelegent(imie="Ewa", nazwisko="Głos")
    builders.make_wystapienie(spotkanie, [(osoba, "burmistrzyni", None)], tytul="Otwarcie")
    response = desk.get(page_of(spotkanie, "porownaj/") + last_two(spotkanie))
    assert "Ewa Głos" in marked(response, "ins")
    assert "dodano Ewa Głos (Otwarcie)" in text_of(response)


def test_each_change_of_state_stands_in_the_time_line_with_its_reason(desk):
    praktyka = builders.make_praktyka(status="review")
    praktyka.send_back(by=builders.make_user(username="wydawczyni"), reason="Brakuje źródła.")
    timeline = text_of(desk.get(page_of(praktyka)))
    assert "wydawczyni stan: do sprawdzenia → szkic Powód: Brakuje źródła." in timeline


def test_reviews_and_a_successor_stand_in_the_time_line(desk):
    praktyka, anna = builders.make_praktyka(), builders.make_user(username="anna")
    praktyka.confirm(by=anna)
    praktyka.plan_review(by=anna, due=timezone.localdate() + timedelta(days=30))
    praktyka.archive(by=anna, reason="Nowa edycja.", successor=builders.make_praktyka())
    timeline = text_of(desk.get(page_of(praktyka)))
    assert "sprawdzono, nadal aktualne; następny przegląd do" in timeline
    assert "zmieniono termin przeglądu: do" in timeline
    assert "stan: opublikowane → w archiwum" in timeline
    assert "wskazano następcę" in timeline
    assert "zmieniono: " not in timeline


def test_versions_in_either_order_give_the_same_difference(desk):
    praktyka = builders.make_praktyka(tytul="Stary")
    praktyka.tytul = "Nowy"
    praktyka.save()
    first, second = (moment.address for moment in Versions(Praktyka, praktyka.pk).moments)
    for query in (f"?od={first}&do={second}", f"?od={second}&do={first}"):
        response = desk.get(page_of(praktyka, "porownaj/") + query)
        assert (marked(response, "del"), marked(response, "ins")) == (["Stary"], ["Nowy"])


def test_a_deleted_tag_keeps_its_name_in_the_difference(desk):
    praktyka = builders.make_praktyka(tagi=["kanarek"])
    praktyka.tagi.first().delete()
    assert marked(desk.get(page_of(praktyka, "porownaj/") + last_two(praktyka)), "del") == [
        "kanarek (usunięto)"
    ]


def test_an_entry_older_than_the_history_shows_its_first_state(desk):
    (praktyka,) = Praktyka.objects.bulk_create(
        [Praktyka(tytul="Sprzed", slug="sprzed", streszczenie="Opis.")]
    )
    assert "nikt tu niczego nie zmienił" in text_of(desk.get(page_of(praktyka)))
    praktyka.tytul = "Potem"
    praktyka.save()
    assert "Stan na początku" in text_of(desk.get(page_of(praktyka)))
    response = desk.get(page_of(praktyka, "porownaj/"), {"od": "poczatek"})
    assert (marked(response, "del"), marked(response, "ins")) == (["Sprzed"], ["Potem"])


def test_values_are_shown_in_the_words_of_the_form(desk):
    spotkanie = builders.make_spotkanie(forma="online", odwolano=None, bez_godziny=False)
    spotkanie.forma, spotkanie.odwolano, spotkanie.bez_godziny = "stacjonarne", date(2026, 3, 5), True
    spotkanie.save()
    response = desk.get(page_of(spotkanie, "porownaj/") + last_two(spotkanie))
    assert marked(response, "del") == ["online", "nie", "brak"]
    assert marked(response, "ins") == ["stacjonarne", "tak", "5 marca 2026"]


def test_texts_of_editors_are_escaped(desk):
    praktyka = builders.make_praktyka(tytul="<script>alert(1)</script>")
    praktyka.tytul = "<img src=x onerror=alert(2)>"
    praktyka.save()
    for rest in ("", "porownaj/"):
        content = desk.get(page_of(praktyka, rest)).content.decode()
        assert "<script>alert" not in content and "<img src=x" not in content


def test_a_deleted_entry_keeps_its_page_of_history(desk):
    praktyka = builders.make_praktyka(tytul="Usunięta praktyka")
    address = page_of(praktyka)
    praktyka.delete()
    shown = text_of(desk.get(address))
    assert "Historia: Usunięta praktyka" in shown and "usunięto wpis" in shown


@pytest.mark.parametrize("rest", ["", "porownaj/", "przywroc/poczatek/"])
def test_strangers_do_not_see_the_history(rest, client):
    praktyka = builders.make_praktyka(uwagi_redakcji="Kanarek redakcji")
    client.force_login(builders.make_user())
    assert client.get(page_of(praktyka, rest)).status_code == 403
    client.logout()
    assert client.get(page_of(praktyka, rest)).status_code == 302


@pytest.mark.parametrize("rest", ["porownaj/?od=x", "porownaj/?do=ź", "przywroc/x/", "?p=x"])
def test_a_version_nobody_made_is_not_found(rest, desk):
    praktyka = builders.make_praktyka()
    assert desk.get(page_of(praktyka, rest)).status_code == (200 if rest == "?p=x" else 404)
    nowhere = page_of(praktyka).replace(f"/{praktyka.pk}/", "/99999999999999999999999/")
    assert desk.get(nowhere).status_code == 404


def test_there_is_one_history_and_a_redaktor_may_read_it(client):
    praktyka = builders.make_praktyka()
    client.force_login(builders.make_user(REDAKTOR))
    content = client.get(f"/admin/praktyki/praktyka/{praktyka.pk}/change/").content.decode()
    assert content.count("historylink") == 1
    shown = text_of(client.get(page_of(praktyka)))
    assert "utworzono wpis" in shown and "Przywróć" not in shown  # it is published


def test_the_history_of_an_account_is_the_event_log(desk):
    account = builders.make_user(username="redaktorka")
    builders.make_user(username="inna")
    response = desk.get(f"/admin/auth/user/{account.pk}/history/", follow=True)
    assert "Dziennik zdarzeń" in text_of(response)
    assert "Założono konto." in text_of(response) and "inna" not in text_of(response)


def test_five_hundred_versions_cost_as_many_queries_as_three(desk):
    few, many = builders.make_spotkanie(), builders.make_spotkanie()
    for spotkanie, count in ((few, 3), (many, 500)):
        _version(spotkanie, count)
    counts = []
    for spotkanie in (few, many):
        for rest in ("", "porownaj/"):
            desk.get(page_of(spotkanie, rest))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert desk.get(page_of(spotkanie, rest)).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 25


def _version(spotkanie, count):
    """Give the meeting `count` versions, each with a change of its source."""
    zrodlo = spotkanie.zrodla.create(tytul="Źródło")
    model, kept = Spotkanie.history.model, spotkanie.history.first()
    part, kept_part = zrodlo.history.model, zrodlo.history.first()
    for versions, row, text in ((model, kept, "opis"), (part, kept_part, "tytul")):
        rows = []
        for number in range(count - 1):
            values = {field.attname: getattr(row, field.attname) for field in versions._meta.fields}
            unit = history.Unit().id
            values |= {
                "history_id": None,
                "history_unit": unit,
                "history_type": "~",
                text: f"Wersja {number}.",
            }
            rows.append(versions(**values | {"history_changed": [text]}))
        versions.objects.bulk_create(rows)
