"""Practices and instruments at the editors' desk: addresses, lists, deleting, rows, legal numbers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platforma.lib.publication import Status
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Instrument, ParametrPrawny, Praktyka
from tests import builders
from tests.admin_forms import delete, delete_selected, filled

pytestmark = pytest.mark.django_db

LIST = "/admin/praktyki/praktyka/"


def make(status, **kw):
    return builders.make_praktyka(status=status, instrumenty=[builders.make_instrument()], **kw)


def page_of(row):
    return f"/admin/praktyki/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture
def wydawca(client):
    client.force_login(builders.make_user(WYDAWCA))
    return client


@pytest.fixture
def redaktor(client):
    client.force_login(builders.make_user(REDAKTOR))
    return client


def test_an_address_is_fixed_once_published(wydawca):
    for status, expected in ((Status.DRAFT, "nowy-adres"), (Status.PUBLISHED, "stary-adres")):
        praktyka = make(status, slug="stary-adres")
        wydawca.post(page_of(praktyka), filled(wydawca.get(page_of(praktyka)), slug="nowy-adres"))
        assert Praktyka.objects.get(pk=praktyka.pk).slug == expected
        praktyka.delete()


@pytest.mark.parametrize("missing", ["zrodla", "kwota", "jst", "rok", "rezultaty", "przeniesienie"])
def test_the_list_finds_what_an_entry_lacks(missing, wydawca):
    lacking = make(Status.DRAFT)
    facts = {"kwota_zl": 100, "rok_do": 2020, "rezultaty": "Są.", "warunki_przeniesienia": "Są."}
    make(Status.DRAFT, jst=[builders.make_jst()], **facts).zrodla.create(tytul="Uchwała")
    assert list(wydawca.get(LIST, {"brak": missing}).context["cl"].result_list) == [lacking]


def test_the_list_filters_by_voivodeship_of_the_unit_or_of_the_practice(wydawca):
    slaskie, inne = builders.make_wojewodztwo(nazwa="śląskie"), builders.make_wojewodztwo()
    by_unit = make(
        Status.DRAFT, jst=[builders.make_jst(wojewodztwo=slaskie), builders.make_jst(wojewodztwo=slaskie)]
    )
    by_hand = make(Status.DRAFT, wojewodztwa=[slaskie])
    make(Status.DRAFT, wojewodztwa=[inne])
    found = wydawca.get(LIST, {"wojewodztwo": slaskie.slug}).context["cl"].result_list
    assert sorted(row.pk for row in found) == sorted([by_unit.pk, by_hand.pk])


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(wydawca):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            make(Status.PUBLISHED, jst=[builders.make_jst(), builders.make_jst()], rok_od=2020)
        with CaptureQueriesContext(connection) as queries:
            wydawca.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_entries_use_is_not_deleted(wydawca):
    instrument = make(Status.DRAFT).instrumenty.get()
    wojewodztwo = builders.make_wojewodztwo()
    builders.make_jst(wojewodztwo=wojewodztwo)
    for row in (instrument, wojewodztwo):
        response = delete(wydawca, page_of(row).replace("change", "delete"))
        assert "korzystają z tego inne wpisy" in response.content.decode()
        assert type(row).objects.filter(pk=row.pk).exists()
    assert delete_selected(wydawca, "/admin/praktyki/instrument/", instrument).status_code == 200
    assert Instrument.objects.filter(pk=instrument.pk).exists()


def new_value(page, end):
    """Return the form with the old value ended on `end` and a new one from 1 January 2026."""
    row = {
        "nazwa": "Próg",
        "klucz": "prog",
        "wartosc": "170000",
        "jednostka": "zl",
        "obowiazuje_od": "01.01.2026",
    }
    added = {f"parametry-1-{name}": value for name, value in row.items()}
    return filled(page, **{"parametry-0-obowiazuje_do": end, "parametry-TOTAL_FORMS": 2}, **added)


def test_one_save_ends_a_legal_value_and_begins_the_next(redaktor):
    instrument = builders.make_instrument()
    instrument.parametry.create(klucz="prog", nazwa="Próg", wartosc=130_000, obowiazuje_od=date(2021, 1, 1))
    page = page_of(instrument)
    response = redaktor.post(page, new_value(redaktor.get(page), ""))
    assert "nachodzi na poprzednią" in response.content.decode()
    assert redaktor.post(page, new_value(redaktor.get(page), "31.12.2025")).status_code == 302
    assert list(ParametrPrawny.objects.values_list("wartosc", flat=True)) == [170_000, 130_000]


def test_a_legal_value_of_another_instrument_counts_too(redaktor):
    builders.make_instrument().parametry.create(
        klucz="prog", nazwa="Próg", wartosc=1, obowiazuje_od=date(2025, 1, 1)
    )
    instrument = builders.make_instrument()
    instrument.parametry.create(klucz="inny", nazwa="Inny", wartosc=1, obowiazuje_od=date(2021, 1, 1))
    response = redaktor.post(page_of(instrument), new_value(redaktor.get(page_of(instrument)), ""))
    assert "nachodzi na inną wartość" in response.content.decode()


def test_a_new_row_goes_to_the_end(redaktor):
    praktyka = make(Status.DRAFT)
    praktyka.zrodla.create(tytul="Pierwsze", position=4)
    added = {"zrodla-TOTAL_FORMS": 2, "zrodla-1-tytul": "Drugie", "zrodla-1-position": ""}
    form = filled(redaktor.get(page_of(praktyka)), **added)
    assert redaktor.post(page_of(praktyka), form).status_code == 302
    assert list(praktyka.zrodla.values_list("tytul", "position")) == [("Pierwsze", 4), ("Drugie", 5)]
