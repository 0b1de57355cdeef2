"""Folding, slugs, sort order and plural forms."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforma.lib import polish

WORDS = [
    "zebra",
    "Łódź",
    "Źródło",
    "ćma",
    "Zamość",
    "ananas",
    "Ślęza",
    "żaba",
    "Ąb",
    "lis",
    "Lwów 2",
    "Lwów 10",
]


def test_examples_in_docstrings_hold():
    assert doctest.testmod(polish).failed == 0


@pytest.mark.parametrize("text", ["lodz", "łódź", "ŁÓDŹ", "Łódź", "Ło\u0301dz\u0301"])
def test_fold_makes_every_spelling_of_lodz_equal(text):
    assert polish.fold(text) == "lodz"


def test_fold_finds_spoldzielnia_by_its_shouted_beginning():
    assert polish.fold("SPÓŁDZ") in polish.fold("Spółdzielnia")


@given(st.text())
def test_fold_is_settled_after_one_pass(text):
    assert polish.fold(polish.fold(text)) == polish.fold(text)


@given(st.text("aąbcćeęlłńoósśzźżqvx -–1"))
def test_fold_does_not_see_case(text):
    assert polish.fold(text.upper()) == polish.fold(text)


@given(st.text())
def test_slug_is_ascii_kebab_case(text):
    slug = polish.slugify(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Gęślą jaźń, ŻÓŁW i Ćma", "gesla-jazn-zolw-i-cma"),
        ("Budżet obywatelski 2.0 – Łódź", "budzet-obywatelski-2-0-lodz"),
        ("Straße", "strasse"),
        ("«»", ""),
    ],
)
def test_slugs(text, slug):
    assert polish.slugify(text) == slug


def test_names_sort_the_polish_way():
    expected = [
        "ananas",
        "Ąb",
        "ćma",
        "lis",
        "Lwów 10",
        "Lwów 2",
        "Łódź",
        "Ślęza",
        "Zamość",
        "zebra",
        "Źródło",
        "żaba",
    ]
    assert sorted(WORDS, key=polish.sort_key) == expected


@given(st.text())
def test_a_sort_key_is_digits_that_no_collation_can_reorder(text):
    key = polish.sort_key(text)
    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) % 2 == 0


@pytest.mark.parametrize(
    ("n", "form"),
    [
        *((0, "praktyk"), (1, "praktyka"), (2, "praktyki"), (4, "praktyki"), (5, "praktyk"), (11, "praktyk")),
        *((12, "praktyk"), (14, "praktyk"), (21, "praktyk"), (22, "praktyki"), (25, "praktyk")),
        *((101, "praktyk"), (102, "praktyki"), (112, "praktyk"), (1_000_003, "praktyki")),
    ],
)
def test_plural_forms(n, form):
    assert polish.plural(n, "praktyka", "praktyki", "praktyk") == form
