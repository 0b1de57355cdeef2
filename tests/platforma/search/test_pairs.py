"""Pairs of a query and a text as people write them: what must be found, and what must not."""

import pytest

from platforma.lib.search.index import Document, SearchIndex
from platforma.lib.search.query import parse
from platforma.lib.search.roots import root
from platforma.lib.search.search import Search

pytestmark = pytest.mark.django_db
FOUND, OTHER = 1, 2


def finds(query, text, other="", unfinished=False):
    """Tell whether `query` finds `text`, while `other` lends its words to the vocabulary."""
    SearchIndex().put("praktyka", [Document(FOUND, text), Document(OTHER, other)])
    return FOUND in Search(query, unfinished=unfinished).ids("praktyka")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("coworkerka", "dla coworkerek"),
        ("instagramerka", "o instagramerce"),
        ("agrowoltaika", "w agrowoltaice"),
        ("senioralia", "podczas senioraliów"),
        ("deliberatorium", "w deliberatoriach"),
        ("grantomat", "przy grantomacie"),
        ("streamować", "streamujemy obrady"),
        ("Kuczyłów", "do Kuczyłowa"),
        ("Kuczyłowie", "gmina Kuczyłów"),
        ("Brzuskowiec", "w Brzuskowcu"),
        ("Żabigródek", "w Żabigródku"),
        ("Kościelniczki", "do Kościelniczek"),
        ("grzedziszyce", "w Grzędziszycach"),
    ],
)
def test_a_word_no_dictionary_knows_is_found_in_its_other_forms(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("webinar", "seminarium"),
        ("tutoring", "mentoring"),
        ("crowdfunding", "crowdsourcing"),
        ("mikrogrant", "mikrogranulat"),
        ("hub", "hubka"),
        ("startup", "startery"),
        ("grantomat", "automat"),
    ],
)
def test_another_new_word_is_not_found(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["mentoracie", "mentorat"], "mentorat"),
        (["greenlabiści", "greenlabistom"], "greenlabist"),
        (["hejtolodzy", "hejtologami"], "hejtolog"),
        (["podcasterzy", "podcasterem"], "podcaster"),
        (["hubowiec", "hubowców", "hubowce"], "hubowk"),
        (["hubowość", "hubowością"], "hubowost"),
        (["zoom", "zoomu"], "zoom"),
        (["ź", "x"], None),
    ],
)
def test_a_root_is_the_same_in_all_forms(forms, expected):
    roots = [root(form) for form in forms]
    assert roots == ([expected] * len(forms) if expected else ["z", "x"])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            "kto może złożyć wniosek do funduszu sołeckiego",
            "Wniosek do funduszu sołeckiego składa sołtys: złożył",
        ),
        ("jakie są rodzaje stowarzyszeń", "Rodzaje: stowarzyszenie zwykłe"),
        ("czy muszę zwrócić niewykorzystaną dotację", "niewykorzystane dotacje zwrócono"),
        ("które gminy mają rady młodzieży", "gmina ma radę młodzieży"),
        ("oferta według wzoru z rozporządzenia", "rozporządzenie: wzory ofert"),
        ("moja gmina nie ogłasza konkursów", "gminy ogłaszają konkursy"),
        ("zeby zlozyc wniosek", "złożyła wniosek"),
        ("jak zglosic sie do konkursu", "zgłoszono do konkursu"),
    ],
)
def test_words_of_a_question_need_not_be_in_the_text(query, text):
    assert finds(query, text)


@pytest.mark.parametrize("query", ["dlaczego", "kto może", '"przemoc wobec kobiet"', "gmina -wobec"])
def test_alone_quoted_or_excluded_such_words_count(query):
    with_them = "Dlaczego gmina, i kto: przemoc wobec kobiet"
    assert finds(query, with_them) == ("-" not in query)
    assert finds(query, "gmina, przemoc, kobiety") == ("-" in query)


@pytest.mark.parametrize(
    ("query", "expected"), [("BO 2026", True), ("bo 2026", True), ("BO", True), ("BO 2025", False)]
)
def test_the_abbreviation_of_the_civic_budget_is_a_word(query, expected):
    assert finds(query, "Wyniki BO 2026") == expected
    assert not finds(query, "Wyniki konkursu 2026")


@pytest.mark.parametrize("query", ["dotacja, bo", "dotacja, bo trzeba dróg", "dotacja bo drogi"])
def test_a_conjunction_is_no_abbreviation(query):
    assert finds(query, "Dotacja na drogi")
    assert not finds("BO", "Dotacja, bo drogi były złe")


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("spółka SA", "Spółka z o.o.", False),
        ("spółka SA", "Wodociągi – spółka SA", True),
        ("gdzie sa dotacje", "Dotacje w gminie", True),
        ("Wodociągi S.A.", "Wodociągi SA", True),
    ],
)
def test_a_joint_stock_company_is_no_verb(query, text, expected):
    assert finds(query, text) == expected


@pytest.mark.parametrize("text", ["lodz ", "wyniki bo "])
def test_a_space_finishes_a_word(text):
    assert not any(clause.prefix for clause in parse(text, unfinished=True))


@pytest.mark.parametrize(
    ("start", "text", "expected"),
    [
        ("łód", "Łódź", True),
        ("łodz", "Łódź", True),
        ("łodz", "w Łodzi", True),
        ("lod", "Łódź", True),
        ("łód", "lodowisko", False),
        ("żąd", "zadanie publiczne", False),
        ("rząd", "rzadki okaz", False),
        ("mąk", "makaron", False),
    ],
)
def test_a_diacritic_of_a_beginning_is_meant(start, text, expected):
    assert finds(start, text, unfinished=True) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Marek Nowak", "zdaniem Marka Nowaka", True),
        ("Marki", "w Markach", True),
        ("Konin", "do Konina", True),
        ("Myszków", "myszka", False),
        ("Pomorze", "pomór", False),
    ],
)
def test_a_town_is_told_from_other_words_but_a_name_of_a_person_stays(query, text, expected):
    assert finds(query, text) == expected


@pytest.mark.parametrize(("query", "expected"), [("święto 1 maja", True), ("święto 1 czerwca", False)])
def test_a_word_that_only_looks_like_one_of_a_question_counts(query, expected):
    assert finds(query, "Święto 1 maja") == expected
    assert not finds(query, "Święto 1 sierpnia")


@pytest.mark.parametrize("query", ["NGO-sy", "ePUAP-em", "NFOŚiGW-u", "MOSiR-ze"])
def test_an_abbreviation_with_an_ending_is_found_without_it(query):
    assert finds(query, "NGO, ePUAP, NFOŚiGW i MOSiR")


@pytest.mark.parametrize("text", ["oﬁara", "oﬁarom przemocy"])
def test_ligatures_of_a_pdf_are_letters(text):
    assert finds("ofiara", text)
