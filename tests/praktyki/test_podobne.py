"""Similar practices: what they share decides, the reason is said, and only public ones are offered."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from pyroaring import BitMap

from platforma.lib import revision
from platforma.lib.publication import Status
from praktyki import similar
from praktyki.kinds import PRAKTYKA
from praktyki.models import Jst
from praktyki.similar import Tie, rank, reason
from tests.builders import make_instrument, make_jst, make_praktyka, make_temat
from tests.reading import count_queries, read


def similar_to(praktyka):
    return similar.similar_to(praktyka, PRAKTYKA.live.get(revision.current()))


PLACE = np.array([0, 4, 3, 2, 1, 0, 9, 9])  # the newest first: 5, 4, 3, 2, 1


def test_more_points_come_first_and_the_newer_of_equals():
    ties = [
        Tie("instrument", "x", BitMap([1, 2, 3, 4])),
        Tie("temat", "y", BitMap([2, 5])),
        Tie("typ", "z", BitMap([5])),
    ]
    assert rank(ties, PLACE, 10) == [2, 5, 4, 3, 1]
    assert rank(ties, PLACE, 3) == [2, 5, 4]


def test_one_weak_tie_is_not_likeness():
    assert rank([Tie("temat", "y", BitMap([1])), Tie("wielkosc", "", BitMap([1]))], PLACE, 4) == []
    assert rank([], PLACE, 4) == []


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([("instrument", "mikrogrant")], "ten sam instrument: mikrogrant"),
        (
            [("instrument", name) for name in ("mikrogrant", "pożyczka")],
            "te same instrumenty: mikrogrant, pożyczka",
        ),
        ([("typ", "powiat"), ("wielkosc", "powiat")], "powiat podobnej wielkości"),
        ([("typ", "powiat")], "też powiat"),
        ([("typ", "powiat"), ("samorzad", "Powiat X"), ("wielkosc", "powiat")], "ten sam samorząd: Powiat X"),
        (
            [("temat", "Sport"), ("tag", "wieś"), ("tag", "GZM")],
            "ten sam temat: Sport; wspólne tagi: wieś, GZM",
        ),
    ],
)
def test_the_reason_is_said_in_words(groups, words):
    assert reason([Tie(group, label, BitMap()) for group, label in groups]) == words


@pytest.mark.django_db
def test_a_practice_leads_to_similar_ones_and_says_why(client):
    instrument = make_instrument(nazwa="Mikrogrant")
    powiaty = [make_jst(typ=Jst.Typ.POWIAT, ludnosc=size) for size in (60_000, 80_000, 200_000)]
    one, alike, other_size = (make_praktyka(instrumenty=[instrument], jst=[jst]) for jst in powiaty)
    stranger = make_praktyka(instrumenty=[make_instrument()])
    page = read(client, one)
    assert page.leads_to(alike, other_size)
    assert not page.leads_to(stranger)
    assert "ten sam instrument: Mikrogrant; powiat podobnej wielkości" in page.text
    assert "ten sam instrument: Mikrogrant; też powiat" in page.text
    assert f"/praktyki/porownaj/?p={one.slug}&p={alike.slug}&p={other_size.slug}" in page.links


@pytest.mark.django_db
def test_of_equals_the_newer_comes_first_and_no_more_than_three():
    instrument = make_instrument()
    now = timezone.now()
    praktyki = [
        make_praktyka(instrumenty=[instrument], published_at=now - timedelta(days=days))
        for days in (5, 3, 9, 1, 7, 2)
    ]
    found = similar_to(praktyki[0])
    assert found == [praktyki[3], praktyki[5], praktyki[1]]
    assert similar_to(praktyki[0]) == found


@pytest.mark.django_db
def test_a_practice_like_no_other_says_so(client):
    assert "Nie opisaliśmy jeszcze praktyki podobnej do tej." in read(client, make_praktyka()).text


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_a_hidden_practice_is_never_similar(status):
    instrument, temat = make_instrument(), make_temat()
    praktyka = make_praktyka(instrumenty=[instrument], tematy=[temat])
    make_praktyka(instrumenty=[instrument], tematy=[temat], status=status)
    assert similar_to(praktyka) == []


@pytest.mark.django_db
def test_it_is_gone_once_the_similar_one_is_archived(client):
    instrument = make_instrument()
    praktyka, other = (make_praktyka(instrumenty=[instrument]) for _ in range(2))
    assert similar_to(praktyka) == [other]
    other.archive(reason="Nieaktualne.")
    assert similar_to(praktyka) == []
    assert "Porównaj tę praktykę z podobnymi" not in read(client, other).text


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(client):
    instrument, jst = make_instrument(), make_jst(ludnosc=1000)
    praktyki = [make_praktyka(instrumenty=[instrument], jst=[jst], tagi=["wieś"]) for _ in range(2)]
    before = count_queries(client, praktyki[0])
    for _ in range(3):
        make_praktyka(instrumenty=[instrument], jst=[jst, make_jst(ludnosc=900)], tagi=["wieś"])
    assert count_queries(client, praktyki[0]) == before
