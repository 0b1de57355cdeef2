"""The rule of two people holds for work done away from the form: in tables, submissions and old versions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from platforma.lib.publication import Status
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Praktyka
from tests import builders
from tests.admin_forms import delete, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    client.user = builders.make_user(WYDAWCA)
    client.force_login(client.user)
    return client


def desk(row, page="change"):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/{page}/"


def send_table(client, text):
    file = SimpleUploadedFile("praktyki.csv", text.encode())
    return client.post("/admin/tabele/praktyki/", {"plik": file, "save": "1"})


def restore(client, row, number=0):
    page = client.get(desk(row, "history"))
    address = page.context_data["versions"].moments[number].address
    where = desk(row, f"history/przywroc/{address}")
    latest = client.get(where).context_data["latest"]
    return client.post(where, {"latest": latest})


def test_who_imports_rows_is_their_author(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW)
    instrument = builders.make_instrument(nazwa="Bon")
    send_table(anna, f"slug;problem\n{praktyka.slug};Z tabeli\n")
    assert list(praktyka.contributors.all()) == [anna.user]
    send_table(anna, f"tytul;streszczenie;instrumenty\nNowa z tabeli;Zdanie.;{instrument}\n")
    new = Praktyka.objects.exclude(pk=praktyka.pk).get()
    assert (new.created_by, list(new.contributors.all())) == (anna.user, [anna.user])


def test_a_row_that_the_table_leaves_as_it_is_gets_no_author(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW, problem="Taki sam")
    send_table(anna, f"slug;problem\n{praktyka.slug};Taki sam\n")
    assert not praktyka.contributors.exists()


def test_who_takes_a_submission_is_the_author_of_its_draft(anna):
    zgloszenie = builders.make_zgloszenie()
    anna.post(desk(zgloszenie, "decyzja"), {"krok": "szkic"})
    assert Praktyka.objects.get().created_by == anna.user


def test_who_goes_back_to_an_old_version_is_an_author(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW)
    other = builders.make_user(WYDAWCA)
    anna.post(desk(praktyka), filled(anna.get(desk(praktyka)), problem="Pierwszy"))
    anna.post(desk(praktyka), filled(anna.get(desk(praktyka)), problem="Drugi"))
    praktyka.contributors.set([other])
    restore(anna, praktyka, -2)
    assert Praktyka.objects.get().problem == "Pierwszy"
    assert set(praktyka.contributors.all()) == {anna.user, other}


def test_who_brings_a_deleted_entry_back_is_its_author(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW)
    anna.post(desk(praktyka), filled(anna.get(desk(praktyka)), problem="Pierwszy"))
    delete(anna, desk(praktyka, "delete"))
    restore(anna, praktyka)
    back = Praktyka.objects.get()
    assert (back.created_by, list(back.contributors.all())) == (anna.user, [anna.user])


def test_files_of_a_submission_join_a_practice_only_by_who_may_change_it(client):
    praktyka, user = builders.make_praktyka(), builders.make_user(REDAKTOR)
    decided = {"state": "accepted", "decided_at": timezone.now()}
    zgloszenie = builders.make_zgloszenie(praktyka=praktyka, **decided)
    zgloszenie.zalaczniki.create(plik=SimpleUploadedFile("plan.csv", b"a;b\n1;2\n"), nazwa_pliku="plan.csv")
    client.force_login(user)
    assert 'value="pliki"' not in client.get(desk(zgloszenie)).content.decode()
    assert client.post(desk(zgloszenie, "decyzja"), {"krok": "pliki"}).status_code == 403
    assert not praktyka.materialy.exists()
    praktyka.send_back(reason="Popraw.")
    assert client.post(desk(zgloszenie, "decyzja"), {"krok": "pliki"}).status_code == 302
    assert (praktyka.materialy.count(), list(praktyka.contributors.all())) == (1, [user])


def test_who_moves_a_part_away_changed_what_it_was_taken_from(anna):
    left, right = (builders.make_spotkanie(status=Status.REVIEW) for _side in range(2))
    point = builders.make_wystapienie(left)
    anna.post(desk(point), filled(anna.get(desk(point)), spotkanie=right.pk))
    assert [list(row.contributors.all()) for row in (left, right)] == [[anna.user], [anna.user]]
