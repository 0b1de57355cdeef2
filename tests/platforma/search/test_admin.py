"""The editors' side: searches without results, most frequent first, and what may be done about them."""

from datetime import date

import pytest
from django.urls import include, path

from platforma import admin_search
from platforma.admin_site import EditorsDesk
from platforma.lib.search.models import Synonim, Zapytanie
from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA, may
from praktyki.models import AliasInstrumentu
from tests import builders

site = EditorsDesk(name="admin")
site.register(Zapytanie, admin_search.ZapytanieAdmin)
site.register(Synonim, admin_search.SynonimAdmin)
site.register(AliasInstrumentu, admin_search.AliasInstrumentuAdmin)
urlpatterns = [path("admin/", site.urls), path("", include("platforma.urls"))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.platforma.search.test_admin")]


def make_zapytanie(slowa, razy, wyniki=0, strona="szukaj", dzien=date(2026, 11, 1), poprawka=""):
    return Zapytanie.objects.create(
        slowa=slowa, razy=razy, wyniki=wyniki, strona=strona, dzien=dzien, poprawka=poprawka
    )


@pytest.fixture
def desk(client):
    client.force_login(builders.make_user(REDAKTOR))
    return client


def shown(response):
    return [(row.slowa, row.razem) for row in response.context["cl"].result_list]


def test_searches_without_results_come_first_to_mind_by_how_often_they_were_made(desk):
    make_zapytanie("rzadkie", 2)
    make_zapytanie("częste", 3)
    make_zapytanie("częste", 4, dzien=date(2026, 11, 2))
    make_zapytanie("udane", 90, wyniki=5)
    make_zapytanie("naprawione", 50)
    make_zapytanie("naprawione", 1, wyniki=2, dzien=date(2026, 11, 2))
    response = desk.get("/admin/platforma/zapytanie/")
    assert shown(response) == [("częste", 7), ("rzadkie", 2)]
    everything = desk.get("/admin/platforma/zapytanie/?wynik=wszystkie")
    assert shown(everything)[:2] == [("udane", 90), ("naprawione", 51)]


def test_the_same_words_on_another_page_are_another_row(desk):
    make_zapytanie("kanarki", 2, strona="praktyki")
    make_zapytanie("kanarki", 3, strona="szukaj", wyniki=1)
    assert shown(desk.get("/admin/platforma/zapytanie/")) == [("kanarki", 2)]


def test_a_search_can_be_made_a_name_or_a_synonym(desk):
    make_zapytanie("mały grant & <b>", 1)
    html = desk.get("/admin/platforma/zapytanie/").content.decode()
    assert "/admin/praktyki/aliasinstrumentu/add/?nazwa=ma%C5%82y+grant+%26+%3Cb%3E" in html
    assert "/admin/platforma/synonim/add/?fraza=ma%C5%82y+grant+%26+%3Cb%3E" in html
    assert "<b>" not in html.split("result_list")[1].split("</table>")[0]
    form = desk.get("/admin/praktyki/aliasinstrumentu/add/?nazwa=mały+grant").content.decode()
    assert 'value="mały grant"' in form


def test_the_log_is_only_read(desk):
    row = make_zapytanie("kanarki", 2)
    assert desk.get("/admin/platforma/zapytanie/add/").status_code == 403
    assert desk.post(f"/admin/platforma/zapytanie/{row.pk}/change/", {"slowa": "x"}).status_code == 403
    assert desk.post(f"/admin/platforma/zapytanie/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_queries_of_the_list_do_not_grow(desk, django_assert_max_num_queries):
    for number in range(20):
        make_zapytanie(f"słowo {number}", number)
    with django_assert_max_num_queries(12):
        desk.get("/admin/platforma/zapytanie/")


@pytest.mark.parametrize("role", [REDAKTOR, WYDAWCA, ADMINISTRATOR])
def test_every_role_keeps_synonyms_and_reads_the_log(role):
    assert all(may(role, "platforma", "synonim", action) for action in ("add", "change", "view"))
    assert may(role, "platforma", "synonim", "delete") == (role != REDAKTOR)
    assert may(role, "platforma", "zapytanie", "view")
    assert not may(role, "platforma", "zapytanie", "delete")
    assert set(builders.make_user(role).get_all_permissions()) >= {
        "platforma.view_zapytanie",
        "platforma.change_synonim",
    }


def test_a_synonym_reads_as_pairs():
    both = Synonim(fraza="NGO", zamienniki="organizacja pozarządowa\n\n trzeci sektor ")
    assert set(both.pairs()) == {
        ("NGO", "organizacja pozarządowa"),
        ("NGO", "trzeci sektor"),
        ("organizacja pozarządowa", "NGO"),
        ("organizacja pozarządowa", "trzeci sektor"),
        ("trzeci sektor", "NGO"),
        ("trzeci sektor", "organizacja pozarządowa"),
    }
    assert Synonim(fraza="19a", zamienniki="tryb", w_obie_strony=False).pairs() == [("19a", "tryb")]
