"""Cutting text into words: numbers and articles are one word, however they are written."""

import pytest

from platforma.lib.search.query import parse
from platforma.lib.search.tokens import clean, tokenise


def words(text):
    return [token.text for token in tokenise(clean(text))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("130 000", "130000"),
        ("130\u00a0000", "130000"),
        ("130.000", "130000"),
        ("130 tys.", "130000"),
        ("130 TYS", "130000"),
        ("130 tysięcy", "130000"),
        ("63,624 tys.", "63624"),
        ("0,5 tys.", "500"),
        ("2,5 mln", "2500000"),
        ("1 200 tys.", "1200000"),
        ("3 miliony", "3000000"),
        ("art. 19 a", "19a"),
        ("Art.19 B", "19b"),
        ("art 19 a", "19a"),
    ],
)
def test_a_number_is_one_word_in_text_and_query(text, number):
    assert words(f"Zob. {text} – koniec")[-2:] == [number, "koniec"]
    assert parse(f"zob. {text} koniec")[-2].words[-1] == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24.04.2003", ["24", "04", "2003"]),
        ("32.718.07.22", ["32", "718", "07", "22"]),
        ("poz. 1491", ["poz", "1491"]),
        ("art. 19 i 20", ["art", "19", "i", "20"]),
        ("10 tyskich", ["10", "tyskich"]),
        ("12,1234 tys", ["12", "1234", "tys"]),
        ("10–15 tys.", ["10", "15000"]),
        ("130.000,00 zł", ["130000", "00", "zł"]),
        ("tysiąc", ["tysiąc"]),
        ("12 a 13", ["12", "a", "13"]),
    ],
)
def test_what_only_looks_like_such_a_number_is_left_as_it_is(text, expected):
    assert words(text) == expected


def test_a_word_stands_where_it_was_written():
    text = "do 10 tys. zł"
    assert [text[token.start : token.end] for token in tokenise(text)] == ["do", "10 tys.", "zł"]
