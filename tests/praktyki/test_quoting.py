"""Legal numbers quoted in texts: the value of the day, its history, and keys that lead nowhere."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from praktyki.kinds import PRAKTYKA
from praktyki.models import Instrument, ParametrPrawny, Praktyka
from praktyki.models.cytat import plain, quoting_fields
from tests import builders
from tests.admin_forms import filled
from tests.praktyki.conftest import add
from tests.reading import count_queries, read

pytestmark = pytest.mark.django_db

WARSAW = ZoneInfo("Europe/Warsaw")
PUBLISHED = datetime(2021, 10, 1, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2025, 12, 31), "130 000 zł"), (date(2026, 1, 1), "170 000 zł")]
)
def test_a_quoted_number_is_the_one_of_the_day_with_the_way_to_its_history(
    client, on, instrument, day, value
):
    text = "Zakupy do {prog_pzp} netto & <b>bez</b> przetargu."
    praktyka = builders.make_praktyka(problem=text, published_at=PUBLISHED)
    spotkanie = builders.make_spotkanie(opis=text, published_at=PUBLISHED)
    builders.make_wypowiedz(spotkanie, tresc=text)
    instrument.kroki.create(tresc=text)
    type(instrument).objects.update(limit_kwoty=text, zalety=f"Szybko.\n{text}", kiedy_stosowac=text)
    on(day)
    for target in (praktyka, spotkanie, instrument, "/instrumenty/"):
        page = read(client, target)
        assert f"Zakupy do {value} netto & <b>bez</b> przetargu." in page.text
        assert "{prog" not in page.html
        assert "<b>bez" not in page.html
        assert f"{instrument.get_absolute_url()}#parametr-prog_pzp" in page.links
    assert 'id="parametr-prog_pzp"' in read(client, instrument).html


def test_an_unknown_key_or_one_without_a_value_today_says_so(client, on, instrument):
    praktyka = builders.make_praktyka(
        problem="Do {prog_pzp}, {nie_ma}.", published_at=datetime(2019, 1, 1, tzinfo=WARSAW)
    )
    on(date(2020, 1, 1))
    assert "Do brak danych , brak danych ." in read(client, praktyka).text


def test_an_unconfirmed_quoted_number_is_marked(client, instrument):
    add(instrument, 90, date(2010, 3, 12), klucz="czas", jednostka="dni", zweryfikowano=None)
    praktyka = builders.make_praktyka(problem="Do {czas}.")
    assert "Do 90 dni czeka na potwierdzenie ." in read(client, praktyka).text


def test_many_quotations_cost_one_query(client, instrument):
    none, few, many = (
        builders.make_praktyka(problem=text, rozwiazanie=text)
        for text in ("Nic.", "{prog_pzp}", "{prog_pzp} {prog_pzp} {nie_ma} " * 20)
    )
    counts = [count_queries(client, praktyka) for praktyka in (none, few, many)]
    assert counts == [counts[0], counts[0] + 1, counts[0] + 1]


def test_an_editor_cannot_save_an_unknown_key(client, instrument):
    client.force_login(builders.make_user("wydawca"))
    praktyka = builders.make_praktyka(instrumenty=[instrument])
    page = f"/admin/praktyki/praktyka/{praktyka.pk}/change/"
    response = client.post(page, filled(client.get(page), problem="Do {prog_pzzp} netto."))
    assert "Nieznany parametr prawny: {prog_pzzp}." in response.content.decode()
    assert client.post(page, filled(client.get(page), problem="Do {prog_pzp} netto.")).status_code == 302
    response = client.post(page, filled(client.get(page), streszczenie="Do {prog_pzp} netto."))
    assert "W tym polu nie można cytować parametrów prawnych" in response.content.decode()
    assert "np. {prog_pzp}" in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="Nieznany parametr"):
        builders.make_spotkanie(opis="{x}").full_clean()


def test_the_index_and_the_snippets_leave_the_number_out(instrument):
    praktyka = builders.make_praktyka(problem="Zakupy do {prog_pzp} netto.", instrumenty=[instrument])
    PRAKTYKA.complete([praktyka])
    assert "Zakupy do … netto." in PRAKTYKA.document(praktyka).tresc
    assert PRAKTYKA.texts(praktyka).body[0].text == "Zakupy do … netto."


@pytest.mark.parametrize(
    ("day", "value"), [(date(2025, 12, 31), "130 000 zł"), (date(2026, 1, 1), "170 000 zł")]
)
def test_what_is_compared_quotes_the_number_of_the_day(client, on, instrument, day, value):
    quoting = dict.fromkeys(quoting_fields(Praktyka), "Zakupy do {prog_pzp} netto & <b>bez</b>.")
    one, two = (builders.make_praktyka(**quoting, published_at=PUBLISHED) for _ in range(2))
    other = builders.make_instrument()
    texts = dict.fromkeys(quoting_fields(Instrument), "Do {prog_pzp}.\nDo {prog_pzp}, tak.")
    Instrument.objects.update(**texts)
    other.kroki.create(tresc="Do {prog_pzp}.")
    on(day)
    for address in (
        f"/praktyki/porownaj/?p={one.slug}&p={two.slug}",
        f"/instrumenty/porownaj/?i={instrument.slug}&i={other.slug}",
    ):
        page = read(client, address)
        assert value in page.text
        assert "{prog" not in page.html
        assert "<b>bez" not in page.html
        assert f"{instrument.get_absolute_url()}#parametr-prog_pzp" in page.links


def test_a_plain_text_marks_an_unconfirmed_number(instrument):
    add(instrument, 90, date(2010, 3, 12), klucz="czas", jednostka="dni", zweryfikowano=None)
    said = plain("Do {czas}, {nie_ma}.", ParametrPrawny.objects.by_key())
    assert said == "Do 90\u00a0dni (czeka na potwierdzenie), brak danych."
