"""Legal numbers: which one is in force on a day, and that two values never claim the same day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from praktyki.models import ParametrPrawny
from tests.builders import make_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def thresholds():
    """The threshold of public procurement: 130 000 zł to the end of 2025, then 170 000 zł."""
    instrument = make_instrument()
    old = make_parameter(instrument, 130_000, date(2021, 1, 1), date(2025, 12, 31))
    new = make_parameter(instrument, 170_000, date(2026, 1, 1))
    return instrument, old, new


def make_parameter(instrument, value, start, end=None):
    fields = {
        "klucz": "prog",
        "nazwa": "Próg",
        "wartosc": value,
        "obowiazuje_od": start,
        "obowiazuje_do": end,
    }
    return ParametrPrawny.objects.create(instrument=instrument, **fields)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2025, 12, 31), 130_000), (date(2026, 1, 1), 170_000), (date(2020, 12, 31), None)]
)
def test_both_ends_of_a_range_belong_to_it(thresholds, day, value):
    instrument, _old, _new = thresholds
    (parameter,) = instrument.legal_parameters(day)
    assert (parameter.aktualny and parameter.aktualny.wartosc) == value
    assert [row.wartosc for row in parameter.historia] == [170_000, 130_000]
    assert list(ParametrPrawny.objects.in_force(day).values_list("wartosc", flat=True)) == (
        [value] if value else []
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 12, 31), date(2025, 12, 31)),
        (date(2020, 1, 1), date(2021, 1, 1)),
        (date(2020, 1, 1), None),
        (date(2030, 1, 1), None),
    ],
)
def test_an_overlap_is_refused_kindly_and_by_postgresql_itself(thresholds, start, end):
    instrument, _old, _new = thresholds
    row = ParametrPrawny(
        instrument=instrument, klucz="prog", nazwa="Próg", wartosc=1, obowiazuje_od=start, obowiazuje_do=end
    )
    with pytest.raises(ValidationError, match="nachodzi"):
        row.full_clean()
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
            connection.check_constraints()


def test_the_border_between_two_values_can_be_moved_in_one_transaction(thresholds):
    _instrument, old, new = thresholds
    with transaction.atomic():
        new.obowiazuje_od -= timedelta(days=31)
        new.save()
        old.obowiazuje_do -= timedelta(days=31)
        old.save()
        connection.check_constraints()
    assert ParametrPrawny.objects.in_force(date(2025, 12, 1)).get() == new
