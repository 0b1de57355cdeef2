"""What was said: anchored, to be cited, questions with their answers, and a series' open questions."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from platforma.lib.publication import Status
from spotkania.models import Wypowiedz
from tests.builders import make_cykl, make_prelegent, make_spotkanie, make_wypowiedz
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_a_citation_says_what_who_where_when_and_its_permanent_address(client, settings):
    settings.SITE_URL = "https://praktyki.example"
    spotkanie = make_spotkanie(tytul="Jak nie dotacje?", data_opis="wrzesień 2021 r.")
    wniosek = make_wypowiedz(
        spotkanie,
        tresc="Warto zacząć od małych kwot.",
        prelegent=make_prelegent(imie="Łucja", nazwisko="Wójcik"),
        minuta=12,
    )
    page = read(client, spotkanie)
    assert (
        "Wniosek: Warto zacząć od małych kwot. [Łucja Wójcik] W: „Jak nie dotacje?”, warsztat, "
        "wrzesień 2021 r., 12. minuta nagrania. Platforma Dobrych Praktyk, "
        f"https://praktyki.example{spotkanie.get_absolute_url()}#w-{wniosek.pk}" in page.text
    )
    assert f'id="w-{wniosek.pk}"' in page.html
    assert f"{spotkanie.get_absolute_url()}#w-{wniosek.pk}" in page.links
    assert "<details" in page.html


def test_an_answer_stands_under_its_question(client):
    spotkanie = make_spotkanie()
    first, second = (make_wypowiedz(spotkanie, typ="pytanie", tresc=f"Pytanie {n}?") for n in (1, 2))
    make_wypowiedz(spotkanie, typ="odpowiedz", tresc="Bez związku.")
    make_wypowiedz(spotkanie, typ="odpowiedz", tresc="Na drugie.", odpowiedz_na=second)
    make_wypowiedz(spotkanie, typ="odpowiedz", tresc="Na pierwsze.", odpowiedz_na=first)
    text = read(client, spotkanie).text
    places = [text.index(part) for part in ("Pytanie 1?", "Na pierwsze.", "Pytanie 2?", "Na drugie.")]
    assert places == sorted(places)
    assert places[-1] < text.index("Bez związku.")
    assert "nie ma jeszcze odpowiedzi" not in text


def test_a_question_answered_at_the_next_meeting_leads_there_and_back(client):
    cykl = make_cykl()
    first, second = make_spotkanie(cykl=cykl), make_spotkanie(cykl=cykl)
    question = make_wypowiedz(first, typ="pytanie", tresc="Ile to trwa?")
    assert "Na to pytanie nie ma jeszcze odpowiedzi." in read(client, first).text
    answer = make_wypowiedz(second, typ="odpowiedz", tresc="Dwa tygodnie.", odpowiedz_na=question)
    assert read(client, first).leads_to(answer)
    page = read(client, second)
    assert page.leads_to(question)
    assert f"Odpowiedź na pytanie ze spotkania {first} : Ile to trwa?" in page.text


def test_open_questions_of_a_series_are_its_next_agenda(client):
    cykl = make_cykl()
    spotkanie, other = make_spotkanie(cykl=cykl), make_spotkanie(cykl=cykl)
    answered = make_wypowiedz(spotkanie, typ="pytanie", tresc="Odpowiedziane?")
    half = make_wypowiedz(spotkanie, typ="pytanie", tresc="Odpowiedziane w szkicu?")
    make_wypowiedz(spotkanie, typ="pytanie", tresc="Otwarte?")
    make_wypowiedz(make_spotkanie(), typ="pytanie", tresc="Z innego cyklu?")
    hidden = make_spotkanie(cykl=cykl, status=Status.DRAFT)
    make_wypowiedz(hidden, typ="pytanie", tresc="Ze szkicu?")
    make_wypowiedz(other, typ="odpowiedz", odpowiedz_na=answered)
    make_wypowiedz(hidden, typ="odpowiedz", odpowiedz_na=half)
    text = read(client, cykl).text
    assert "Na następne spotkanie: pytania bez odpowiedzi" in text
    asked = ("Odpowiedziane?", "Odpowiedziane w szkicu?", "Otwarte?", "Z innego cyklu?", "Ze szkicu?")
    assert [question for question in asked if question in text] == ["Odpowiedziane w szkicu?", "Otwarte?"]
    Wypowiedz.objects.filter(typ="pytanie").delete()
    assert "pytania bez odpowiedzi" not in read(client, cykl).text


def test_an_answer_to_a_hidden_question_does_not_quote_it(client):
    cykl = make_cykl()
    hidden = make_wypowiedz(make_spotkanie(cykl=cykl, status=Status.DRAFT), typ="pytanie", tresc="kanarek?")
    spotkanie = make_spotkanie(cykl=cykl)
    make_wypowiedz(spotkanie, typ="odpowiedz", tresc="Tak.", odpowiedz_na=hidden)
    text = read(client, spotkanie).text
    assert "Tak." in text
    assert "kanarek" not in text


def test_only_an_answer_answers_and_only_a_question_of_the_series():
    cykl = make_cykl()
    spotkanie, stranger = make_spotkanie(cykl=cykl), make_spotkanie(cykl=make_cykl())
    question, conclusion = make_wypowiedz(stranger, typ="pytanie"), make_wypowiedz(spotkanie)
    for target, complaint in ((question, "spoza tego cyklu"), (conclusion, "nie jest pytaniem")):
        with pytest.raises(ValidationError, match=complaint):
            Wypowiedz(spotkanie=spotkanie, typ="odpowiedz", tresc="x", odpowiedz_na=target).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wypowiedz(spotkanie, typ="wniosek", odpowiedz_na=question)


@pytest.mark.parametrize(
    ("fields", "expected", "absent"),
    [
        ({"streszczenie": ""}, "Podsumowanie: brak danych", "odwołane"),
        ({"poczatek": 3}, "Podsumowanie pojawi się po spotkaniu. Dodaj do kalendarza", "odwołane"),
        ({"poczatek": 3, "odwolano": 0}, "Spotkanie odwołane", "Dodaj do kalendarza"),
        ({"poczatek": 3, "odwolano": 0}, "Powód: brak danych", "Pojawią się po spotkaniu"),
        ({"poczatek": 3, "odwolano": 0, "powod_odwolania": "Remont."}, "Powód: Remont.", "nadchodzące"),
        ({"poczatek": 3, "bez_godziny": True}, "godzina: brak danych", "minione"),
        ({}, "Kiedy data nieznana", "Do kalendarza"),
        ({"poczatek": -3}, "minione", "Dodaj do kalendarza"),
    ],
)
def test_every_state_of_a_meeting_is_said(client, fields, expected, absent):
    if "poczatek" in fields:
        fields = fields | {"poczatek": timezone.now() + timedelta(days=fields["poczatek"])}
    if "odwolano" in fields:
        fields = fields | {"odwolano": timezone.localdate()}
    text = read(client, make_spotkanie(**fields)).text
    assert expected in text
    assert absent not in text


def test_a_reason_needs_a_cancelled_meeting():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_spotkanie(powod_odwolania="Remont.")
