"""What each role may do at the editors' desk, and that nobody can give themselves more."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from platforma.roles import ADMINISTRATOR, REDAKTOR, WYDAWCA
from tests import builders
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db

ROLES = (None, REDAKTOR, WYDAWCA, ADMINISTRATOR)
ALLOWED = {  # page: may a person without a role, redaktor, wydawca, administrator open it
    "/admin/": (1, 1, 1, 1),
    "/admin/praktyki/praktyka/": (0, 1, 1, 1),
    "/admin/praktyki/praktyka/add/": (0, 1, 1, 1),
    "/admin/praktyki/praktyka/{praktyka}/delete/": (0, 0, 1, 1),
    "/admin/praktyki/praktyka/{praktyka}/history/": (0, 1, 1, 1),
    "/admin/praktyki/instrument/{instrument}/change/": (0, 1, 1, 1),
    "/admin/praktyki/terminroczny/add/": (0, 1, 1, 1),
    "/admin/praktyki/praktyka/{praktyka}/podglad/": (0, 1, 1, 1),
    "/admin/praktyki/praktyka/{praktyka}/podglad/linki/": (0, 0, 1, 1),  # it is public
    "/admin/praktyki/praktyka/{draft}/podglad/linki/": (0, 1, 1, 1),
    "/admin/spotkania/spotkanie/": (0, 1, 1, 1),
    "/admin/spotkania/spotkanie/{spotkanie}/podglad/": (0, 1, 1, 1),
    "/admin/spotkania/spotkanie/add/": (0, 1, 1, 1),
    "/admin/spotkania/spotkanie/{spotkanie}/delete/": (0, 0, 1, 1),
    "/admin/spotkania/material/add/": (0, 1, 1, 1),
    "/admin/platforma/deklaracjadostepnosci/add/": (0, 0, 0, 1),
    "/admin/platforma/zgloszenie/": (0, 1, 1, 1),
    "/admin/platforma/zgloszenie/{zgloszenie}/change/": (0, 1, 1, 1),
    "/admin/platforma/zgloszenie/{zgloszenie}/delete/": (0, 0, 0, 0),
    "/admin/platforma/zgloszenie/add/": (0, 0, 0, 0),
    "/admin/platforma/wiadomosc/": (0, 0, 0, 1),
    "/admin/auth/user/": (0, 0, 0, 1),
    "/admin/auth/user/add/": (0, 0, 0, 1),
    "/admin/auth/user/{reader}/change/": (0, 0, 0, 1),
    "/admin/auth/user/{reader}/password/": (0, 0, 0, 1),
    "/admin/auth/group/": (0, 0, 0, 1),
    "/admin/auth/group/add/": (0, 0, 0, 0),
    "/admin/auth/user/{superuser}/password/": (0, 0, 0, 0),
    "/admin/auth/user/{superuser}/delete/": (0, 0, 0, 0),
    "/admin/auth/user/{gifted}/password/": (0, 0, 0, 0),
    "/admin/auth/user/{busy}/delete/": (0, 0, 0, 0),
}


@pytest.fixture
def people():
    """Accounts by what makes each special; `gifted` holds one permission that no role gave."""
    superuser = builders.make_user(username="superuser", is_superuser=True)
    gifted, busy = builders.make_user(REDAKTOR), builders.make_user(REDAKTOR)
    gifted.user_permissions.add(Permission.objects.get(codename="change_permission"))
    LogEntry.objects.create(user=busy, object_repr="wpis", action_flag=1)
    return {"superuser": superuser, "gifted": gifted, "busy": busy, "reader": builders.make_user()}


@pytest.fixture
def desk(client):
    """A client signed in as an administrator who is not a superuser."""
    client.force_login(builders.make_user(ADMINISTRATOR, username="szefowa"))
    return client


@pytest.mark.parametrize("page", ALLOWED)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_only(role, page, people, client):
    keys = {name: user.pk for name, user in people.items()} | {
        "praktyka": builders.make_praktyka().pk,
        "draft": builders.make_praktyka(status="draft").pk,
        "spotkanie": builders.make_spotkanie().pk,
        "instrument": builders.make_instrument().pk,
        "zgloszenie": builders.make_zgloszenie().pk,
    }
    client.force_login(builders.make_user(role))
    allowed = ALLOWED[page][ROLES.index(role)]
    assert client.get(page.format(**keys)).status_code == (200 if allowed else 403)


def test_an_administrator_makes_an_account_with_a_role(desk):
    page = desk.get("/admin/auth/user/add/")
    role = Group.objects.get(name=WYDAWCA)
    passwords = dict.fromkeys(("password1", "password2"), "bardzo długie hasło")
    desk.post("/admin/auth/user/add/", filled(page, username="nowa", groups=[role.pk], **passwords))
    account = User.objects.get(username="nowa")
    assert (
        account.is_staff
        and list(account.groups.all()) == [role]
        and account.check_password("bardzo długie hasło")
    )


def test_an_administrator_gives_nothing_beyond_the_roles(desk):
    account, strangers = builders.make_user(), Group.objects.create(name="inni")
    permission = Permission.objects.get(codename="change_permission")
    page = f"/admin/auth/user/{account.pk}/change/"
    extra = {"is_superuser": "on", "user_permissions": [permission.pk]}
    assert desk.post(page, filled(desk.get(page), **extra)).status_code == 302
    assert desk.post(page, filled(desk.get(page), groups=[strangers.pk])).status_code == 200  # the form again
    account = User.objects.get(pk=account.pk)
    assert (account.is_superuser, account.user_permissions.count(), account.groups.count()) == (False, 0, 0)


def test_an_administrator_does_not_raise_their_own_account(desk):
    me = User.objects.get(username="szefowa")
    page = f"/admin/auth/user/{me.pk}/change/"
    assert desk.post(page, filled(desk.get(page), is_superuser="on")).status_code == 302
    assert not User.objects.get(pk=me.pk).is_superuser


@pytest.mark.parametrize("name", ["superuser", "gifted"])
def test_an_administrator_cannot_take_over_a_stronger_account(name, desk, people):
    account = people[name]
    passwords = dict.fromkeys(("password1", "password2"), "przejęte hasło konta")
    page = f"/admin/auth/user/{account.pk}"
    assert desk.post(f"{page}/change/", {"username": "przejęte", "is_active": ""}).status_code == 403
    assert desk.post(f"{page}/password/", passwords).status_code == 403
    assert desk.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [account.pk], "post": "yes"}
    assert desk.post("/admin/auth/user/", selected).status_code == 403
    assert User.objects.get(pk=account.pk).password == account.password


def test_roles_are_read_only_even_for_a_superuser(admin_client):
    group = Group.objects.get(name=REDAKTOR)
    page = f"/admin/auth/group/{group.pk}"
    assert (
        "<strong>Praktyki</strong>: ogląda, dodaje, zmienia</p>"
        in admin_client.get(f"{page}/change/").content.decode()
    )
    assert admin_client.post(f"{page}/change/", {"name": "inna"}).status_code == 403
    assert admin_client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403


def test_every_migrate_gives_the_roles_what_is_written():
    role = Group.objects.get(name=REDAKTOR)
    written = set(role.permissions.values_list("codename", flat=True))
    role.permissions.clear()
    call_command("migrate", verbosity=0)
    assert set(role.permissions.values_list("codename", flat=True)) == written != set()


@pytest.mark.parametrize("make", [builders.make_instrument, builders.make_jst, builders.make_prelegent])
def test_a_redaktor_deletes_no_row_that_stands_on_its_own(make, client):
    row = make()
    client.force_login(builders.make_user(REDAKTOR))
    page = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/delete/"
    assert client.post(page, {"post": "yes"}).status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()
