"""Two editors at once: a stale form saves nothing, shows both versions, and what is chosen is saved."""

import re

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile

from platforma.lib.admin import DeskAdmin
from tests import builders, documents
from tests.admin_forms import filled

from .desks import collide, make, page_of, settle, text_of, titles

pytestmark = pytest.mark.django_db


def test_a_form_that_nobody_overtook_is_saved(desks, praktyka):
    anna, jan = desks
    anna.post(page_of(praktyka), filled(anna.get(page_of(praktyka)), problem="Nowy"))
    response = jan.post(page_of(praktyka), filled(jan.get(page_of(praktyka)), tytul="Nowszy"))
    assert response.status_code == 302
    praktyka.refresh_from_db()
    assert (praktyka.tytul, praktyka.problem) == ("Nowszy", "Nowy")


def test_a_stale_form_saves_nothing_and_shows_all_three_versions(desks, praktyka):
    theirs = {"problem": "Problem Anny", "rozwiazanie": "Tylko Anna"}
    response = collide(desks, praktyka, theirs, {"problem": "Problem Jana", "tytul": "Tytuł Jana"})
    assert response.status_code == 409
    for text in ("Stary problem", "Problem Anny", "Problem Jana", "Tylko Anna", "Tytuł Jana", "Anna"):
        assert text in text_of(response)
    praktyka.refresh_from_db()
    assert (praktyka.tytul, praktyka.problem) == ("Stary tytuł", "Problem Anny")


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "Problem Jana, poprawiony"), ("theirs", "Problem Anny")]
)
def test_the_choice_is_saved_with_what_only_one_side_changed(desks, praktyka, choice, kept):
    theirs = {"problem": "Problem Anny", "rozwiazanie": "Tylko Anna"}
    response = collide(desks, praktyka, theirs, {"problem": "Problem Jana", "tytul": "Tytuł Jana"})
    choices = {"_choice-0": choice, "problem": "Problem Jana, poprawiony"}
    assert settle(desks[1], praktyka, response, **choices).status_code == 302
    praktyka.refresh_from_db()
    assert (praktyka.tytul, praktyka.rozwiazanie) == ("Tytuł Jana", "Tylko Anna")
    assert praktyka.problem == kept


def test_without_a_choice_the_page_asks_again(desks, praktyka):
    response = collide(desks, praktyka, {"problem": "Problem Anny"}, {"problem": "Problem Jana"})
    again = settle(desks[1], praktyka, response)
    assert again.status_code == 409
    assert {"Stary problem", "Problem Anny", "Problem Jana"} <= set(re.split("[<>\n]+", text_of(again)))
    assert settle(desks[1], praktyka, again, **{"_choice-0": "theirs"}).status_code == 302
    praktyka.refresh_from_db()
    assert praktyka.problem == "Problem Anny"


def test_the_choice_itself_can_be_overtaken(desks, praktyka):
    response = collide(desks, praktyka, {"problem": "Problem Anny"}, {"problem": "Problem Jana"})
    desks[0].post(page_of(praktyka), filled(desks[0].get(page_of(praktyka)), problem="Jeszcze nowszy"))
    again = settle(desks[1], praktyka, response, **{"_choice-0": "mine"})
    assert again.status_code == 409
    assert "Jeszcze nowszy" in text_of(again)


def test_the_choice_goes_through_the_form(desks, praktyka):
    response = collide(desks, praktyka, {"tytul": "Tytuł Anny"}, {"tytul": "Tytuł Jana"})
    refused = settle(desks[1], praktyka, response, **{"_choice-0": "mine", "tytul": ""})
    assert refused.status_code == 200
    assert "To pole jest wymagane" in text_of(refused)
    mended = {"_choice-0": "mine", "tytul": "Poprawiony", "_seen": refused.context_data["seen_token"]}
    assert settle(desks[1], praktyka, response, **mended).status_code == 302


@pytest.mark.parametrize(
    "forged",
    [
        "{",
        "[]",
        '{"names": ["problem"]}',
        '{"names": [1], "pairs": []}',
        '{"names": [], "pairs": [["problem", {"a": 1}]]}',
        '{"names": [], "pairs": [["problem", "a", "b"]]}',
        '{"names": [], "pairs": [["problem", "\\ud800"]]}',
        "[" * 10_000,
    ],
)
def test_a_forged_choice_is_refused(desks, praktyka, forged):
    response = collide(desks, praktyka, {"problem": "Problem Anny"}, {"problem": "Problem Jana"})
    refused = settle(desks[1], praktyka, response, **{"_choice-0": "theirs", "_conflict": forged})
    assert refused.status_code == 400
    praktyka.refresh_from_db()
    assert praktyka.problem == "Problem Anny"


def test_many_to_many_and_tags_are_compared(desks, praktyka):
    one, two = builders.make_temat(nazwa="Sport"), builders.make_temat(nazwa="Kultura")
    theirs = {"tematy": [one.pk], "tagi": "zieleń"}
    response = collide(desks, praktyka, theirs, {"tematy": [two.pk]})
    assert response.status_code == 409
    assert {"Sport", "Kultura"} <= set(re.split("[<>]+", text_of(response)))
    assert settle(desks[1], praktyka, response, **{"_choice-0": "theirs"}).status_code == 302
    assert list(praktyka.tematy.all()) == [one]
    assert [tag.name for tag in praktyka.tagi.all()] == ["zieleń"]


def test_rows_added_by_both_are_all_kept(desks, praktyka):
    def added(title):
        return {
            "zrodla-TOTAL_FORMS": 3,
            "zrodla-2-tytul": title,
            "zrodla-2-url": f"https://przyklad.pl/{title}",
        }

    response = collide(desks, praktyka, added("anny"), added("jana"))
    assert response.status_code == 409
    assert settle(desks[1], praktyka, response).status_code == 302
    assert titles(praktyka) == ["Raport", "Uchwała", "anny", "jana"]


def test_a_row_deleted_meanwhile_takes_no_other_row_along(desks, praktyka):
    """Places shift: what was typed into the second row must not land in another."""
    response = collide(desks, praktyka, {"zrodla-0-DELETE": "on"}, {"zrodla-1-tytul": "Raport roczny"})
    assert response.status_code == 409
    assert settle(desks[1], praktyka, response).status_code == 302
    assert titles(praktyka) == ["Raport roczny"]


@pytest.mark.parametrize(("choice", "kept"), [("", ["Raport", "Uchwała Jana"]), ("on", ["Raport"])])
def test_a_row_deleted_by_one_and_changed_by_the_other_is_asked_about(desks, praktyka, choice, kept):
    response = collide(desks, praktyka, {"zrodla-0-DELETE": "on"}, {"zrodla-0-tytul": "Uchwała Jana"})
    assert response.status_code == 409
    assert settle(desks[1], praktyka, response, **{"zrodla-1-DELETE": choice}).status_code == 302
    assert titles(praktyka) == kept


@pytest.mark.parametrize(("choice", "kept"), [("", ["Raport", "Uchwała Anny"]), ("on", ["Raport"])])
def test_a_row_changed_by_one_and_deleted_by_the_other_is_asked_about(desks, praktyka, choice, kept):
    response = collide(desks, praktyka, {"zrodla-0-tytul": "Uchwała Anny"}, {"zrodla-0-DELETE": "on"})
    assert response.status_code == 409
    assert settle(desks[1], praktyka, response, **{"zrodla-0-DELETE": choice}).status_code == 302
    assert titles(praktyka) == kept


def test_reordered_rows_keep_what_was_typed_into_them(desks, praktyka):
    order = {"zrodla-0-position": 2, "zrodla-1-position": 1}
    response = collide(desks, praktyka, order, {"zrodla-0-tytul": "Uchwała Jana"})
    assert settle(desks[1], praktyka, response).status_code == 302
    rows = praktyka.zrodla.order_by("position").values_list("tytul", flat=True)
    assert list(rows) == ["Raport", "Uchwała Jana"]


def test_an_entry_changed_elsewhere_makes_a_form_stale(desks, praktyka):
    """Neither the entry's own row nor its history tells of a changed row of an inline."""
    jan = desks[1]
    late = filled(jan.get(page_of(praktyka)), tytul="Tytuł Jana")
    praktyka.zrodla.filter(tytul="Raport").update(wydawca="Instytut")
    response = jan.post(page_of(praktyka), late)
    assert response.status_code == 409
    assert "Instytut" in text_of(response)


def test_the_same_form_sent_twice_is_saved_once(desks, praktyka):
    jan = desks[1]
    added = {"zrodla-TOTAL_FORMS": 3, "zrodla-2-tytul": "Mapa", "zrodla-2-url": "https://przyklad.pl/mapa"}
    data = filled(jan.get(page_of(praktyka)), problem="Problem Jana", **added)
    assert [jan.post(page_of(praktyka), data).status_code for _click in range(2)] == [302, 302]
    assert titles(praktyka) == ["Mapa", "Raport", "Uchwała"]


def test_a_form_opened_before_ones_own_save_is_stale_too(desks, praktyka):
    """The other tab, and the page that „wstecz” brings back."""
    jan = desks[1]
    first = filled(jan.get(page_of(praktyka)), problem="Pierwsza karta")
    jan.post(page_of(praktyka), first)
    response = jan.post(page_of(praktyka), first | {"problem": "Druga karta"})
    assert response.status_code == 409
    assert "z Twojego konta" in text_of(response)


def test_a_form_without_its_token_overwrites_nothing(desks, praktyka):
    jan = desks[1]
    data = filled(jan.get(page_of(praktyka)), problem="Z pamięci", _seen="podrobiony")
    assert jan.post(page_of(praktyka), data).status_code == 409
    praktyka.refresh_from_db()
    assert praktyka.problem == "Stary problem"


def test_the_token_of_another_entry_or_person_is_none(desks, praktyka):
    anna, jan = desks
    other = make("draft")
    foreign = [anna.get(page_of(praktyka)), jan.get(page_of(other))]
    for response in foreign:
        data = filled(jan.get(page_of(praktyka)), problem="Jan", _seen=response.context_data["seen_token"])
        assert jan.post(page_of(praktyka), data).status_code == 409


def test_a_photo_replaced_by_both_is_asked_about(desks):
    prelegent = builders.make_prelegent()
    response = collide(desks, prelegent, {"zdjecie": photo("anna.png")}, {"zdjecie": photo("jan.png")})
    assert response.status_code == 409
    assert "jan.png" in text_of(response)
    choices = {"_choice-0": "mine", "zdjecie": photo("jan.png")}
    assert settle(desks[1], prelegent, response, **choices).status_code == 302
    old = prelegent.zdjecie.name
    prelegent.refresh_from_db()
    assert prelegent.zdjecie.name != old


def photo(name):
    return SimpleUploadedFile(name, documents.picture(), content_type="image/png")


def test_who_was_here_a_moment_ago_is_said_when_the_form_opens(desks, praktyka):
    anna, jan = desks
    anna.post(page_of(praktyka), filled(anna.get(page_of(praktyka)), problem="Problem Anny"))
    assert "Przed chwilą pracował" in text_of(jan.get(page_of(praktyka)))
    assert "Przed chwilą pracował" not in text_of(anna.get(page_of(praktyka)))


def test_every_list_and_form_of_the_desk_is_covered():
    for model, desk in admin.site._registry.items():
        assert isinstance(desk, DeskAdmin), model
        assert desk.list_editable == (), model  # a list edited in place would need a token of its own


def test_no_two_mixins_of_the_desk_give_one_private_name_to_two_methods():
    for desk in admin.site._registry.values():
        ours = [part for part in type(desk).__mro__ if part.__module__.split(".")[0] != "django"]
        names = [name for part in ours for name in vars(part) if re.match("_[a-z]", name)]
        assert len(names) == len(set(names)), (desk, sorted(name for name in names if names.count(name) > 1))
