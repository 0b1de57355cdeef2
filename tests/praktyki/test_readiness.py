"""What a practice must have to be published, what it should have, and how the desk says what is missing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from platforma.lib.publication import NotReadyError, Status
from platforma.lib.publication.readiness import lacking
from platforma.roles import WYDAWCA
from praktyki.models import Praktyka
from spotkania.models import Spotkanie
from tests import builders
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def labels(row, *, required):
    return {need.label for need in lacking(row.needs(), required=required)}


@pytest.fixture
def wydawca(client):
    client.force_login(builders.make_user(WYDAWCA))
    return client


@pytest.fixture
def full():
    """A practice that lacks nothing."""
    praktyka = builders.make_praktyka(
        status=Status.DRAFT,
        instrumenty=[builders.make_instrument()],
        jst=[builders.make_jst()],
        tematy=[builders.make_temat()],
        odbiorcy=[builders.make_odbiorca()],
        rok_od=2020,
        kwota_zl=1000,
        stan_prawny="2026-01-01",
        **dict.fromkeys(
            ("kontakt", "problem", "rozwiazanie", "rezultaty", "trudnosci", "podstawa_prawna"), "Jest."
        ),
        warunki_przeniesienia="Są.",
    )
    praktyka.zrodla.create(tytul="Uchwała", url="https://przyklad.pl/uchwala")
    builders.make_liczba(praktyka)
    for side in ("urzad", "organizacja"):
        builders.make_glos(praktyka, side)
    return praktyka


def lose(name):
    def without(praktyka):
        getattr(praktyka, name).all().delete()

    return without


def empty(name, value=""):
    def without(praktyka):
        setattr(praktyka, name, value)
        praktyka.save()

    return without


LOSSES = {  # what is taken away: what is then asked for
    "Streszczenie": empty("streszczenie", "  "),
    "Instrument": lambda row: row.instrumenty.clear(),
    "Źródło": lose("zrodla"),
    "Samorząd lub obszar": lambda row: row.jst.clear(),
    "Temat": lambda row: row.tematy.clear(),
    "Odbiorcy": lambda row: row.odbiorcy.clear(),
    "Rok": empty("rok_od", None),
    "Kwota": empty("kwota_zl", None),
    "Kontakt do urzędu": empty("kontakt"),
    "Problem": empty("problem"),
    "Rozwiązanie": empty("rozwiazanie"),
    "Rezultaty": empty("rezultaty"),
    "Co pomogło albo co było trudne": empty("trudnosci"),
    "Warunki przeniesienia": empty("warunki_przeniesienia"),
    "Podstawa prawna": empty("podstawa_prawna"),
    "Stan prawny na dzień": empty("stan_prawny", None),
    "Adres przy źródle": lambda row: row.zrodla.update(url=""),
    "Liczby wysiłku": lose("liczby_wysilku"),
    "Głos urzędu": lambda row: row.glosy.filter(strona="urzad").delete(),
    "Głos organizacji": lambda row: row.glosy.filter(strona="organizacja").delete(),
}
REQUIRED = {"Streszczenie", "Instrument", "Źródło"}


def test_a_full_practice_lacks_nothing(full):
    assert [need.label for need in full.needs() if not need.is_met] == []
    assert {need.label for need in full.needs()} == set(LOSSES)


@pytest.mark.parametrize("label", LOSSES)
def test_what_is_taken_away_is_asked_for(label, full):
    LOSSES[label](full)
    missing = labels(full, required=True) | labels(full, required=False)
    assert missing == ({label, "Adres przy źródle"} if label == "Źródło" else {label})
    assert labels(full, required=True) == {label} & REQUIRED


@pytest.mark.parametrize("label", sorted(REQUIRED))
def test_nothing_is_published_without_what_is_required(label, full):
    full.submit()
    LOSSES[label](full)
    with pytest.raises(NotReadyError, match=f"„{label}”"):
        full.publish()
    full.refresh_from_db()
    assert full.status == Status.REVIEW


def test_what_stands_in_memory_only_does_not_count(full):
    full.submit()
    Praktyka.objects.update(streszczenie="")
    with pytest.raises(NotReadyError):
        full.publish()


def test_the_desk_refuses_with_links_to_the_fields(wydawca):
    praktyka = builders.make_praktyka(status=Status.REVIEW)
    praktyka.zrodla.all().delete()
    page = wydawca.get(page_of(praktyka))
    answer = wydawca.post(page_of(praktyka), filled(page, _step="publish"), follow=True).content.decode()
    assert "Zapisano zmiany, ale nie opublikowano" in answer
    assert '<a href="#zrodla-group">Źródło</a>' in answer
    assert Praktyka.objects.get().status == Status.REVIEW


def test_every_link_leads_to_a_field_of_the_form(wydawca):
    for row in (
        builders.make_praktyka(status=Status.DRAFT),
        builders.make_spotkanie(status=Status.DRAFT, poczatek=timezone.now() - timedelta(days=9)),
    ):
        html = wydawca.get(page_of(row)).content.decode()
        assert [need.anchor for need in row.needs() if f'id="{need.anchor}"' not in html] == []


def test_all_the_real_content_could_be_published_today():
    call_command("load_content", verbosity=0)
    rows = [*Praktyka.objects.all(), *Spotkanie.objects.all()]
    assert len(rows) >= 88 + 31
    assert [row.slug for row in rows if labels(row, required=True)] == []
