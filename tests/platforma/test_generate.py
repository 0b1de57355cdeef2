"""`manage.py generate`: marked, repeatable, searchable content that never mixes with the real one unasked."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from platforma.lib import polish
from platforma.lib.catalogue import Catalogue
from platforma.lib.synthetic import reference, rows
from platforma.lib.synthetic.texts import MARK
from praktyki.kinds import PRAKTYKA
from praktyki.models import Praktyka, Tag
from spotkania.models import Spotkanie
from tests.builders import make_praktyka

pytestmark = pytest.mark.django_db


def generate(**options):
    out = StringIO()
    call_command("generate", stdout=out, **{"praktyki": 30, "spotkania": 6, "seed": 3, **options})
    return out.getvalue()


def values(model):
    fields = [
        field.attname
        for field in model._meta.fields
        if field.attname not in ("id", "created_at", "updated_at")
    ]
    return list(model.objects.order_by("slug").values_list(*fields))


def test_it_makes_as_many_as_asked_all_public_and_all_marked():
    said = generate()
    assert Praktyka.objects.published().count() == 30
    assert Spotkanie.objects.published().count() == 6
    for row in [*Praktyka.objects.all(), *Spotkanie.objects.all()]:
        assert row.slug.startswith(reference.SLUG_PREFIX)
        assert MARK in row.tytul
        assert row.uwagi_redakcji
    assert "Utworzono 30 praktyk i 6 spotkań" in said


def test_the_same_seed_gives_the_same_rows_and_another_seed_others():
    world = rows.World(3, ("dotacja", "mikrogrant"), ("pomoc",), ("seniorzy",), ("slaskie", "lodzkie"))
    other = rows.World(4, *list(vars(world).values())[1:])
    for what in ("praktyka", "spotkanie"):
        first = rows.draw(world, what, range(1, 9))
        assert rows.draw(world, what, range(5, 9)) == first[4:]
        assert rows.draw(other, what, range(1, 9)) != first


def test_what_models_derive_is_there():
    generate(praktyki=3, spotkania=1)
    for row in [*Praktyka.objects.all(), *Spotkanie.objects.all(), *Tag.objects.all()[:3]]:
        assert row.sort_key == polish.sort_key(str(row))[:200]


def test_a_reader_finds_it_by_words_and_by_every_facet():
    generate()
    katalog = Catalogue(PRAKTYKA, QueryDict("q=syntetyczna+dana"), "/praktyki/")
    assert katalog.total == 30
    assert all(katalog._counts[facet.name] for facet in katalog.facets)
    titled = Praktyka.objects.first()
    found = Catalogue(PRAKTYKA, QueryDict(f"q={titled.tytul}"), "/praktyki/").rows
    assert titled in found


def test_it_refuses_a_database_with_real_content():
    make_praktyka()
    with pytest.raises(CommandError, match="prawdziwa treść"):
        generate()
    assert Praktyka.objects.count() == 1
    generate(mix=True)
    assert Praktyka.objects.count() == 31


def test_it_refuses_a_seed_it_has_used_and_adds_another():
    generate(praktyki=5, spotkania=0)
    with pytest.raises(CommandError, match="--seed 4"):
        generate(praktyki=5, spotkania=0)
    tags = Tag.objects.count()
    generate(praktyki=5, spotkania=0, seed=4)
    assert Praktyka.objects.count() == 10
    assert Tag.objects.count() == tags


def test_it_refuses_negative_numbers():
    with pytest.raises(CommandError, match="ujemne"):
        generate(praktyki=-1)


def test_texts_are_of_real_length_and_in_sentences():
    world = rows.World(1, ("dotacja",), ("pomoc",), ("seniorzy",), ("slaskie",))
    drawn = [row.values for row in rows.draw(world, "praktyka", range(40))]
    for name, low, high in (("tytul", 35, 120), ("streszczenie", 110, 330), ("problem", 200, 700)):
        lengths = [len(row[name]) for row in drawn]
        assert low <= min(lengths), name
        assert max(lengths) <= high, name
    assert all(row["rozwiazanie"][0].isupper() or row["rozwiazanie"][0] == "„" for row in drawn)
    assert all(row["rozwiazanie"].endswith(".") for row in drawn)


def test_values_spread_like_the_real_catalogue():
    world = rows.World(1, tuple(reference.INSTRUMENTY), ("pomoc",), ("seniorzy",), tuple(reference.GMINY))
    drawn = rows.draw(world, "praktyka", range(400))
    unknown = sum(row.values["kwota_zl"] is None for row in drawn) / len(drawn)
    assert 0.25 < unknown < 0.45
    having = [
        sum(name in row.related["instrumenty"] for row in drawn)
        for name in ("mikrogrant", "fundusz-sasiedzki")
    ]
    assert having[0] > 4 * having[1]
    assert {row.values["rok_od"] for row in drawn} - {None} == set(rows.YEARS)
