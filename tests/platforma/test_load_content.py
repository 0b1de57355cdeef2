"""`load_content`: the real content arrives whole and once, and an editor's work is never undone."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from platforma.management.commands.load_content import KINDS
from platforma.models import LoadedRow
from praktyki.models import Instrument, Jst, Organizacja, ParametrPrawny, Praktyka, Sfera, Tag, Zrodlo
from spotkania.models import Material, Spotkanie, UdzialPrelegenta
from tests.builders import make_organizacja

FIXTURES = settings.BASE_DIR / "fixtures"
DAY = "2026-11-22T00:00:00+01:00"
PUBLISHED = {"status": "published", "published_at": DAY}
PRACTICE = {"slug": "ogrod", "tytul": "Ogród", "streszczenie": "Sąsiedzi sadzą ogród.", **PUBLISHED}
MEETING = {"slug": "warsztat", "tytul": "Warsztat", "rodzaj": "warsztat", **PUBLISHED}
LINK = {"key": "warsztat-1", "spotkanie": "warsztat", "tytul": "Prezentacja", "url": "https://przyklad.pl/a"}


@pytest.fixture
def load(tmp_path):
    """Return a function that loads the given rows and nothing else; it returns what was printed."""

    def load_rows(**rows):
        for name in KINDS:
            (tmp_path / f"{name}.json").write_text(json.dumps(rows.get(name, [])))
        return load_folder(tmp_path)

    return load_rows


def load_folder(folder=FIXTURES):
    output = StringIO()
    call_command("load_content", folder=folder, stdout=output)
    return output.getvalue()


def edit(row, **values):
    """Change a row the way the admin does: some time after it was loaded."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    type(row).objects.filter(pk=row.pk).update(updated_at=row.updated_at + timedelta(minutes=1))


@pytest.mark.django_db
def test_the_whole_content_arrives():
    load_folder()
    counts = {name: model.objects.count() for name, model in KINDS.items()}
    assert counts == {name: len(json.loads((FIXTURES / f"{name}.json").read_text())) for name in KINDS}
    assert (counts["wojewodztwa"], counts["tematy"], Sfera.objects.count()) == (16, 11, 41)
    assert Jst.objects.filter(w_gzm=True).exclude(teryt="").count() == 41
    assert Jst.objects.filter(nazwa="Katowice").count() == 1
    assert (Praktyka.objects.published().count(), Spotkanie.objects.published().count()) == (88, 31)
    assert {row.slug: row.liczba_praktyk for row in Instrument.objects.with_published_counts()} == {
        "dotacja": 16,
        "mikrozakup": 5,
        "mikrogrant": 28,
        "regranting": 24,
        "tryb-malych-zlecen": 8,
        "inicjatywa-lokalna": 10,
        "budzet-partycypacyjny": 15,
        "fundusz-sasiedzki": 3,
        "dotacja-inwestycyjna": 5,
        "umowa-wieloletnia": 3,
        "pozyczka": 7,
        "poreczenie": 1,
    }
    assert ParametrPrawny.objects.in_force(date(2026, 6, 1)).get(klucz="prog_pzp").wartosc == 170_000
    workshop = Spotkanie.objects.get(slug__startswith="jak-nie-dotacje-to-co")
    assert UdzialPrelegenta.objects.filter(wystapienie__spotkanie=workshop).count() == 4


@pytest.mark.django_db
def test_after_loading_the_database_knows_its_tables():
    load_folder()
    sql = {
        "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'praktyki_praktyka'",
        "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'praktyki_praktyka'",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_a_second_load_changes_nothing():
    load_folder()
    before = {model: list(model.objects.order_by("pk").values()) for model in (*KINDS.values(), Tag)}
    assert "nowe 0, zmienione 0, " in load_folder()
    assert before == {model: list(model.objects.order_by("pk").values()) for model in before}


@pytest.mark.django_db
def test_a_changed_row_updates_an_untouched_entry_with_its_children(load):
    load(praktyki=[PRACTICE | {"tagi": ["zieleń"], "zrodla": [{"tytul": "Stare"}, {"tytul": "Drugie"}]}])
    changed = PRACTICE | {"tytul": "Ogród 2", "tagi": ["Klimat"], "zrodla": [{"tytul": "Nowe"}]}
    assert "zmienione 1" in load(praktyki=[changed])
    praktyka = Praktyka.objects.published().get()
    assert praktyka.tytul == "Ogród 2"
    assert [tag.slug for tag in praktyka.tagi.all()] == ["klimat"]
    assert list(praktyka.zrodla.values_list("tytul", "position")) == [("Nowe", 1)]


@pytest.mark.django_db
def test_the_history_says_what_was_loaded_and_nothing_of_a_second_load(load):
    rows = {"praktyki": [PRACTICE | {"zrodla": [{"tytul": "Uchwała"}]}]}
    versions = (Praktyka.history.model.objects, Zrodlo.history.model.objects)
    for _time in range(2):
        load(**rows)
        assert [rows.count() for rows in versions] == [1, 1]
    load(praktyki=[rows["praktyki"][0] | {"tytul": "Ogród sąsiedzki"}])
    last = versions[0].latest()
    assert (last.history_changed, last.history_user_name) == (["tytul"], "")
    assert "load_content" in last.history_change_reason


@pytest.mark.django_db
def test_an_editors_change_survives(load):
    load(praktyki=[PRACTICE])
    edit(Praktyka.objects.get(), tytul="Ogród redakcji")
    assert "zachowano zmiany redakcji: 1" in load(praktyki=[PRACTICE | {"tytul": "Ogród 2"}])
    assert Praktyka.objects.get().tytul == "Ogród redakcji"


@pytest.mark.django_db
def test_what_an_editor_deleted_stays_deleted(load):
    load(spotkania=[MEETING], materialy=[LINK])
    Spotkanie.objects.get().delete()
    another = LINK | {"key": "warsztat-2", "url": "https://przyklad.pl/b"}
    output = load(spotkania=[MEETING | {"tytul": "Warsztat 2"}], materialy=[LINK, another])
    assert "usunęła to, do czego należą: 1" in output
    assert not Spotkanie.objects.exists()
    assert not Material.objects.exists()


@pytest.mark.django_db
def test_a_changed_meeting_keeps_a_material_that_an_editor_added(load):
    load(spotkania=[MEETING], materialy=[LINK])
    Spotkanie.objects.get().materialy.create(tytul="Nagranie", url="https://przyklad.pl/nagranie")
    load(spotkania=[MEETING | {"tytul": "Warsztat 2"}], materialy=[LINK])
    assert set(Material.objects.values_list("tytul", flat=True)) == {"Prezentacja", "Nagranie"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "theirs", [{"slug": "fundacja", "nazwa": "A"}, {"slug": "inny", "nazwa": "Fundacja"}]
)
def test_an_editors_own_entry_under_the_same_slug_or_name_is_left_alone(load, theirs):
    make_organizacja(**theirs)
    rows = [{"slug": "fundacja", "nazwa": "Fundacja"}]
    load(organizacje=rows, praktyki=[PRACTICE | {"organizacje": ["fundacja"]}])
    assert Organizacja.objects.get().nazwa == theirs["nazwa"]
    assert Praktyka.objects.get().organizacje.get().nazwa == theirs["nazwa"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"rok_od": 2020, "rok_do": 2019}, "Rok zakończenia"), ({"organizacje": ["nieznana"]}, "„nieznana”")],
)
def test_a_wrong_row_loads_nothing_and_is_named(load, wrong, told):
    with pytest.raises(CommandError, match=told):
        load(organizacje=[{"slug": "a", "nazwa": "A"}], praktyki=[PRACTICE | wrong])
    assert not Organizacja.objects.exists()
    assert not LoadedRow.objects.exists()
