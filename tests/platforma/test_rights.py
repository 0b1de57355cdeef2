"""What a redaktor and a wydawca may do with an entry, by page, step, action, part and search."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from platforma.lib.publication import Status
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Praktyka, Tag
from spotkania.models import Material, Spotkanie
from tests import builders
from tests.admin_forms import delete, delete_selected, filled

pytestmark = pytest.mark.django_db

MAKE = {Praktyka: builders.make_praktyka, Spotkanie: builders.make_spotkanie}
CLOSED = [Status.PUBLISHED, Status.ARCHIVED]


def url(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture
def redaktor(client):
    client.force_login(builders.make_user(REDAKTOR))
    return client


@pytest.fixture
def wydawca(client):
    client.force_login(builders.make_user(WYDAWCA))
    return client


@pytest.fixture(params=MAKE)
def make(request):
    return MAKE[request.param]


def stored(row):
    """Return all that is stored of an entry and of its parts, to see that nothing moved."""
    parts = [relation for relation in row._meta.related_objects if relation.one_to_many]
    rows = {relation.name: list(relation.related_model.objects.values()) for relation in parts}
    return list(type(row).objects.filter(pk=row.pk).values()), rows


@pytest.mark.parametrize("status", CLOSED)
def test_a_redaktor_moves_nothing_of_what_is_or_was_public(make, status, redaktor):
    row = builders.ready(make(status=status))
    before, log = stored(row), LogEntry.objects.count()
    forged = {
        "tytul": "Podmieniony",
        "streszczenie": "Podmienione",
        "zrodla-TOTAL_FORMS": "2",
        "zrodla-INITIAL_FORMS": "1",
        "zrodla-0-id": row.zrodla.get().pk,
        "zrodla-0-DELETE": "on",
        "zrodla-1-tytul": "Dopisane",
        "status": Status.DRAFT,
        "published_at": "",
    }
    steps = [{"_step": name} for name in ("submit", "publish", "send_back", "archive", "confirm", "x")]
    for data in ({}, *steps):
        assert redaktor.post(url(row), forged | data | {"step_reason": "Bo tak."}).status_code == 403
    assert redaktor.post(url(row, "delete"), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    redaktor.post(list_of(type(row)), action)
    assert stored(row) == before
    assert LogEntry.objects.count() == log


def test_a_state_is_no_field_that_a_form_could_carry(make, wydawca):
    row = make(status=Status.DRAFT)
    forged = {
        "status": Status.PUBLISHED,
        "published_at_0": "01.01.2020",
        "first_published_at": "2020-01-01",
        "przeglad_do": "01.01.2030",
        "checked_at": "2020-01-01",
        "created_by": "1",
        "contributors": ["1"],
        "successor": MAKE[type(row)]().pk,
    }
    page = wydawca.get(url(row))
    extra = {"instrumenty": [builders.make_instrument().pk]}
    assert wydawca.post(url(row), filled(page, **extra) | forged).status_code == 302
    row.refresh_from_db()
    kept = (row.status, row.published_at, row.first_published_at, row.przeglad_do, row.checked_at)
    assert kept == (Status.DRAFT, None, None, None, None)
    assert (row.created_by, row.successor) == (None, None)


def test_an_address_that_was_public_once_never_changes_again(make, wydawca):
    row = builders.ready(make(slug="stary-adres"))
    row.send_back(reason="Do poprawy.")
    assert row.status == Status.DRAFT
    page = wydawca.get(url(row))
    assert 'name="slug"' not in page.content.decode()
    extra = {"instrumenty": [builders.make_instrument().pk], "tytul": "Nowy tytuł"}
    wydawca.post(url(row), filled(page, **extra) | {"slug": "nowy-adres"})
    row.refresh_from_db()
    assert (row.tytul, row.slug) == ("Nowy tytuł", "stary-adres")


def test_a_part_of_two_entries_is_closed_on_the_page_of_either(redaktor):
    """A material of a draft meeting and of a public practice is not changed through the meeting."""
    draft = builders.make_spotkanie(status=Status.DRAFT)
    shared = builders.make_material(spotkanie=draft, praktyka=builders.make_praktyka(), tytul="Wspólny")
    own = builders.make_material(spotkanie=draft, tytul="Własny")
    page = redaktor.get(url(draft))
    assert "Wspólny" in page.content.decode()
    changes = {}
    for form in page.context_data["inline_admin_formsets"][2].formset.forms:
        changes |= {f"{form.prefix}-tytul": "Podmieniony", f"{form.prefix}-url": "https://inny.pl/"}
    redaktor.post(url(draft), filled(page, **changes))
    assert dict(Material.objects.values_list("pk", "tytul")) == {shared.pk: "Wspólny", own.pk: "Podmieniony"}
    removed = {name.replace("tytul", "DELETE"): "on" for name in changes if name.endswith("tytul")}
    redaktor.post(url(draft), filled(redaktor.get(url(draft)), **removed))
    assert list(Material.objects.all()) == [shared]


def test_a_tag_that_public_entries_carry_is_not_deleted(redaktor):
    builders.make_praktyka(tagi=["bon senioralny"])
    tag = Tag.objects.get()
    delete(redaktor, url(tag, "delete"))
    delete_selected(redaktor, list_of(Tag), tag)
    assert Tag.objects.exists()


@pytest.mark.parametrize("role", [None, REDAKTOR])
def test_searching_for_a_successor_needs_the_right_to_see_entries(role, client):
    builders.make_praktyka(status=Status.DRAFT, tytul="Szkic")
    client.force_login(builders.make_user(role))
    field = {"app_label": "praktyki", "model_name": "praktyka", "field_name": "successor", "term": "szkic"}
    answer = client.get(reverse("admin:autocomplete"), field)
    assert answer.status_code == (200 if role else 403)
    assert (b"Szkic" in answer.content) == bool(role)


def test_nobody_edits_in_lists():
    assert [desk for desk in admin.site._registry.values() if desk.list_editable] == []


def test_archiving_at_the_desk_asks_for_a_reason_and_takes_a_successor(make, wydawca):
    old, new = builders.ready(make()), make()
    page = wydawca.get(url(old))
    extra = {"instrumenty": [builders.make_instrument().pk], "_step": "archive"}
    refused = wydawca.post(url(old), filled(page, **extra))
    assert "przeczytają to czytelnicy" in str(refused.context_data["errors"])
    given = {"step_reason": "Nowa edycja.", "step_successor": new.pk}
    wydawca.post(url(old), filled(page, **extra, **given))
    public = wydawca.get(old.get_absolute_url()).content.decode()
    assert "Nowa edycja." in public and f'href="{new.get_absolute_url()}"' in public
    assert 'name="successor"' in wydawca.get(url(old)).content.decode()


def test_an_entry_is_not_its_own_successor(make, wydawca):
    row = builders.ready(make())
    extra = {"instrumenty": [builders.make_instrument().pk], "step_reason": "x", "step_successor": row.pk}
    wydawca.post(url(row), filled(wydawca.get(url(row)), _step="archive", **extra))
    row.refresh_from_db()
    assert row.status == Status.PUBLISHED


def test_a_step_from_a_form_of_yesterday_saves_nothing_and_says_why(make, wydawca):
    row = make(status=Status.REVIEW)
    form = filled(wydawca.get(url(row)), _step="publish", tytul="Wczorajszy tytuł")
    form |= {"instrumenty": [builders.make_instrument().pk]}
    row.send_back(reason="Do poprawy.")
    row.submit()
    answer = wydawca.post(url(row), form)
    assert answer.status_code == 409 and "zmienił się i znów jest" in answer.content.decode()
    kept = type(row).objects.get(pk=row.pk)
    assert (kept.status, kept.tytul) == (Status.REVIEW, row.tytul)


@pytest.mark.parametrize("step", ["publish", "send_back", "archive"])
@pytest.mark.parametrize("token", [None, "podrobiony"])
def test_a_form_that_does_not_say_what_it_showed_takes_no_step(make, wydawca, token, step):
    row = builders.ready(make(status=Status.REVIEW))
    form = filled(wydawca.get(url(row)), _step=step, _seen=token, step_reason="Powód.")
    assert wydawca.post(url(row), form).status_code == 409
    assert wydawca.post(url(row), {"_step": step}).status_code == 409
    row.refresh_from_db()
    assert row.status == Status.REVIEW
