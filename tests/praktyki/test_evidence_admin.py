"""The evidence at the editors' desk: folded while empty, refused kindly, open to each role."""

import pytest

from platforma.lib.publication import Status
from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA
from tests import builders
from tests.admin_forms import delete, filled

pytestmark = pytest.mark.django_db

NEW = {
    "glosy": {"strona": "urzad", "tresc": "Warto było.", "rola": "sekretarz", "osoba": "Jan Zmyślony"},
    "liczby_wysilku": {"rodzaj": "pula", "wartosc": "1400", "rok": "2025", "zrodlo_liczby": "dokument"},
    "wdrozenia": {"status": "dziala", "data": "01.02.2025", "potwierdzono": "03.04.2026"},
    "rozstrzygniecia": {"organ": "rio", "data": "02.03.2025", "wynik": "uchylona", "obowiazuje": "on"},
}


@pytest.fixture
def page():
    praktyka = builders.make_praktyka(status=Status.DRAFT, instrumenty=[builders.make_instrument()])
    return praktyka, f"/admin/praktyki/praktyka/{praktyka.pk}/change/"


def added(**groups):
    """Return the fields of one new row in each of `groups`."""
    data = {}
    for group, fields in groups.items():
        data[f"{group}-TOTAL_FORMS"] = 1
        data |= {f"{group}-0-{name}": value for name, value in fields.items()}
    return data


@pytest.mark.parametrize("role", [REDAKTOR, WYDAWCA, ADMINISTRATOR])
def test_each_role_adds_and_removes_every_kind(client, page, role):
    praktyka, address = page
    client.force_login(builders.make_user(role))
    new = NEW | {"wdrozenia": NEW["wdrozenia"] | {"jst": builders.make_jst().pk}}
    assert client.post(address, filled(client.get(address), **added(**new))).status_code == 302
    rows = {group: getattr(praktyka, group).get() for group in NEW}
    assert rows["wdrozenia"].is_confirmed(rows["wdrozenia"].potwierdzono)
    removal = {f"{group}-0-DELETE": "on" for group in NEW}
    assert client.post(address, filled(client.get(address), **removal)).status_code == 302
    assert not any(getattr(praktyka, group).exists() for group in NEW)


def test_empty_parts_are_folded_and_filled_ones_open(client, page):
    praktyka, address = page
    client.force_login(builders.make_user(REDAKTOR))
    builders.make_glos(praktyka)
    parts = client.get(address).context["inline_admin_formsets"]
    folded = {part.formset.prefix: part.is_collapsible for part in parts}
    assert folded == {
        "zrodla": False,
        "glosy": False,
        "liczby_wysilku": True,
        "wdrozenia": True,
        "rozstrzygniecia": True,
    }


@pytest.mark.parametrize(
    ("group", "fields", "complaint"),
    [
        ("glosy", {"rola": ""}, "Przy nazwisku podaj publiczną rolę tej osoby."),
        ("liczby_wysilku", {"wartosc": "-1"}, "Liczba nie może być ujemna."),
        ("wdrozenia", {"status": "porzucone"}, "Napisz, co zmieniono albo dlaczego porzucono."),
        ("rozstrzygniecia", {"data": "01.01.2100"}, "Ta data jeszcze nie nadeszła."),
    ],
)
def test_what_the_database_would_refuse_the_form_says_kindly(client, page, group, fields, complaint):
    _praktyka, address = page
    client.force_login(builders.make_user(REDAKTOR))
    row = NEW[group] | ({"jst": builders.make_jst().pk} if group == "wdrozenia" else {}) | fields
    response = client.post(address, filled(client.get(address), **added(**{group: row})))
    assert response.status_code == 200
    assert complaint in response.content.decode()


def test_the_list_finds_practices_that_lack_evidence(client, page):
    client.force_login(builders.make_user(REDAKTOR))
    praktyka, _address = page
    full = builders.make_praktyka(status=Status.DRAFT)
    for strona in ("urzad", "organizacja"):
        builders.make_glos(full, strona)
        builders.make_glos(full, strona)
    builders.make_liczba(full)
    builders.make_wdrozenie(full)
    for missing in ("liczby", "wdrozenia", "glos_urzedu", "glos_organizacji"):
        found = client.get("/admin/praktyki/praktyka/", {"brak": missing}).context["cl"].result_list
        assert list(found) == [praktyka], missing


def test_a_unit_of_the_log_is_not_deleted(client, page):
    praktyka, _address = page
    wdrozenie = builders.make_wdrozenie(praktyka)
    client.force_login(builders.make_user(WYDAWCA))
    delete(client, f"/admin/praktyki/jst/{wdrozenie.jst.pk}/delete/")
    assert praktyka.wdrozenia.exists()
