"""The chooser at the editors' desk: trying an edit out, checking the cases, what forms and base refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from platforma.lib import revision
from platforma.lib.content import KEPT, UPDATED, ContentLoader
from platforma.models import LoadedRow
from platforma.roles import REDAKTOR
from praktyki.kreator import source
from praktyki.models import Instrument, Odpowiedz, PrzypadekKreatora, Pytanie, Regula
from tests import builders
from tests.admin_forms import delete, filled
from tests.praktyki.chooser import KNOWLEDGE, load_chooser, rows

pytestmark = pytest.mark.django_db

CHECK = "/admin/praktyki/przypadekkreatora/sprawdz/"


@pytest.fixture
def desk(client):
    """A client signed in as redaktor, with the real chooser in the base."""
    load_chooser()
    client.force_login(builders.make_user(REDAKTOR))
    return client


def page_of(row):
    return f"/admin/praktyki/{row._meta.model_name}/{row.pk}/change/"


def rule(option, instrument):
    return Regula.objects.get(odpowiedz__slug=option, instrument__slug=instrument)


def test_the_stored_cases_hold_and_a_wrong_rule_is_seen(desk):
    assert 'data-wrong="0" data-changed="0"' in desk.get(CHECK).content.decode()
    Regula.objects.filter(pk=rule("plynnosc", "pozyczka").pk).update(rodzaj="przeciw", waga=0)
    html = desk.get(CHECK).content.decode()
    assert 'data-wrong="1"' in html
    assert "Poręczenie: 1 punkt" in html.replace("\xa0", " ")
    assert "Pożyczka zastępuje pieniądze na czas oczekiwania. (ustawa o pożytku, art. 5 ust. 8" in html
    assert html.index("Fundacja czeka na zaliczkę unijną") < html.index("Dzielnica chce ożywić podwórka")


def test_an_edit_can_be_tried_out_without_saving_it(desk):
    weight = rule("plynnosc", "pozyczka")
    before = revision.current()
    response = desk.post(page_of(weight), filled(desk.get(page_of(weight)), waga=1, _check="1"))
    assert 'data-wrong="0" data-changed="1"' in response.content.decode()
    assert "pomyślnie" not in response.content.decode()
    excluded = filled(desk.get(page_of(weight)), rodzaj="przeciw", waga=0, _check="1")
    html = desk.post(page_of(weight), excluded).content.decode()
    assert 'data-wrong="1" data-changed="1"' in html
    assert "Fundacja czeka na zaliczkę unijną" in html
    assert (revision.current(), source.read()) == (before, KNOWLEDGE)
    assert "pomyślnie" not in desk.get(CHECK).content.decode()


def test_a_wrong_edit_tried_out_comes_back_as_the_form(desk):
    weight = rule("plynnosc", "pozyczka")
    response = desk.post(page_of(weight), filled(desk.get(page_of(weight)), waga=0, _check="1"))
    assert "Reguła „za” ma wagę od 1" in response.content.decode()


def test_an_answer_with_its_rules_is_saved_and_shows_at_once(desk, client):
    answer = Odpowiedz.objects.get(slug="plynnosc")
    data = filled(desk.get(page_of(answer)), tresc="Pieniądze do oddania")
    assert desk.post(page_of(answer), data).status_code == 302
    assert "Pieniądze do oddania" in client.get("/instrumenty/kreator/").content.decode()
    assert answer.reguly.count() == 11


def test_an_editors_rule_survives_the_next_load_of_content(desk):
    weight = rule("zakup", "mikrozakup")
    desk.post(page_of(weight), filled(desk.get(page_of(weight)), powod="Powód redakcji."))
    changed = [row | {"podpowiedz": "Nowa."} for row in rows("kreator")]
    assert ContentLoader(LoadedRow).load(Pytanie, changed) == {KEPT: 1, UPDATED: 6}
    assert rule("zakup", "mikrozakup").powod == "Powód redakcji."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"rodzaj": "przeciw", "waga": 2}, "wagę"),
        ({"rodzaj": "za", "waga": 0}, "wagę"),
        ({"rodzaj": "za", "waga": 1, "parametr": "prog_pzp"}, "razem"),
        ({"rodzaj": "za", "waga": 1, "porownanie": "ponizej"}, "razem"),
    ],
)
def test_the_database_refuses_a_rule_that_contradicts_itself(values, told):
    instrument = builders.make_instrument()
    instrument.parametry.create(klucz="prog_pzp", nazwa="Próg", wartosc=1, obowiazuje_od="2026-01-01")
    question = Pytanie.objects.create(slug="kwota", tresc="Ile?", jednostka="zl")
    answer = question.odpowiedzi.create(slug="malo", tresc="Mało")
    row = Regula(odpowiedz=answer, instrument=instrument, powod="Bo tak.", **values)
    with pytest.raises(ValidationError, match=told):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_one_answer_says_one_thing_about_an_instrument():
    instrument = builders.make_instrument()
    answer = Pytanie.objects.create(slug="cel", tresc="Po co?").odpowiedzi.create(slug="zakup", tresc="Zakup")
    answer.reguly.create(instrument=instrument, rodzaj="za", waga=1, powod="Tak.")
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.reguly.create(instrument=instrument, rodzaj="przeciw", powod="Nie.")


@pytest.mark.parametrize(
    ("bounds", "told"),
    [(("10000", "5000"), "rosnąć"), (("", "5000"), "ostatnia odpowiedź")],
)
def test_ranges_of_a_question_must_follow_one_another(desk, bounds, told):
    question = Pytanie.objects.get(slug="kwota")
    changes = {f"odpowiedzi-{n}-najwyzej": bound for n, bound in enumerate(bounds)}
    response = desk.post(page_of(question), filled(desk.get(page_of(question)), **changes))
    assert response.status_code == 200
    assert told in response.content.decode()


@pytest.mark.parametrize("slug", ["start", "kwota_zl"])
def test_a_question_does_not_take_a_name_of_the_address(slug):
    with pytest.raises(ValidationError, match="zajęta"):
        Pytanie(slug=slug, tresc="Po co?").full_clean()


def test_a_rule_names_a_legal_parameter_that_exists(desk):
    weight = rule("do-90", "tryb-malych-zlecen")
    weight.parametr = "nie-ma"
    with pytest.raises(ValidationError, match="Nie ma parametru"):
        weight.full_clean()
    weight.parametr = "art_19a_kwota_zadania"
    with pytest.raises(ValidationError, match="nie pyta o liczbę"):
        weight.full_clean()
    assert 'value="art_19a_czas" selected' in desk.get(page_of(weight)).content.decode()


def test_a_case_is_a_pasted_address(desk):
    case = PrzypadekKreatora.objects.first()
    address = "https://przyklad.pl/instrumenty/kreator/?kwota_zl=3+000&wykonawca=organizacja&cel="
    assert desk.post(page_of(case), filled(desk.get(page_of(case)), adres=address)).status_code == 302
    assert PrzypadekKreatora.objects.get(pk=case.pk).adres == "wykonawca=organizacja&kwota_zl=3000"
    for wrong, told in (("wykonawca=nikt", "nieznaną odpowiedź"), ("start=2026-01-01", "żadnej odpowiedzi")):
        response = desk.post(page_of(case), filled(desk.get(page_of(case)), adres=wrong))
        assert told in response.content.decode()


def test_a_case_whose_answer_is_gone_is_not_right(desk):
    Odpowiedz.objects.get(slug="plynnosc").delete()
    html = desk.get(CHECK).content.decode()
    assert "Pominęliśmy nieznaną odpowiedź „plynnosc”" in html
    assert 'data-wrong="1"' in html


def test_an_instrument_expected_by_a_case_is_not_deleted(client):
    load_chooser()
    client.force_login(builders.make_user("wydawca"))
    loan = Instrument.objects.get(slug="pozyczka")
    delete(client, f"/admin/praktyki/instrument/{loan.pk}/delete/")
    assert Instrument.objects.filter(pk=loan.pk).exists()


def test_only_the_desk_checks(client):
    assert client.get(CHECK).status_code == 302
    client.force_login(builders.make_user())
    assert client.get(CHECK).status_code == 403
