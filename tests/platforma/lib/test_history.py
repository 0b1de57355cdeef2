"""What the history keeps: each change once, with its author, relations and parts included, bulk work not."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import transaction

from platforma import signals
from platforma.lib import history, revision
from platforma.models import Synonim
from praktyki.models import Praktyka, PraktykaTag, Zrodlo
from spotkania.models import Prelegent, TrescWersji
from tests import builders

pytestmark = pytest.mark.django_db

NOT_KEPT = {TrescWersji}  # read from files by the machine


def versions(row):
    return list(type(row).history.model.objects.filter(id=row.pk).order_by("history_id"))


def test_every_model_that_editors_write_has_a_history():
    content = {model for model in signals.content_models() if not model._meta.auto_created} | {Synonim}
    assert {model for model in content if history.tracked(model) is None} == NOT_KEPT


def test_tables_of_versions_are_no_content():
    assert not [model for model in signals.content_models() if history.is_version(model)]
    assert any(history.is_version(model) for model in apps.get_app_config("praktyki").get_models())


def test_a_version_says_who_why_and_what():
    praktyka, anna = (
        builders.make_praktyka(tytul="Dawny"),
        builders.make_user(first_name="Anna", last_name="Nowak"),
    )
    with history.authored(user=anna, reason="po telefonie z gminy"):
        praktyka.tytul = "Nowy"
        praktyka.save()
    last = versions(praktyka)[-1]
    assert (last.tytul, last.history_user, last.history_user_name) == ("Nowy", anna, "Anna Nowak")
    assert (last.history_change_reason, last.history_changed) == ("po telefonie z gminy", ["tytul"])


def test_the_name_of_an_author_outlives_the_account():
    praktyka, anna = builders.make_praktyka(), builders.make_user(username="anna")
    with history.authored(user=anna):
        praktyka.tytul = "Nowy"
        praktyka.save()
    anna.delete()
    last = versions(praktyka)[-1]
    assert (last.history_user, last.history_user_name) == (None, "anna")


def test_one_unit_of_work_makes_one_version_of_a_row():
    praktyka, temat = builders.make_praktyka(), builders.make_temat()
    before = len(versions(praktyka))
    with history.authored():
        praktyka.tytul = "Pierwszy"
        praktyka.save()
        praktyka.tytul = "Drugi"
        praktyka.save()
        praktyka.tematy.add(temat)
    added = versions(praktyka)[before:]
    assert [(row.tytul, row.history_relations, row.history_changed) for row in added] == [
        ("Drugi", {"tematy": [temat.pk]}, ["tytul", "tematy"])
    ]


def test_a_save_without_a_change_keeps_nothing():
    praktyka = builders.make_praktyka(kwota_zl=Decimal("10.50"), stan_prawny=date(2026, 1, 1))
    again = Praktyka.objects.get(pk=praktyka.pk)
    again.kwota_zl, again.stan_prawny = "10.50", "2026-01-01"  # as a form or a fixture gives them
    again.save()
    assert len(versions(praktyka)) == 1


def test_relations_are_kept_whichever_side_they_change_from():
    praktyka, instrument = builders.make_praktyka(), builders.make_instrument()
    instrument.praktyki.add(praktyka)
    assert versions(praktyka)[-1].history_relations == {"instrumenty": [instrument.pk]}
    instrument.praktyki.clear()
    assert versions(praktyka)[-1].history_relations == {}


def test_tags_are_kept_as_parts():
    praktyka = builders.make_praktyka(tagi=["park"])
    praktyka.tagi.set(["las"])
    kept = PraktykaTag.history.model.objects.filter(content_object=praktyka).order_by("history_id")
    assert sorted(row.history_type for row in kept) == ["+", "+", "-"]


def test_a_deletion_keeps_the_last_content_and_its_relations():
    temat = builders.make_temat()
    praktyka = builders.make_praktyka(tytul="Znika", tematy=[temat])
    row = versions(praktyka)[-1]
    praktyka.delete()
    last = type(row).objects.order_by("-history_id").first()
    assert (last.history_type, last.tytul, last.history_relations) == ("-", "Znika", {"tematy": [temat.pk]})


def test_a_row_older_than_the_history_gets_its_origin_before_its_first_change():
    temat = builders.make_temat()
    (praktyka,) = Praktyka.objects.bulk_create(
        [Praktyka(tytul="Sprzed", slug="sprzed", streszczenie="Opis.")]
    )
    assert versions(praktyka) == []
    praktyka.tematy.add(temat)
    origin, change = versions(praktyka)
    assert (origin.history_unit, origin.tytul, origin.history_relations) == (None, "Sprzed", {})
    assert (change.tytul, change.history_relations) == ("Sprzed", {"tematy": [temat.pk]})


def test_a_partial_save_keeps_only_what_was_saved():
    praktyka = builders.make_praktyka(tytul="Stary", streszczenie="Stare")
    praktyka.tytul, praktyka.streszczenie = "Nowy", "Niezapisane"
    praktyka.save(update_fields=["tytul"])
    last = versions(praktyka)[-1]
    assert (last.tytul, last.streszczenie, last.history_changed) == ("Nowy", "Stare", ["tytul"])


def test_work_that_is_rolled_back_leaves_no_version():
    praktyka = builders.make_praktyka()
    with history.authored():
        with pytest.raises(RuntimeError), transaction.atomic():
            praktyka.tytul = "Cofnięty"
            praktyka.save()
            raise RuntimeError
        praktyka.tytul = "Zapisany"
        praktyka.save()
    assert [row.tytul for row in versions(praktyka)][1:] == ["Zapisany"]


def test_a_version_bumps_the_revision_once_with_its_content():
    praktyka = builders.make_praktyka()
    before = revision.current()
    praktyka.tytul = "Nowy"
    praktyka.save()
    assert revision.current() == before + 1


def test_bulk_work_of_generate_keeps_no_history():
    call_command("generate", praktyki=3, spotkania=2, verbosity=0)
    assert Praktyka.objects.count() == 3
    assert Praktyka.history.model.objects.count() == Zrodlo.history.model.objects.count() == 0


def test_old_versions_lose_the_personal_texts_with_the_consent():
    osoba = builders.make_prelegent(notka="Kanarek o mnie", zgoda=date(2026, 1, 1))
    osoba.zgoda_wycofana = date(2026, 2, 1)
    osoba.save()
    assert [row.notka for row in versions(osoba)] == ["", ""]
    osoba.nazwisko = "Po zmianie"
    osoba.save()
    assert not Prelegent.history.model.objects.exclude(notka="").exists()


def test_a_command_empties_a_field_in_old_versions_only():
    praktyka = builders.make_praktyka(kontakt="Kanarek, tel. 600 000 000")
    praktyka.kontakt = "Urząd, tel. 32 000 00 00"
    praktyka.save()
    call_command("forget_history", "praktyki.praktyka", str(praktyka.pk), "kontakt", verbosity=0)
    praktyka.refresh_from_db()
    assert [row.kontakt for row in versions(praktyka)] == ["", ""]
    assert praktyka.kontakt == "Urząd, tel. 32 000 00 00"


@pytest.mark.parametrize(
    "arguments",
    [
        ("praktyki.niema", "1", "kontakt"),
        ("auth.user", "1", "email"),
        ("praktyki.praktyka", "1", "niema"),
        ("praktyki.praktyka", "1", "status"),
        ("praktyki.praktyka", "1", "history_user_name"),
        ("praktyki.praktyka", "77", "kontakt"),
    ],
)
def test_the_command_says_what_it_cannot_empty(arguments):
    builders.make_praktyka()
    with pytest.raises(CommandError):
        call_command("forget_history", *arguments)


def test_old_versions_have_no_permissions_to_give():
    assert not Permission.objects.filter(content_type__model__startswith="historical").exists()


def test_work_that_takes_its_change_back_keeps_nothing():
    praktyka = builders.make_praktyka(tytul="Ten sam")
    with history.authored():
        for tytul in ("Inny", "Ten sam"):
            praktyka.tytul = tytul
            praktyka.save()
    assert len(versions(praktyka)) == 1
