"""The difference of two texts: exact, by whole words, with long unchanged stretches folded."""

import random

import pytest

from platforma.lib.words import ADDED, FOLDED, REMOVED, SAME, difference


def test_words_are_compared_whole():
    assert difference("Nabór trwa do maja.", "Nabór trwał do czerwca.") == [
        (SAME, "Nabór "),
        (REMOVED, "trwa"),
        (ADDED, "trwał"),
        (SAME, " do "),
        (REMOVED, "maja"),
        (ADDED, "czerwca"),
        (SAME, "."),
    ]


def test_neighbouring_words_change_together():
    assert difference("To stary opis.", "To nowy tekst.") == [
        (SAME, "To "),
        (REMOVED, "stary opis"),
        (ADDED, "nowy tekst"),
        (SAME, "."),
    ]


def test_a_text_that_came_or_went_is_one_piece():
    assert difference("", "Cały tekst.\nDwa wiersze.") == [(ADDED, "Cały tekst.\nDwa wiersze.")]
    assert difference("Cały tekst.", "") == [(REMOVED, "Cały tekst.")]


def test_only_line_ends_of_another_system_are_no_change():
    assert difference("jeden\r\ndwa", "jeden\ndwa") == [(SAME, "jeden\ndwa")]


def test_a_long_unchanged_stretch_is_folded_but_not_the_words_next_to_a_change():
    long = " ".join(f"słowo{number}" for number in range(200))
    pieces = difference(f"początek {long} koniec", f"start {long} finisz")
    kinds = [piece.kind for piece in pieces]
    assert kinds == [REMOVED, ADDED, SAME, FOLDED, SAME, REMOVED, ADDED]
    assert pieces[2].text.split() == [f"słowo{number}" for number in range(12)]
    assert pieces[3].words == 200 - 24


@pytest.mark.parametrize("seed", range(20))
def test_the_pieces_give_both_texts_back(seed):
    random.seed(seed)
    words = ["gmina", "i", "mikrogrant", "–", "2 000 zł", "\n\n", " ", "„cytat”", "żółć"]
    old, new = (" ".join(random.choices(words, k=random.randint(0, 120))) for _side in range(2))
    new = old[: len(old) // 2] + new  # half of it the same
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == new


def test_two_very_long_texts_are_compared_quickly_enough():
    old = "\n".join(f"Akapit {number} o gminie." for number in range(3_000))
    new = old.replace("Akapit 1500 o gminie.", "Akapit 1500 o mieście.")
    changed = [piece for piece in difference(old, new) if piece.kind in (ADDED, REMOVED)]
    assert changed == [(REMOVED, "gminie"), (ADDED, "mieście")]
