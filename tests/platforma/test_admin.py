"""The editors' desk: every page opens, models are grouped, search knows Polish, nonsense breaks nothing."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse

from platforma.admin_site import GROUPS
from platforma.models import (
    DeklaracjaDostepnosci,
    SprawdzonyAdres,
    Synonim,
    Wiadomosc,
    Zapytanie,
    Zdarzenie,
    Zgloszenie,
)
from praktyki.models import (
    AliasInstrumentu,
    Instrument,
    Jst,
    Odbiorca,
    Odpowiedz,
    Organizacja,
    ParametrPrawny,
    Praktyka,
    PrzypadekKreatora,
    Pytanie,
    Regula,
    Tag,
    Temat,
    TerminRoczny,
    Wojewodztwo,
)
from spotkania.models import Cykl, Material, Prelegent, Spotkanie, Wystapienie
from tests import builders

pytestmark = pytest.mark.django_db

MODELS = [model for model, _admin in admin.site._registry.items()]
INLINE_CODE = re.compile(r"<style|<script(?![^>]*\bsrc=)[^>]*>|\s(?:style|on[a-z]+)=", re.IGNORECASE)
NONSENSE = [
    f"q={'a+' * 900}",
    "stan=x&brak=y&rok_od=abc&wojewodztwo=zz",
    "rok_od=99999999999999999999&kwota_zl__gte=1e999",
    "id__exact=9999999999999999999999&id__in=1,x",
    "poczatek__year=99999&poczatek__month=77",
    "p=99999&o=9.-9.x&_facets=1",
    "status__regex=(&search_text__password=1",
    "instrumenty__id__exact=x&all=1",
]


@pytest.fixture
def rows():
    """One row of every model on the desk."""
    instrument, jst, wojewodztwo = (
        builders.make_instrument(),
        builders.make_jst(),
        builders.make_wojewodztwo(),
    )
    praktyka = builders.make_praktyka(instrumenty=[instrument], jst=[jst], tagi=["jakiś tag"])
    praktyka.zrodla.create(tytul="Uchwała", url="https://przyklad.pl/uchwala")
    spotkanie = builders.make_spotkanie(praktyki=[praktyka], cykl=builders.make_cykl())
    builders.make_wypowiedz(spotkanie)
    prelegent = builders.make_prelegent()
    parametr = instrument.parametry.create(
        klucz="prog", nazwa="Próg", wartosc=170_000, obowiazuje_od="2026-01-01"
    )
    pytanie = Pytanie.objects.create(slug="cel", tresc="Po co?")
    odpowiedz = pytanie.odpowiedzi.create(slug="zakup", tresc="Zakup")
    return {
        Pytanie: pytanie,
        Odpowiedz: odpowiedz,
        Regula: odpowiedz.reguly.create(instrument=instrument, rodzaj="przeciw", powod="Bo tak."),
        PrzypadekKreatora: PrzypadekKreatora.objects.create(opis="Zakup", adres="cel=zakup"),
        Cykl: spotkanie.cykl,
        DeklaracjaDostepnosci: DeklaracjaDostepnosci.objects.create(podmiot="GZM"),
        Group: Group.objects.first(),
        Instrument: instrument,
        Jst: jst,
        Material: builders.make_material(content=b"%PDF-1.4", spotkanie=spotkanie),
        AliasInstrumentu: instrument.aliasy.create(nazwa="mały zakup"),
        Synonim: Synonim.objects.create(fraza="NGO", zamienniki="organizacja pozarządowa"),
        Zapytanie: Zapytanie.objects.create(
            slowa="grant", strona="praktyki", wyniki=0, dzien="2026-11-22", razy=1
        ),
        Zdarzenie: Zdarzenie.objects.create(rodzaj="stan", opis="szkic → opublikowane"),
        Odbiorca: builders.make_odbiorca(),
        SprawdzonyAdres: SprawdzonyAdres.objects.create(
            url="https://przyklad.pl/uchwala", wynik="brak", sprawdzono="2026-11-22T08:00Z"
        ),
        Wiadomosc: Wiadomosc.objects.create(
            adres="jan@example.org", temat="Przyjęto", tekst="Tak", html="Tak"
        ),
        Zgloszenie: builders.make_zgloszenie(),
        Organizacja: builders.make_organizacja(),
        ParametrPrawny: parametr,
        Praktyka: praktyka,
        Prelegent: prelegent,
        Spotkanie: spotkanie,
        Tag: praktyka.tagi.get(),
        Temat: builders.make_temat(),
        TerminRoczny: builders.make_termin(),
        User: builders.make_user(),
        Wojewodztwo: wojewodztwo,
        Wystapienie: builders.make_wystapienie(spotkanie, [(prelegent, "burmistrz", None)]),
    }


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_model_has_its_place_in_the_index():
    placed = [label for labels in GROUPS.values() for label in labels]
    assert sorted(placed) == sorted(model._meta.label for model in MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_opens_and_carries_no_inline_code(model, rows, admin_client):
    pk = rows[model].pk
    pages = [url(model, "changelist"), url(model, "change", pk), url(model, "history", pk)]
    read_only = (SprawdzonyAdres, Wiadomosc, Zapytanie, Zdarzenie, Zgloszenie)
    if model not in (Group, DeklaracjaDostepnosci, *read_only):
        pages += [url(model, "add"), url(model, "delete", pk), f"{url(model, 'changelist')}?_facets=1&q=a"]
    for page in pages:
        response = admin_client.get(page, follow=True)
        assert response.status_code == 200, page
        assert INLINE_CODE.findall(response.content.decode()) == [], page


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_autocomplete_answers_for_every_relation(model, rows, admin_client):
    desk = admin.site.get_model_admin(model)
    for part in (desk, *desk.inlines):
        for field in part.autocomplete_fields:
            owner = getattr(part, "model", model)._meta
            query = {"app_label": owner.app_label, "model_name": owner.model_name, "field_name": field}
            response = admin_client.get(reverse("admin:autocomplete"), query | {"term": "a"})
            assert response.status_code == 200, field


@pytest.mark.parametrize("query", NONSENSE)
@pytest.mark.parametrize("model", [Praktyka, Spotkanie, Material, Jst, ParametrPrawny])
def test_nonsense_in_a_list_is_no_error_of_ours(model, query, rows, admin_client):
    assert admin_client.get(f"{url(model, 'changelist')}?{query}", follow=True).status_code in (200, 400)


@pytest.mark.parametrize("pk", ["abc", "9" * 30, "_00", "-1"])
def test_a_nonsense_key_is_no_error_of_ours(pk, admin_client):
    assert admin_client.get(f"/admin/praktyki/praktyka/{pk}/change/", follow=True).status_code in (200, 404)


@pytest.mark.parametrize("page", ["/admin/praktyki/praktyka/?q=%00", "/admin/autocomplete/?term=%00"])
def test_a_nul_is_refused(page, admin_client):
    assert admin_client.get(page).status_code == 400


@pytest.mark.parametrize("term", ["lodz", "Łódź", "ŁÓD", "łódź wielka"])
def test_search_passes_over_case_and_polish_marks(term, admin_client):
    jst = builders.make_jst(nazwa="Łódź Wielka")
    builders.make_jst(nazwa="Zamość")
    praktyka = builders.make_praktyka(jst=[jst])
    builders.make_praktyka()
    for model, found in ((Jst, jst), (Praktyka, praktyka)):
        response = admin_client.get(url(model, "changelist"), {"q": term})
        assert list(response.context["cl"].result_list) == [found]


def test_the_index_groups_models(admin_client):
    response = admin_client.get("/admin/")
    assert [group["name"] for group in response.context["app_list"]] == list(GROUPS)


def test_a_group_has_no_page_of_its_own(admin_client):
    assert admin_client.get("/admin/praktyki/").url == "/admin/"


def test_the_accessibility_statement_is_one_row(admin_client):
    page = url(DeklaracjaDostepnosci, "changelist")
    assert admin_client.get(page).url == url(DeklaracjaDostepnosci, "add")
    row = DeklaracjaDostepnosci.objects.create()
    assert admin_client.get(page).url == url(DeklaracjaDostepnosci, "change", row.pk)
    assert admin_client.get(url(DeklaracjaDostepnosci, "add")).status_code == 403
    assert admin_client.post(url(DeklaracjaDostepnosci, "delete", row.pk), {"post": "yes"}).status_code == 403
