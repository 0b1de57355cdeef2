"""For whoever organises: what is only announced, a copy for the next meeting, a programme on paper."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from platforma.lib.publication import Status
from platforma.roles import REDAKTOR, WYDAWCA
from spotkania.models import Prelegent, Spotkanie, Wypowiedz
from tests import builders
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def redaktor(client):
    client.force_login(builders.make_user(REDAKTOR))
    return client


def make_full():
    organizacja = builders.make_organizacja()
    spotkanie = builders.make_spotkanie(
        tytul="Mikrogranty od zera",
        forma="hybrydowe",
        miejsce="Katowice",
        opis="Jak zacząć.",
        streszczenie="Było ciekawie.",
        poczatek=timezone.now() - timedelta(days=30),
        cykl=builders.make_cykl(),
        organizatorzy=[organizacja],
        partnerzy=[organizacja],
        instrumenty=[builders.make_instrument()],
        tematy=[builders.make_temat()],
        praktyki=[builders.make_praktyka()],
        tagi=["wieś"],
        liczba_uczestnikow_ngo=12,
        uwagi_redakcji="Tajne.",
    )
    people = [(builders.make_prelegent(), "wójt", organizacja), (builders.make_prelegent(), "", None)]
    builders.make_wystapienie(spotkanie, people, tytul="Otwarcie", od=time(10), do=time(11), online=True)
    builders.make_wypowiedz(spotkanie)
    builders.make_material(spotkanie=spotkanie)
    spotkanie.zrodla.create(tytul="Relacja")
    return spotkanie


def test_a_copy_keeps_the_plan_and_forgets_the_day(redaktor):
    original = make_full()
    address = f"/admin/spotkania/spotkanie/{original.pk}/powiel/"
    assert address in redaktor.get(f"/admin/spotkania/spotkanie/{original.pk}/change/").content.decode()
    assert "Powstanie" in redaktor.get(address).content.decode()
    assert Spotkanie.objects.count() == 1
    response = redaktor.post(address)
    copy = Spotkanie.objects.get(status=Status.DRAFT)
    assert response.url == f"/admin/spotkania/spotkanie/{copy.pk}/change/"
    for name in ("tytul", "rodzaj", "forma", "miejsce", "opis", "cykl"):
        assert getattr(copy, name) == getattr(original, name), name
    for name in ("organizatorzy", "partnerzy", "instrumenty", "tematy", "praktyki"):
        assert set(getattr(copy, name).all()) == set(getattr(original, name).all()) != set(), name
    assert list(copy.tagi.names()) == ["wieś"]
    point = copy.wystapienia.get()
    assert (point.tytul, point.od, point.do, point.online) == ("Otwarcie", time(10), time(11), True)
    assert [(row.rola, row.organizacja) for row in point.udzialy.all()] == [
        (row.rola, row.organizacja) for row in original.wystapienia.get().udzialy.all()
    ]
    for name in ("poczatek", "koniec", "rok", "published_at", "odwolano", "liczba_uczestnikow_ngo"):
        assert getattr(copy, name) is None, name
    assert (copy.streszczenie, copy.uwagi_redakcji, copy.sequence) == ("", "", 0)
    for name in ("wypowiedzi", "materialy", "zrodla"):
        assert not getattr(copy, name).exists(), name
    assert copy.slug != original.slug
    original.refresh_from_db()
    assert original.wystapienia.count() == original.wypowiedzi.count() == 1


def test_a_double_click_makes_one_copy_and_a_page_opened_again_another(redaktor):
    address = f"/admin/spotkania/spotkanie/{make_full().pk}/powiel/"
    nonces = [redaktor.get(address).context["nonce"] for _page in range(2)]
    first, again, other = (redaktor.post(address, {"_nonce": nonces[n]}).url for n in (0, 0, 1))
    assert first == again != other
    assert Spotkanie.objects.filter(status=Status.DRAFT).count() == 2


def test_a_stranger_copies_and_prints_nothing(client):
    spotkanie = make_full()
    for part in ("powiel", "program"):
        address = f"/admin/spotkania/spotkanie/{spotkanie.pk}/{part}/"
        assert client.get(address).status_code == 302
    client.force_login(builders.make_user())
    for part in ("powiel", "program"):
        address = f"/admin/spotkania/spotkanie/{spotkanie.pk}/{part}/"
        assert client.get(address).status_code == client.post(address).status_code == 403
    assert Spotkanie.objects.count() == 1


def test_the_programme_on_paper_names_everyone_and_their_consent(redaktor):
    spotkanie = make_full()
    first, second = Prelegent.objects.filter(udzialy__isnull=False)
    first.zgoda, second.zgoda_wycofana = date(2026, 1, 2), date(2026, 3, 4)
    first.save()
    second.save()
    html = redaktor.get(f"/admin/spotkania/spotkanie/{spotkanie.pk}/program/").content.decode()
    for text in ("10:00–11:00", "Otwarcie", "online", "wójt", str(first), str(second)):
        assert text in html
    assert "2.01.2026" in html
    assert "wycofana 4.03.2026" in html


def test_the_list_tells_the_past_from_what_is_only_announced(client):
    client.force_login(builders.make_user(WYDAWCA))
    ago, soon = (timezone.now() + timedelta(days=days) for days in (-5, 5))
    announced = builders.make_spotkanie(poczatek=ago)
    told = builders.make_spotkanie(poczatek=ago, streszczenie="Było.")
    said = builders.make_spotkanie(poczatek=ago)
    builders.make_wypowiedz(said)
    ahead = builders.make_spotkanie(poczatek=soon)
    off = builders.make_spotkanie(poczatek=ago, odwolano=timezone.localdate())
    builders.make_spotkanie()
    for value, expected in {
        "zapowiedzi": {announced},
        "minione": {announced, told, said, off},
        "nadchodzace": {ahead},
        "odwolane": {off},
    }.items():
        found = client.get("/admin/spotkania/spotkanie/", {"kiedy": value}).context["cl"].result_list
        assert set(found) == expected, value


def test_a_statement_is_linked_to_a_question_of_its_series_only(client):
    client.force_login(builders.make_user(WYDAWCA))
    cykl = builders.make_cykl()
    question = builders.make_wypowiedz(builders.make_spotkanie(cykl=cykl), typ="pytanie", tresc="Z cyklu?")
    builders.make_wypowiedz(builders.make_spotkanie(), typ="pytanie", tresc="Obce?")
    spotkanie = builders.make_spotkanie(cykl=cykl)
    answer = builders.make_wypowiedz(spotkanie, typ="odpowiedz", tresc="Tak.")
    address = f"/admin/spotkania/spotkanie/{spotkanie.pk}/change/"
    page = client.get(address)
    assert "Z cyklu?" in page.content.decode()
    assert "Obce?" not in page.content.decode()
    client.post(address, filled(page, **{"wypowiedzi-0-odpowiedz_na": question.pk}))
    assert Wypowiedz.objects.get(pk=answer.pk).odpowiedz_na == question


def test_a_new_speaker_in_the_programme_is_a_change_of_the_meeting(client):
    client.force_login(builders.make_user(WYDAWCA))
    spotkanie = builders.make_spotkanie()
    point = builders.make_wystapienie(spotkanie)
    before = spotkanie.updated_at
    address = f"/admin/spotkania/wystapienie/{point.pk}/change/"
    client.post(address, filled(client.get(address), tytul="Inny temat"))
    spotkanie.refresh_from_db()
    assert spotkanie.updated_at > before
