"""Importing practices and units from a spreadsheet: all mistakes explained, all rows stored or none."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry

from platforma import tables
from platforma.lib.history.state import Versions
from platforma.lib.publication import Status
from platforma.lib.revision import Rewizja
from platforma.lib.tables.mistakes import WHOLE_ROW
from platforma.lib.tables.reading import MAX_ROWS, UnreadableTable, read_table
from platforma.roles import REDAKTOR, WYDAWCA
from praktyki.models import Jst, Praktyka
from tests import builders, sheets

pytestmark = pytest.mark.django_db

HEADINGS = [
    *("slug", "tytul", "streszczenie", "instrumenty", "jst", "tematy", "tagi", "rok_od", "rok_do"),
    *("kwota_zl", "stan_prawny", "pewnosc", "problem", "obszar"),
]


@pytest.fixture
def world():
    """What practices refer to; two units share one name."""
    builders.make_instrument(nazwa="Mikrogrant", slug="mikrogrant")
    builders.make_instrument(nazwa="Regranting", slug="regranting")
    builders.make_jst(nazwa="Gmina Zielona", slug="zielona")
    builders.make_jst(nazwa="Nowa Wieś", slug="nowa-wies-1")
    builders.make_jst(nazwa="Nowa Wieś", slug="nowa-wies-2")
    builders.make_temat(nazwa="Kultura", slug="kultura")


def practice(number, **changes):
    return {
        "slug": f"praktyka-{number}",
        "tytul": f"Praktyka numer {number}",
        "streszczenie": "Jedno zdanie; ze średnikiem.",
        "instrumenty": "mikrogrant | Regranting" if number % 2 else "Mikrogrant",
        "jst": "gmina zielona",
        "tematy": "kultura",
        "tagi": "sąsiedzi|ogród",
        "rok_od": 2020,
        "rok_do": "",
        "kwota_zl": "1 250,50 zł",
        "stan_prawny": "31.03.2026",
        "pewnosc": "średnia",
        **changes,
    }


def bring(rows, user=None, name="praktyki", headings=HEADINGS, save=True):
    data = sheets.workbook(headings, rows)
    user = user or builders.make_user(REDAKTOR)
    return tables.import_rows(name, *read_table("tabela.xlsx", data), user, save=save)


def publish(praktyka):
    builders.ready(praktyka).submit()
    praktyka.publish()


PLANTED = {  # row: what is planted there, the column it is told under, a part of what the editor reads
    3: ({"rok_od": "dwa tysiące"}, "rok_od", "to nie jest liczba całkowita"),
    41: ({"rok_od": 1850}, "rok_od, rok_do", "między 1989 a 2100"),
    77: ({"rok_od": 2024, "rok_do": 2020}, "rok_od, rok_do", "nie może być wcześniejszy"),
    120: ({"instrumenty": "Mikrogrnat"}, "instrumenty", "dozwolone: Mikrogrant (mikrogrant)"),
    121: ({"instrumenty": ""}, "instrumenty", "wymagane"),
    200: ({"tytul": ""}, "tytul", "puste"),
    233: ({"tytul": "a" * 201}, "tytul", "200 znaków"),
    300: ({"jst": "Nowa Wieś"}, "jst", "nowa-wies-1, nowa-wies-2"),
    360: ({"kwota_zl": "ok. 5 tys."}, "kwota_zl", "1250,50"),
    401: ({"stan_prawny": "32.13.2026"}, "stan_prawny", "31.03.2026"),
    450: ({"pewnosc": "duża"}, "pewnosc", "dozwolone: wysoka, średnia, niska"),
    501: ({"obszar": "do {prog_pzp}"}, "obszar", "klucz w klamrach"),
}


def test_twelve_mistakes_in_five_hundred_rows_are_all_told_and_nothing_is_stored(world):
    rows = [practice(number, **PLANTED.get(number, ({},))[0]) for number in range(2, 502)]
    before = Rewizja.objects.get().number
    outcome = bring(rows)
    told = {(mistake.row, mistake.column) for mistake in outcome.mistakes}
    assert told == {(row, column) for row, (_cells, column, _about) in PLANTED.items()}
    abouts = {mistake.row: mistake.about for mistake in outcome.mistakes}
    assert [row for row, (_cells, _column, part) in PLANTED.items() if part not in abouts[row]] == []
    assert (Praktyka.objects.count(), LogEntry.objects.count()) == (0, 0)
    assert Rewizja.objects.get().number == before


def test_rows_are_stored_as_drafts_in_one_change(world):
    user, before = builders.make_user(REDAKTOR), Rewizja.objects.get().number
    outcome = bring([practice(number) for number in range(40)], user)
    assert (outcome.mistakes, len(outcome.added), outcome.unchanged) == ([], 40, 0)
    assert set(Praktyka.objects.values_list("status", "published_at")) == {(Status.DRAFT, None)}
    row = Praktyka.objects.get(slug="praktyka-7")
    assert (row.rok_od, row.rok_do, row.kwota_zl, row.pewnosc) == (2020, None, Decimal("1250.50"), "srednia")
    assert row.stan_prawny == date(2026, 3, 31)
    assert {one.slug for one in row.instrumenty.all()} == {"mikrogrant", "regranting"}
    assert {tag.name for tag in row.tagi.all()} == {"sąsiedzi", "ogród"}
    assert [one.slug for one in row.jst.all()] == ["zielona"]
    assert Rewizja.objects.get().number == before + 1
    assert LogEntry.objects.filter(user=user, action_flag=1).count() == 40
    assert (row.created_by, list(row.contributors.all())) == (user, [user])
    latest = Versions(Praktyka, row.pk).moments[-1]
    assert (latest.who, latest.reason) == (user.username, "import z pliku")


def test_the_same_file_again_changes_nothing(world):
    rows = [practice(number, slug="") for number in range(3)]
    bring(rows)
    before = Rewizja.objects.get().number
    outcome = bring(rows)
    assert (outcome.mistakes, outcome.added, outcome.changed, outcome.unchanged) == ([], [], [], 3)
    assert Rewizja.objects.get().number == before


def test_only_columns_of_the_file_change_and_an_empty_cell_empties(world):
    bring([practice(1)])
    outcome = bring(
        [{"slug": "praktyka-1", "rok_od": None, "tematy": ""}], headings=["slug", "rok_od", "tematy"]
    )
    row = Praktyka.objects.get()
    assert (len(outcome.changed), row.rok_od, row.tematy.count()) == (1, None, 0)
    assert (row.tytul, row.jst.count()) == ("Praktyka numer 1", 1)


def test_a_check_writes_nothing(world):
    outcome = bring([practice(1)], save=False)
    assert (len(outcome.added), Praktyka.objects.count(), LogEntry.objects.count()) == (1, 0, 0)


def test_an_editor_without_the_right_to_publish_changes_no_public_entry(world):
    public = builders.make_praktyka(slug="praktyka-1", tytul="Widzą ją wszyscy")
    outcome = bring([practice(1), practice(2)])
    assert [(mistake.row, mistake.column) for mistake in outcome.mistakes] == [(2, "slug")]
    assert "nie możesz zmieniać" in outcome.mistakes[0].about
    assert Praktyka.objects.get() == public and Praktyka.objects.get().tytul == "Widzą ją wszyscy"


def test_a_public_entry_that_stays_as_it_is_hinders_no_editor(world):
    bring([practice(1)])
    publish(Praktyka.objects.get())
    outcome = bring([practice(1), practice(2)])
    assert (outcome.mistakes, outcome.unchanged) == ([], 1)
    assert [row.slug for row in outcome.added] == ["praktyka-2"]


def test_an_archived_entry_is_as_closed_as_a_public_one(world):
    bring([practice(1)])
    publish(Praktyka.objects.get())
    Praktyka.objects.get().archive(reason="Program się skończył.")
    for change in ({"tagi": "ogród"}, {"tytul": "Inny"}, {"kwota_zl": ""}):
        assert [mistake.column for mistake in bring([practice(1, **change)]).mistakes] == ["slug"]
    assert {tag.name for tag in Praktyka.objects.get().tagi.all()} == {"sąsiedzi", "ogród"}


def test_a_publisher_changes_a_public_entry_and_its_state_stays(world):
    builders.make_praktyka(slug="praktyka-1")
    outcome = bring([practice(1), practice(2)], builders.make_user(WYDAWCA))
    assert outcome.mistakes == []
    states = dict(Praktyka.objects.values_list("slug", "status"))
    assert states == {"praktyka-1": Status.PUBLISHED, "praktyka-2": Status.DRAFT}


def test_a_person_without_a_role_adds_nothing(world):
    outcome = bring([practice(1)], builders.make_user())
    assert "nie masz prawa" in outcome.mistakes[0].about and Praktyka.objects.count() == 0


@pytest.mark.parametrize(
    ("headings", "row", "part"),
    [
        ([*HEADINGS, "status"], practice(1, status="published"), "nie ma takiej kolumny"),
        (["streszczenie"], {"streszczenie": "Nic."}, "brakuje kolumny"),
        (HEADINGS, practice(1, slug="porownaj"), "zajęty"),
        (HEADINGS, practice(1, slug="Zły Adres"), "slug"),
        (HEADINGS, practice(1, rok_od="#REF!"), "błąd arkusza"),
        (HEADINGS, practice(1, problem="Do {nieznany}"), "nieznany"),
        (HEADINGS, practice(1, kwota_zl="-5"), "ujemna"),
        (HEADINGS, practice(1, tagi="a" * 101), "100 znaków"),
    ],
)
def test_a_mistake_is_explained(world, headings, row, part):
    outcome = bring([row], headings=headings)
    assert part in " ".join(mistake.about for mistake in outcome.mistakes)
    assert Praktyka.objects.count() == 0


def test_one_slug_twice_in_a_file_is_told_in_both_rows(world):
    outcome = bring([practice(1), practice(2), practice(3, slug="praktyka-1")])
    assert [(mistake.row, mistake.column) for mistake in outcome.mistakes] == [(2, "slug"), (4, "slug")]


def test_units_are_imported_too():
    slaskie = builders.make_wojewodztwo(nazwa="śląskie", slug="slaskie")
    headings = ["nazwa", "typ", "teryt", "wojewodztwo", "ludnosc", "lat", "lon", "w_gzm"]
    row = {"nazwa": "Łaziska Górne", "typ": "gmina miejska", "teryt": "2408031", "wojewodztwo": "śląskie"}
    row |= {"ludnosc": 21_000, "lat": "50,1490", "lon": 18.8421, "w_gzm": "nie"}
    outcome = bring([row], name="jst", headings=headings)
    jst = Jst.objects.get()
    assert outcome.mistakes == [] and (jst.slug, jst.wojewodztwo) == ("laziska-gorne", slaskie)
    assert (jst.typ, jst.ludnosc, jst.lat, jst.w_gzm) == (Jst.Typ.GMINA_MIEJSKA, 21_000, 50.149, False)
    twins = [row | {"nazwa": "Inna"}, row | {"nazwa": "Jeszcze inna"}]
    assert {mistake.column for mistake in bring(twins, name="jst", headings=headings).mistakes} == {"teryt"}
    broken = bring([row | {"teryt": "#REF!"}], name="jst", headings=headings).mistakes
    assert [(mistake.column, "błąd arkusza" in mistake.about) for mistake in broken] == [("teryt", True)]


def test_a_csv_of_polish_excel_is_read(world):
    rows = [practice(1, streszczenie="Zażółć gęślą jaźń")]
    ways = ((";", "cp1250"), ("\t", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"))
    for delimiter, encoding in ways:
        data = sheets.csv(HEADINGS, rows, delimiter=delimiter, encoding=encoding)
        headings, read = read_table("tabela.csv", data)
        assert read[0].cells["streszczenie"] == "Zażółć gęślą jaźń" and headings == HEADINGS


def test_a_new_practice_needs_an_instrument_and_no_cell_stands_beyond_the_headings(world):
    data = b"slug;tytul;streszczenie\r\na;A;Opis;\r\nb;B;Opis;nadmiar"
    outcome = tables.import_rows("praktyki", *read_table("a.csv", data), builders.make_user(REDAKTOR))
    told = {(mistake.row, mistake.column): mistake.about for mistake in outcome.mistakes}
    assert set(told) == {(2, "instrumenty"), (3, "instrumenty"), (3, WHOLE_ROW)}
    assert "nadmiar" in told[3, WHOLE_ROW]


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("a.docx", b"x", "XLSX albo CSV"),
        ("a.xlsx", b"x", "Plik"),
        ("a.xlsx", b"PK\x03\x04zepsuty", "Plik"),
        ("a.csv", b"", "żadnego wiersza"),
        ("a.csv", b"slug;tytul\r\n", "żadnego wiersza"),
        ("a.csv", b"slug;slug\r\na;b\r\n", "więcej niż raz"),
        ("a.csv", b"s\x00l;u\r\na;b", "kodowanie"),
        ("a.csv", b"slug\r\n" + b"a\r\n" * (MAX_ROWS + 1), "ponad 5000"),
        ("a.csv", b"x" * 9_000_000, "większy"),
    ],
)
def test_a_file_that_is_no_table_is_refused(name, data, part):
    with pytest.raises(UnreadableTable, match=part):
        read_table(name, data)
