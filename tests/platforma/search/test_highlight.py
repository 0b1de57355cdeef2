"""Marks stand on the words as written, in any form, and nothing but marks is let into the page."""

import pytest

from platforma.lib.search.highlight import Passage, Texts
from platforma.lib.search.index import Document, SearchIndex
from platforma.lib.search.search import Search

pytestmark = pytest.mark.django_db


def highlighter(query, *texts):
    SearchIndex().put("praktyka", [Document(number, text) for number, text in enumerate(texts, 1)])
    return Search(query).highlighter


def marked(query, text):
    return highlighter(query, text).mark(text)


@pytest.mark.parametrize(
    ("query", "text", "html"),
    [
        (
            "mikrogrant",
            "Konkurs Mikrograntów, czyli mikrogranty.",
            "Konkurs <mark>Mikrograntów</mark>, czyli <mark>mikrogranty</mark>.",
        ),
        ("lodz", "W Łodzi i w Łowiczu.", "W <mark>Łodzi</mark> i w Łowiczu."),
        ("żądanie", "Zadanie na żądanie.", "Zadanie na <mark>żądanie</mark>."),
        ("mikrogr*", "Mikrogranty i granty.", "<mark>Mikrogranty</mark> i granty."),
        ("130 000", "Próg 130 000 zł.", "Próg <mark>130 000</mark> zł."),
        (
            '"osoba z niepełnosprawnością"',
            "Osoby z niepełnosprawnościami i osoby starsze.",
            "<mark>Osoby z niepełnosprawnościami</mark> i osoby starsze.",
        ),
        (
            '"fundusz sąsiedzki"',
            "Fundusz i sąsiedzki piknik. Fundusze sąsiedzkie.",
            "<mark>Fundusz i sąsiedzki</mark> piknik. <mark>Fundusze sąsiedzkie</mark>.",
        ),
        ("pies", "Nic tu nie ma.", "Nic tu nie ma."),
        ("-dotacja grant", "Dotacja i grant.", "Dotacja i <mark>grant</mark>."),
    ],
)
def test_words_found_are_marked_as_written(query, text, html):
    assert marked(query, text) == html


def test_a_phrase_marks_only_where_its_words_follow_each_other():
    html = marked('"budżet obywatelski"', "Budżet miasta. Obywatelski budżet. Budżet obywatelski.")
    assert html == "Budżet miasta. Obywatelski budżet. <mark>Budżet obywatelski</mark>."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('grant')</script>",
        '<b>grant</b> & "grant"',
        "grant<img src=x onerror=alert(1)>",
        "&lt;grant&gt;",
    ],
)
def test_text_is_escaped_around_and_inside_marks(text):
    html = marked("grant", text)
    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert "<mark>grant</mark>" in html
    assert "<" not in plain
    assert ">" not in plain
    assert '"' not in plain


def test_a_query_is_never_part_of_the_page():
    assert marked("grant <script>", "Duży grant.") == "Duży <mark>grant</mark>."


def test_a_snippet_is_about_thirty_words_around_most_of_the_query():
    text = "Wstęp. " + "nic " * 200 + "koniec. Sąsiedzi robią piknik za mikrogrant. " + "dalej " * 200
    snippet, _url = highlighter("mikrogrant piknik", text).snippet([Passage(text)])
    assert "<mark>piknik</mark> za <mark>mikrogrant</mark>" in snippet
    assert snippet.startswith("… Sąsiedzi robią")
    assert snippet.endswith("dalej …")
    assert 25 <= len(snippet.split()) <= 35


def test_the_passage_with_most_new_words_is_chosen_with_its_address():
    passages = [
        Passage("Piknik."),
        Passage("Piknik za mikrogrant.", "/spotkania/x/#wypowiedz-1"),
        Passage("Mikrogrant."),
    ]
    found = highlighter("mikrogrant piknik", *(passage.text for passage in passages))
    assert found.snippet(passages) == (
        "<mark>Piknik</mark> za <mark>mikrogrant</mark>.",
        "/spotkania/x/#wypowiedz-1",
    )


def test_no_snippet_where_title_and_summary_say_it_all():
    texts = Texts("Mikrogranty", "Na pikniki.", (Passage("Mikrogrant na piknik."),))
    excerpt = highlighter("mikrogrant piknik", "Mikrogranty", "Na pikniki.").excerpt(texts)
    assert (excerpt.title, excerpt.summary, excerpt.snippet) == (
        "<mark>Mikrogranty</mark>",
        "Na <mark>pikniki</mark>.",
        "",
    )


@pytest.mark.parametrize("text", ["", " ", "…", "\u200b", "(!)"])
def test_texts_without_words_stay_as_they_are(text):
    found = highlighter("grant", "grant")
    assert "<mark>" not in found.mark(text)
    assert found.snippet([Passage(text)]) == ("", "")
