"""A consent that was withdrawn leaves no text about the person in any version, and no way around it."""

from datetime import date

import pytest

from platforma.lib import history
from spotkania.models import Prelegent
from tests import builders
from tests.admin_forms import delete, filled

pytestmark = pytest.mark.django_db

WITHDRAWN = date(2026, 2, 1)


@pytest.fixture
def person(admin_client):
    """A person whose consent was given, and withdrawn later."""
    row = builders.make_prelegent(zgoda=date(2026, 1, 1), notka="Zna się na kanarkach.")
    page = f"/admin/spotkania/prelegent/{row.pk}"
    for changes in ({"notka": "Zna się na szpakach."}, {"zgoda_wycofana": WITHDRAWN}):
        admin_client.post(f"{page}/change/", filled(admin_client.get(f"{page}/change/"), **changes))
    return row


def delete_person(client, person):
    delete(client, f"/admin/spotkania/prelegent/{person.pk}/delete/")
    assert not Prelegent.objects.exists()


def test_no_version_keeps_the_note_not_even_that_of_the_deletion(admin_client, person):
    delete_person(admin_client, person)
    versions = history.tracked(Prelegent).versions.objects.filter(id=person.pk)
    assert versions.count() == 4
    assert set(versions.values_list("notka", flat=True)) == {""}


def test_a_deleted_person_comes_back_with_the_consent_withdrawn(admin_client, person):
    delete_person(admin_client, person)
    page = f"/admin/spotkania/prelegent/{person.pk}/history/"
    first = admin_client.get(page).context_data["versions"].moments[0].address
    latest = admin_client.get(f"{page}przywroc/{first}/").context_data["latest"]
    admin_client.post(f"{page}przywroc/{first}/", {"latest": latest})
    back = Prelegent.objects.get()
    assert (back.zgoda_wycofana, back.notka) == (WITHDRAWN, "")
