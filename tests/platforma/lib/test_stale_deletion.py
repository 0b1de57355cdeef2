"""A page that asks before deleting, opened before its entry changed: nobody's change is deleted unseen."""

import pytest

from platforma.lib.stale import deletion
from praktyki.models import Praktyka
from spotkania.models import Spotkanie
from tests import builders
from tests.admin_forms import confirmed, delete, delete_selected, filled

from .desks import page_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/praktyki/praktyka/"
CHANGED = "ktoś zmienił ten wpis"


def asking_page_of(row):
    return page_of(row).replace("change", "delete")


def save(client, row, **changes):
    assert client.post(page_of(row), filled(client.get(page_of(row)), **changes)).status_code == 302


def test_an_entry_that_nobody_changed_is_deleted(desks, praktyka):
    assert delete(desks[1], asking_page_of(praktyka)).status_code == 302
    assert not Praktyka.objects.exists()


def test_the_page_names_what_goes_but_no_rows_that_only_link(desks):
    praktyka = builders.make_praktyka(instrumenty=[builders.make_instrument()], tagi=["sport"])
    praktyka.zrodla.create(tytul="Uchwała w sprawie zasad")
    page = desks[1].get(asking_page_of(praktyka))
    listed = f"{page.context_data['deleted_objects']} {page.context_data['model_count']}"
    assert "Uchwała w sprawie zasad" in listed
    for word in ("object (", "tagged with", "Powiązani", "tags"):
        assert word not in listed


def test_an_entry_that_changed_is_shown_anew_and_deleted_only_then(desks, praktyka):
    anna, jan = desks
    opened = jan.get(asking_page_of(praktyka))
    assert CHANGED not in text_of(opened)
    save(anna, praktyka, tytul="Tytuł Anny")
    answer = jan.post(asking_page_of(praktyka), confirmed(opened))
    assert answer.status_code == 409
    for text in (
        CHANGED,
        "Jeszcze nic nie usunięto",
        "Tytuł Anny",
        "Anna</strong>",
        f"{praktyka.pk}/history/",
    ):
        assert text in text_of(answer)
    assert Praktyka.objects.exists()
    assert jan.post(asking_page_of(praktyka), confirmed(answer)).status_code == 302
    assert not Praktyka.objects.exists()


def add_a_tag(client, spotkanie):
    save(client, spotkanie, tagi="budżet")


def add_a_source(client, spotkanie):
    row = {"zrodla-TOTAL_FORMS": 1, "zrodla-0-tytul": "Relacja", "zrodla-0-url": "https://przyklad.pl/r"}
    save(client, spotkanie, **row)


def change_who_spoke(client, spotkanie):
    point = spotkanie.wystapienia.get()
    save(client, point, **{"udzialy-0-rola": "dyrektorka"})


def submit(client, spotkanie):
    save(client, spotkanie, _step="submit")


@pytest.mark.parametrize("change", [add_a_tag, add_a_source, change_who_spoke, submit])
def test_a_change_of_whatever_goes_with_the_entry_counts(desks, change):
    anna, jan = desks
    spotkanie = builders.make_spotkanie(status="draft", instrumenty=[builders.make_instrument()])
    builders.make_wystapienie(spotkanie, prelegenci=[(builders.make_prelegent(), "", None)])
    opened = jan.get(asking_page_of(spotkanie))
    change(anna, spotkanie)
    assert jan.post(asking_page_of(spotkanie), confirmed(opened)).status_code == 409
    assert Spotkanie.objects.exists()


def test_a_change_of_another_entry_does_not_count(desks, praktyka):
    anna, jan = desks
    other = builders.make_praktyka(status="draft", instrumenty=[builders.make_instrument()])
    opened = jan.get(asking_page_of(praktyka))
    save(anna, other, problem="Inny problem")
    assert jan.post(asking_page_of(praktyka), confirmed(opened)).status_code == 302


def test_a_confirmation_of_what_nobody_was_shown_is_asked_again(desks, praktyka):
    anna, jan = desks
    of_anna = confirmed(anna.get(asking_page_of(praktyka)))
    of_the_form = jan.get(page_of(praktyka)).context_data["seen_token"]
    for sent in ({"post": "yes"}, {"x": "1"}, of_anna, {"post": "yes", "_shown": of_the_form}):
        answer = jan.post(asking_page_of(praktyka), sent)
        assert answer.status_code == 409
        assert "Nie wiemy, co pokazywała strona" in text_of(answer)
    assert Praktyka.objects.exists()
    assert jan.post(asking_page_of(praktyka), confirmed(answer)).status_code == 302


def test_an_entry_that_goes_just_before_it_is_asked_about_again_is_told_to_be_gone(
    desks, praktyka, monkeypatch
):
    def gone(request):
        praktyka.delete()
        return unsent(request)

    unsent = deletion._unsent
    monkeypatch.setattr(deletion, "_unsent", gone)
    answer = desks[1].post(asking_page_of(praktyka), {"post": "yes"}, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "nie istnieje" in text_of(answer)


def test_what_may_not_be_deleted_is_refused_as_before(desks, client):
    tag_of = builders.make_praktyka(instrumenty=[builders.make_instrument()]).instrumenty.get()
    answer = desks[1].post(asking_page_of(tag_of), {"post": "yes"})
    assert answer.status_code == 200
    assert "korzystają z tego inne wpisy" in text_of(answer)
    client.force_login(builders.make_user("redaktor"))
    assert client.post(asking_page_of(tag_of), {"post": "yes"}).status_code == 403


def test_several_entries_are_deleted_as_they_were_shown(desks, praktyka):
    rows = [praktyka, builders.make_praktyka(status="draft")]
    assert delete_selected(desks[1], LIST, *rows).status_code == 302
    assert not Praktyka.objects.exists()


def test_of_several_entries_one_that_changed_keeps_them_all(desks, praktyka):
    anna, jan = desks
    rows = [praktyka, builders.make_praktyka(status="draft")]
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    opened = jan.post(LIST, chosen)
    save(anna, praktyka, tytul="Tytuł Anny")
    answer = jan.post(LIST, chosen | confirmed(opened))
    assert answer.status_code == 409
    assert "ktoś zmienił co najmniej jeden z tych wpisów" in text_of(answer)
    assert "Tytuł Anny" in text_of(answer)
    assert Praktyka.objects.count() == 2
    assert jan.post(LIST, chosen | confirmed(answer)).status_code == 302
    assert not Praktyka.objects.exists()


def test_entries_ticked_after_the_page_was_opened_are_asked_about(desks, praktyka):
    jan, rows = desks[1], [praktyka, builders.make_praktyka(status="draft")]
    opened = jan.post(LIST, {"action": "delete_selected", "_selected_action": [praktyka.pk]})
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    assert jan.post(LIST, chosen | confirmed(opened)).status_code == 409
    assert Praktyka.objects.count() == 2
