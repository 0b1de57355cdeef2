"""The rule of two people: who wrote an entry does not publish it, by whatever way the work was done."""

import pytest

from platforma.lib.history.state import Versions
from platforma.lib.publication import Status, TransitionError
from platforma.roles import WYDAWCA
from praktyki.models import Praktyka
from spotkania.models import Spotkanie
from tests import builders
from tests.admin_forms import delete, delete_selected, filled

pytestmark = pytest.mark.django_db

RULE = "Obowiązuje zasada dwóch osób"


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture(autouse=True)
def rule(settings):
    settings.TWO_PERSON_RULE = True


@pytest.fixture
def anna(client):
    client.user = builders.make_user(WYDAWCA)
    client.force_login(client.user)
    return client


@pytest.fixture
def piotr():
    return builders.make_user(WYDAWCA)


def by_creating(praktyka, user):
    praktyka.created_by = user
    praktyka.save()


def by_submitting(praktyka, user):
    praktyka.send_back(reason="Popraw.")
    praktyka.submit(by=user)


def by_changing(praktyka, user):
    praktyka.contributors.add(user)


@pytest.mark.parametrize("work", [by_creating, by_submitting, by_changing])
def test_an_author_does_not_publish_and_another_does(work, piotr):
    praktyka, anna = builders.make_praktyka(status=Status.REVIEW), builders.make_user(WYDAWCA)
    work(praktyka, anna)
    with pytest.raises(TransitionError, match=RULE):
        praktyka.publish(by=anna)
    with pytest.raises(TransitionError, match=RULE):
        praktyka.publish()
    praktyka.publish(by=piotr)
    assert praktyka.is_published()


def test_without_the_rule_an_author_publishes(settings):
    settings.TWO_PERSON_RULE = False
    anna = builders.make_user(WYDAWCA)
    praktyka = builders.make_praktyka(status=Status.REVIEW, created_by=anna)
    praktyka.publish(by=anna)
    assert praktyka.is_published()


def test_a_review_by_another_person_clears_the_authors(piotr):
    anna = builders.make_user(WYDAWCA)
    praktyka = builders.make_praktyka(status=Status.REVIEW, created_by=anna)
    praktyka.contributors.add(anna)
    praktyka.publish(by=piotr)
    praktyka.archive(by=piotr, reason="Program się skończył.")
    praktyka.publish(by=anna)
    assert praktyka.is_published()


def test_the_desk_says_the_rule_in_the_place_of_the_button(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW, created_by=anna.user)
    page = anna.get(page_of(praktyka))
    assert RULE in page.content.decode() and 'value="publish"' not in page.content.decode()
    forged = anna.post(page_of(praktyka), filled(page, _step="publish"), follow=True)
    assert RULE in forged.content.decode()
    assert Praktyka.objects.get().status == Status.REVIEW


def test_a_change_pressed_together_with_publishing_counts_as_work(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW)
    page = anna.get(page_of(praktyka))
    assert 'value="publish"' in page.content.decode()
    anna.post(page_of(praktyka), filled(page, _step="publish", tytul="Dopisane przez wydawczynię"))
    assert Praktyka.objects.get().status == Status.REVIEW


def test_looking_and_saving_unchanged_is_no_work(anna):
    praktyka = builders.make_praktyka(status=Status.REVIEW)
    anna.post(page_of(praktyka), filled(anna.get(page_of(praktyka))))
    anna.post(page_of(praktyka), filled(anna.get(page_of(praktyka)), _step="publish"))
    assert Praktyka.objects.get().is_published()


def add_a_source(client, spotkanie):
    row = {"zrodla-TOTAL_FORMS": 2, "zrodla-1-tytul": "Relacja", "zrodla-1-position": ""}
    client.post(page_of(spotkanie), filled(client.get(page_of(spotkanie)), **row))


def change_a_point(client, spotkanie):
    point = spotkanie.wystapienia.get()
    client.post(page_of(point), filled(client.get(page_of(point)), tytul="Inny temat"))


def add_a_material(client, spotkanie):
    form = filled(client.get("/admin/spotkania/material/add/"), tytul="Slajdy", url="https://przyklad.pl/s")
    client.post("/admin/spotkania/material/add/", form | {"spotkanie": spotkanie.pk})


def delete_a_material(client, spotkanie):
    material = spotkanie.materialy.get()
    delete(client, page_of(material).replace("change", "delete"))


def delete_materials_in_the_list(client, spotkanie):
    delete_selected(client, "/admin/spotkania/material/", spotkanie.materialy.get())


def restore(client, row):
    """Go back to the first version of the row."""
    moments = Versions(type(row), row.pk).moments
    page = page_of(row).replace("change", f"history/przywroc/{moments[0].address}")
    client.post(page, {"latest": moments[-1].address})


def restore_a_point(client, spotkanie):
    point = spotkanie.wystapienia.get()
    point.tytul = "Inny temat"
    point.save()
    restore(client, point)


def restore_the_entry(client, spotkanie):
    spotkanie.streszczenie = "Inne streszczenie."
    spotkanie.save()
    restore(client, spotkanie)


@pytest.mark.parametrize(
    "work",
    [
        *(add_a_source, change_a_point, add_a_material, delete_a_material, delete_materials_in_the_list),
        *(restore_a_point, restore_the_entry),
    ],
)
def test_work_on_the_parts_of_an_entry_is_work_on_it(work, anna):
    spotkanie = builders.make_spotkanie(status=Status.REVIEW)
    builders.make_wystapienie(spotkanie)
    builders.make_material(spotkanie=spotkanie)
    work(anna, spotkanie)
    assert list(spotkanie.contributors.all()) == [anna.user]


def test_who_makes_or_copies_an_entry_is_its_author(anna):
    spotkanie = builders.make_spotkanie()
    anna.post(page_of(spotkanie).replace("change", "powiel"))
    form = filled(anna.get("/admin/spotkania/spotkanie/add/"), tytul="Nowe spotkanie", rodzaj="warsztat")
    anna.post("/admin/spotkania/spotkanie/add/", form)
    made = Spotkanie.objects.exclude(pk=spotkanie.pk)
    assert [row.created_by for row in made] == [anna.user, anna.user]
