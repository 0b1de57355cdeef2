"""Derived columns follow their sources on every save; slugs are free, ASCII and stay as they are."""

import pytest

from platforma.lib import polish
from praktyki.models import Jst
from tests.builders import make_jst, make_praktyka

pytestmark = pytest.mark.django_db


def test_names_come_from_the_database_in_the_polish_order():
    for name in ("Zamość", "Łódź", "Lublin", "Żory", "Ćmielów", "Cieszyn"):
        make_jst(nazwa=name)
    names = list(Jst.objects.order_by("sort_key").values_list("nazwa", flat=True))
    assert names == ["Cieszyn", "Ćmielów", "Lublin", "Łódź", "Zamość", "Żory"]


def test_derived_columns_follow_a_changed_source():
    praktyka = make_praktyka(tytul="Mikrogranty w Łodzi")
    praktyka.tytul = "Żłobek"
    praktyka.save()
    praktyka.refresh_from_db()
    assert praktyka.search_text.splitlines()[0] == "zlobek"
    assert praktyka.sort_key == polish.sort_key("Żłobek")


def test_folded_text_keeps_one_paragraph_for_each_source_that_says_something():
    praktyka = make_praktyka(tytul="Tytuł", streszczenie="Zdanie", problem="", rezultaty="Skutek")
    assert praktyka.search_text == "tytul\nzdanie\nskutek"


def test_derived_columns_are_filled_in_bulk_too():
    Jst.objects.bulk_create([Jst(nazwa="Łazy", slug="lazy")])
    assert Jst.objects.get().sort_key


def test_a_sort_key_longer_than_its_column_is_cut():
    assert len(make_praktyka(tytul="ż" * 200).sort_key) == 200


def test_a_slug_is_made_from_the_source_and_numbered_until_free():
    slugs = [make_praktyka(tytul="Łąka dla łosia").slug for _ in range(3)]
    assert slugs == ["laka-dla-losia", "laka-dla-losia-2", "laka-dla-losia-3"]


def test_a_slug_stays_when_the_title_changes():
    praktyka = make_praktyka(tytul="Pierwszy tytuł")
    praktyka.tytul = "Drugi tytuł"
    praktyka.save()
    assert praktyka.slug == "pierwszy-tytul"


def test_a_given_slug_is_kept():
    assert make_praktyka(slug="moj-adres").slug == "moj-adres"


def test_a_title_without_letters_still_gets_an_address():
    assert make_praktyka(tytul="«…»").slug == "wpis"


def test_a_long_title_gives_a_slug_that_fits_with_its_number():
    first, second = (make_praktyka(tytul="bardzo długi tytuł " * 10).slug for _ in range(2))
    assert len(second) <= 120
    assert second == f"{first}-2"
