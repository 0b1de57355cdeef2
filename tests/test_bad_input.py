"""Whatever a reader types into an address is answered with 200 and a note, 400 or 404."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import builders

PARAMETERS = [
    *"q instrument temat wojewodztwo jst typ_jst odbiorcy tag rok rok_od rok_do kwota".split(),
    *"wdrozenie liczby kwota_od kwota_do sort strona rodzaj forma prelegent termin start krok_1".split(),
    *"p i roznice moja nazwa jst dalej zapamietaj zapomnij x__startswith password instrument[]".split(),
]
NUMBERS = [*"0 -1 1 2 1e30 NaN Infinity 1_000 ١٢ 0x10 2013 2100 99999.999".split(), "10 000,50", "9" * 40]
MARKS = [
    "",
    " ",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "(",
    "*",
    "--",
    "\r\n",
    "\t",
    "\x01",
    "\u202e",
    "\u0130",
    "\ud7ff",
]
WORDS = ["mikrogrant", "brak", "najnowsze", "trafnosc", "AND", "łódź", "<script>", "{{7*7}}", "a" * 9000]
VALUES = [*NUMBERS, *MARKS, *WORDS, "żółć " * 60]
LISTS = (
    *("/praktyki/", "/spotkania/", "/materialy/", "/spotkania/prelegenci/", "/jst/", "/instrumenty/", "/"),
    *("/praktyki/eksport.csv", "/praktyki/eksport.xlsx", "/spotkania/eksport.json", "/spotkania/kalendarz/"),
    *("/praktyki/kanal.atom", "/spotkania/kanal.atom", "/spotkania/kalendarz.ics"),
)
LISTS += ("/praktyki/porownaj/", "/instrumenty/porownaj/", "/praktyki/mapa/", "/moja-gmina/")
LISTS += ("/praktyki/notatka/", "/zglos/", "/zglos/blad/")
RAW = [
    "/praktyki/?q=%00",
    "/moja-gmina/?zapomnij=1&dalej=/praktyki/%3Fq%3D%2500",
    "/moja-gmina/?jst=mikrogrant&dalej=//%0d%0azly.pl",
    "/praktyki/?instrument=%00&strona=2",
    "/spotkania/?prelegent=a%00b",
    "/admin/login/?next=%00",
    "/praktyki/%00/",
    "/praktyki/%ff%fe/",
    "/praktyki/?q=%ff%fe%C0%80",
    "/praktyki/?%ff=1",
    "/praktyki/?%00=1",
    "/praktyki/?q=%ED%A0%80",
    "/jst/" + "a" * 3000 + "/",
    "/spotkania/kalendarz/2021/%00/",
    "/spotkania/%2e%2e/zdjecie.jpg",
    "/spotkania/nie-ma.ics?q=%00",
    "/praktyki/kanal.atom?strona=999999999999999999999",
    "/materialy/999999999999999999999999/x.pdf",
    "/materialy/1/..%2f..%2fetc%2fpasswd",
    *("/podglad/%00/", "/podglad/" + "a" * 3000 + "/", "/podglad/%ff%fe/", "/podglad/x/?wyslano=%ff"),
    "/praktyki/?" + "&".join(f"instrument=x{n}" for n in range(1500)),
]


class BadInputTest(TestCase):
    def setUp(self):
        instrument = builders.make_instrument(nazwa="Mikrogrant")
        for _ in range(3):
            builders.make_praktyka(instrumenty=[instrument], rok_od=2013, kwota_zl=5000)
            builders.make_spotkanie(instrumenty=[instrument])

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        path=st.sampled_from(LISTS),
        pairs=st.lists(
            st.tuples(
                st.sampled_from(PARAMETERS) | st.text(max_size=8),
                st.sampled_from(VALUES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            ),
            max_size=8,
        ),
    )
    def test_any_parameters_are_answered(self, path, pairs):
        response = self.client.get(path, query_params={name: [value] for name, value in pairs})
        assert response.status_code in (200, 302, 400, 404), (path, pairs, response.status_code)
        assert b"".join(response) or response.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("address", RAW, ids=lambda address: address[:40])
def test_raw_addresses_are_answered(client, address):
    client.raise_request_exception = False
    assert client.get(address).status_code in (200, 302, 400, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["-1", "0", "abc", "1.5", "²"])
def test_a_wrong_page_number_is_named_or_missing(client, value):
    response = client.get("/praktyki/", {"strona": value})
    assert response.status_code in (200, 404)
    assert "numer strony" in response.content.decode()


@pytest.mark.django_db
def test_unknown_parameters_change_nothing_and_are_named(client):
    builders.make_praktyka(tytul="Jedyna")
    response = client.get("/praktyki/", {"status": "draft", "id__gt": "0"})
    html = response.content.decode()
    assert 'data-total="1"' in html
    assert "„status”" in html
    assert "„id__gt”" in html


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["2", "1000000", "9" * 30])
def test_a_page_past_the_end_is_missing_however_far(client, value):
    response = client.get("/praktyki/", {"strona": value})
    assert response.status_code == 404
    assert "Nie ma tylu stron" in response.content.decode()


@pytest.mark.django_db
def test_a_repeated_single_value_is_named_and_many_notes_are_summed_up(client):
    html = client.get("/praktyki/?q=aa&q=bb").content.decode()
    assert "Parametr „q” podano kilka razy; liczy się ostatni." in html
    html = client.get("/praktyki/?" + "&".join(f"x{n}=1" for n in range(400))).content.decode()
    assert html.count("nieznany parametr") == 8
    assert "Pominęliśmy też inne części adresu (392)." in html


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_pages_are_only_read(client, method):
    assert getattr(client, method)("/praktyki/").status_code == 405
