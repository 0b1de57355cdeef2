"""What a meeting must have to be published, and what is asked of it once it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platforma.lib.publication import NotReadyError, Status
from platforma.lib.publication.readiness import lacking
from tests import builders

pytestmark = pytest.mark.django_db

NOW = timezone.now()
AFTER = {"Liczba uczestników", "Praktyki, o których mówiono", "Wnioski", "Materiały", "Źródło"}


def make(**kw):
    return builders.make_spotkanie(status=Status.DRAFT, **kw)


def asked(spotkanie):
    return {need.label for need in spotkanie.needs()}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"poczatek": NOW + timedelta(days=2)}, set()),
        ({"poczatek": NOW - timedelta(days=2)}, AFTER),
        ({"poczatek": NOW - timedelta(days=2), "odwolano": NOW.date()}, set()),
    ],
)
def test_a_report_is_asked_for_once_a_meeting_has_taken_place(state, expected):
    assert asked(make(**state)) & AFTER == expected


@pytest.mark.parametrize("given", ["organizatorzy", "organizator_opis", "zrodla"])
def test_an_invitation_needs_a_summary_and_somebody_to_answer_for_it(given):
    spotkanie = make()
    spotkanie.submit()
    with pytest.raises(NotReadyError, match="„Streszczenie”, „Organizator albo źródło”"):
        spotkanie.publish()
    spotkanie.streszczenie = "Jak rozliczać mikrogranty."
    if given == "organizator_opis":
        spotkanie.organizator_opis = "Urząd Metropolitalny"
    spotkanie.save()
    if given == "organizatorzy":
        spotkanie.organizatorzy.add(builders.make_organizacja())
    if given == "zrodla":
        spotkanie.zrodla.create(tytul="Zaproszenie")
    spotkanie.publish()
    assert spotkanie.is_published()


def test_a_full_report_lacks_nothing():
    spotkanie = make(
        streszczenie="Jest.",
        poczatek=NOW - timedelta(days=2),
        miejsce="Katowice",
        liczba_uczestnikow_jst=0,
        liczba_uczestnikow_ngo=12,
        instrumenty=[builders.make_instrument()],
        tematy=[builders.make_temat()],
        organizatorzy=[builders.make_organizacja()],
        praktyki=[builders.make_praktyka()],
    )
    builders.make_wystapienie(spotkanie, [(builders.make_prelegent(), "wójt", None)])
    builders.make_wypowiedz(spotkanie)
    builders.make_material(spotkanie=spotkanie)
    spotkanie.zrodla.create(tytul="Relacja")
    needs = spotkanie.needs()
    assert lacking(needs, required=True) + lacking(needs, required=False) == []
