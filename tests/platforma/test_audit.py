"""The event log: what it tells, what it never holds, who reads it, and that nobody rewrites it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from platforma.lib import history
from platforma.lib.audit import FLOOD, KEPT_DAYS, Zdarzenie
from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA
from tests import builders
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db

LOG = "/admin/platforma/zdarzenie/"
PASSWORD = "kanarek-hasło-123456"


def events(rodzaj=None):
    """Return (who, what, about) of the events written in this test, oldest first."""
    rows = Zdarzenie.objects.order_by("pk").exclude(obiekt__in=(REDAKTOR, WYDAWCA, ADMINISTRATOR))
    rows = rows.filter(rodzaj=rodzaj) if rodzaj else rows
    return list(rows.values_list("kto", "opis", "obiekt"))


def sign_in(client, name, password):
    return client.post("/admin/login/", {"username": name, "password": password})


def test_each_change_of_state_is_an_event_with_its_author_and_reason():
    anna = builders.make_user(username="anna")
    praktyka = builders.ready(builders.make_praktyka(tytul="Park", status="draft"))
    praktyka.submit(by=anna)
    praktyka.send_back(by=anna, reason="Brakuje źródła.")
    praktyka.submit(by=anna)
    praktyka.publish(by=anna, at=timezone.now() + timedelta(days=3))
    praktyka.tytul = "Park bez zmiany stanu"
    praktyka.save()
    found = events("stan")
    assert [(who, what.split(", od ")[0]) for who, what, _about in found] == [
        ("anna", "szkic → do sprawdzenia"),
        ("anna", "do sprawdzenia → szkic. Powód: Brakuje źródła."),
        ("anna", "szkic → do sprawdzenia"),
        ("anna", "do sprawdzenia → opublikowane"),
    ]
    assert ", od " in found[-1][1]


def test_content_of_the_project_is_published_by_the_command_that_loads_it():
    with history.authored(reason="wczytanie treści"):
        builders.make_praktyka(tytul="Park")
    assert events("stan") == [("wczytanie treści", "nowy wpis → opublikowane", "Park")]


def test_the_deletion_of_an_entry_leaves_its_name():
    praktyka = builders.make_praktyka(tytul="Park", status="draft")
    praktyka.delete()
    assert events("usuniecie") == [("", "Usunięto wpis: praktyka, stan: szkic.", "Park")]


def test_logins_and_logouts_are_events(client):
    builders.make_user(username="anna", password=PASSWORD)
    sign_in(client, "anna", PASSWORD)
    client.post("/admin/logout/")
    assert events("logowanie") == [("anna", "Zalogowano.", "anna")]
    assert events("wylogowanie") == [("anna", "Wylogowano.", "anna")]
    assert not events("prawa") and len(events("konto")) == 1  # the time of the login is no change


def test_a_failed_login_never_keeps_what_was_typed(client):
    builders.make_user(username="anna")
    sign_in(client, "anna", PASSWORD)
    sign_in(client, PASSWORD, "anna")  # the password in the wrong field
    assert events("odmowa") == [
        ("", "Podano złe hasło.", "anna"),
        ("", "Podano nazwę, której nie ma żadne konto.", ""),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM platforma_zdarzenie")
        assert PASSWORD not in str(cursor.fetchall())


def test_nobody_fills_the_disk_with_failed_logins(client):
    for _number in range(FLOOD + 5):
        sign_in(client, "nikt", "złe")
    found = events("odmowa")
    assert len(found) == FLOOD + 1
    assert "nie zapisano" in found[-1][1] and "nie zapisano" not in found[-2][1]


def test_rights_and_accounts_are_events_of_whoever_changed_them(client):
    client.force_login(builders.make_user(is_superuser=True, username="szefowa"))
    account = builders.make_user(REDAKTOR, username="nowa")
    page = f"/admin/auth/user/{account.pk}/change/"
    wydawca = Group.objects.get(name=WYDAWCA)
    changes = {"groups": [wydawca.pk], "is_active": None, "is_superuser": "on", "username": "inna"}
    client.post(page, filled(client.get(page), **changes))
    passwords = dict.fromkeys(("password1", "password2"), PASSWORD)
    client.post(f"/admin/auth/user/{account.pk}/password/", passwords | {"usable_password": "true"})
    mine = [event[1:] for event in events() if event[0] == "szefowa" and event[2] == "inna"]
    assert mine == [
        ("Zmieniono nazwę konta z „nowa”.", "inna"),
        ("Wyłączono konto.", "inna"),
        ("Dano prawa superużytkownika.", "inna"),
        ("Odebrano role: redaktor.", "inna"),
        ("Nadano role: wydawca.", "inna"),
        ("Zmieniono hasło.", "inna"),
    ]


def test_rights_given_around_the_desk_are_events_too():
    account, permission = builders.make_user(username="anna"), Permission.objects.get(codename="add_praktyka")
    account.user_permissions.add(permission)
    account.user_permissions.clear()
    Group.objects.get(name=REDAKTOR).user_set.add(account)
    account.delete()
    assert [what for _who, what, about in events() if about == "anna"][1:] == [
        "Nadano prawa: add_praktyka.",
        "Odebrano prawa: add_praktyka.",
        "Usunięto konto.",
    ]
    group_event = Zdarzenie.objects.get(obiekt=REDAKTOR, opis__contains="anna")
    assert group_event.opis == "Nadano tę rolę: anna."


@pytest.mark.parametrize(
    ("role", "all_seen"), [(ADMINISTRATOR, True), (WYDAWCA, False), (REDAKTOR, None), (None, None)]
)
def test_administrators_read_everything_and_publishers_publications(role, all_seen, client):
    builders.make_praktyka(tytul="Opublikowany park")
    builders.make_user(username="kanarek-konto")
    client.force_login(builders.make_user(role))
    response = client.get(LOG)
    if all_seen is None:
        assert response.status_code == 403
        return
    content = response.content.decode()
    assert "Opublikowany park" in content
    assert ("kanarek-konto" in content) == all_seen
    assert ("kanarek-konto" in client.get(f"{LOG}?q=kanarek&rodzaj=konto").content.decode()) == all_seen


def test_nobody_changes_or_deletes_an_event_at_the_desk(admin_client):
    builders.make_praktyka()
    event = Zdarzenie.objects.filter(rodzaj="stan").get()
    for page in (f"{LOG}add/", f"{LOG}{event.pk}/delete/"):
        assert admin_client.get(page).status_code == 403
    assert admin_client.post(f"{LOG}{event.pk}/change/", {"opis": "inny"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
    admin_client.post(LOG, selected)
    assert Zdarzenie.objects.get(pk=event.pk).opis == event.opis


def test_the_database_refuses_to_rewrite_an_event():
    builders.make_praktyka()
    with pytest.raises(DatabaseError, match="nie można zmieniać"), transaction.atomic():
        Zdarzenie.objects.update(opis="inny")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="nie można zmieniać"), transaction.atomic():
            Zdarzenie.objects.all().delete()
    assert Zdarzenie.objects.filter(rodzaj="stan").exists()


def test_the_guard_is_put_back_by_every_migrate():
    builders.make_praktyka()
    on = "" if connection.vendor == "sqlite" else " ON platforma_zdarzenie"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER platforma_zdarzenie_stays{on}")
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="nie można zmieniać"), transaction.atomic():
        Zdarzenie.objects.update(opis="inny")


def test_events_go_after_their_time_with_the_next_login(client):
    builders.make_user(username="anna", password=PASSWORD)
    old = timezone.now() - timedelta(days=KEPT_DAYS + 1)
    young = timezone.now() - timedelta(days=KEPT_DAYS - 1)
    for moment, name in ((old, "dawne"), (young, "młodsze")):
        Zdarzenie.objects.create(rodzaj="stan", opis=name, created_at=moment)
    sign_in(client, "anna", PASSWORD)
    assert list(Zdarzenie.objects.filter(rodzaj="stan").values_list("opis", flat=True)) == ["młodsze"]


def test_a_hash_renewed_at_login_is_no_change_of_the_password():
    account = builders.make_user(username="anna", password=PASSWORD)
    user = User.objects.get(pk=account.pk)
    user.password = "pbkdf2_sha256$nowy"
    user.save(update_fields=["password"])
    assert [what for _who, what, _about in events("konto")] == ["Założono konto. Dano wstęp do panelu."]
