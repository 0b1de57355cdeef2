"""The chooser's address: one for one set of answers, and a kind answer to whatever is not understood."""

from html import escape

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.praktyki.chooser import CHOOSER, KNOWLEDGE, load_chooser


@pytest.mark.django_db
def test_equal_answers_have_one_address(chooser, client):
    written = "?kwota_zl=10+000,00+zł&cel=&start=15.01.2026&operator=tak&kwota="
    response = client.get(CHOOSER + written)
    assert (response.status_code, response.url) == (
        302,
        f"{CHOOSER}?kwota_zl=10000&operator=tak&start=2026-01-15",
    )
    html = client.get(response.url).content.decode()
    assert f'rel="canonical" href="http://127.0.0.1:8000{escape(response.url)}"' in html
    assert client.get(CHOOSER).status_code == 200


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        ("kwota_zl", "dużo", "Kwota musi być liczbą"),
        ("kwota_zl", "-5", "Kwota musi być liczbą"),
        ("kwota_zl", "0", "Kwota musi być liczbą"),
        ("kwota_zl", "10.000", "Kwota musi być liczbą"),
        ("kwota_zl", "NaN", "Kwota musi być liczbą"),
        ("kwota_zl", "١٢", "Kwota musi być liczbą"),
        ("czas_dni", "1,5", "Liczba dni musi być liczbą całkowitą"),
        ("start", "31.02.2026", "Wpisz datę"),
        ("start", "1066-01-01", "Wpisz datę"),
        ("cel", "nie-ma", "Pominęliśmy nieznaną odpowiedź „nie-ma”"),
        ("obce", "1", "Pominęliśmy nieznane parametry adresu: „obce”."),
        ("", "1", "Pominęliśmy nieznane parametry adresu: „”."),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(ask, parameter, value, said):
    page, html = ask(wykonawca="organizacja", **{parameter: value})
    assert said in html
    assert page.url == f"{CHOOSER}?wykonawca=organizacja"


def test_a_number_goes_before_a_range_and_says_so(ask):
    page, html = ask(kwota="do-5000", kwota_zl="20000")
    assert "liczy się wpisana liczba" in html
    assert page.url == f"{CHOOSER}?kwota_zl=20000"


class BadInputTest(TestCase):
    def setUp(self):
        load_chooser()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        pairs=st.lists(
            st.tuples(
                st.sampled_from([*KNOWLEDGE.instruments, "kwota", "kwota_zl", "czas_dni", "start", "cel"])
                | st.text(max_size=8),
                st.sampled_from(["1e30", "9" * 40, "99999", "2100-12-31", "9999-12-31", "zakup", "", "\x01"])
                | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            ),
            max_size=8,
        )
    )
    def test_any_parameters_are_answered(self, pairs):
        response = self.client.get(f"{CHOOSER}?{urlencode(pairs)}", follow=True)
        assert response.status_code in (200, 400), pairs
        assert len(response.redirect_chain) <= 1
