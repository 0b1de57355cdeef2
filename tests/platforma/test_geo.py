"""Distances on the Earth against known ones, and positions on a drawing."""

import pytest

from platforma.lib.geo import EARTH_KM, Projection, distance_km

WARSAW, KRAKOW, GDANSK = (52.2297, 21.0122), (50.0647, 19.9450), (54.3520, 18.6466)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (WARSAW, KRAKOW, 252),
        (WARSAW, GDANSK, 284),
        (KRAKOW, GDANSK, 486),
        ((50.0359, 19.1784), (50.0647, 19.9450), 55),  # Oświęcim – Kraków
        ((0, 0), (0, 1), 111.195),
        ((0, 0), (0, 180), 20015),
        ((90, 0), (-90, 0), 20015),
    ],
)
def test_great_circle_distance(one, other, km):
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.005)
    assert distance_km(*other, *one) == distance_km(*one, *other)


def test_a_place_is_nowhere_from_itself_and_half_the_globe_is_the_most():
    assert distance_km(*WARSAW, *WARSAW) == 0
    assert distance_km(0, 0, 0, 180) == pytest.approx(3.14159265 * EARTH_KM)


def test_the_corners_of_the_box_are_the_corners_of_the_drawing():
    poland = Projection(west=14, south=49, east=24, north=55, width=500)
    assert poland.point(55, 14) == (0, 0)
    assert poland.point(49, 24) == pytest.approx((500, poland.height))
    assert poland.point(52, 19) == pytest.approx((250, poland.height / 2))


def test_a_kilometre_is_as_long_up_as_across_in_the_middle():
    poland = Projection(west=14, south=49, east=24, north=55, width=500)
    (x, y), (east, _), (_, north) = poland.point(52, 19), poland.point(52, 19.5), poland.point(52.5, 19)
    across = (east - x) / distance_km(52, 19, 52, 19.5)
    assert across == pytest.approx((y - north) / distance_km(52, 19, 52.5, 19), rel=0.001)


def test_a_drawing_around_positions_holds_them_and_the_margin():
    drawing = Projection.around([(50, 18), (51, 20)], width=300, margin=0.5)
    assert (drawing.south, drawing.north) == (49.5, 51.5)
    x, y = drawing.point(51, 20)
    assert y == pytest.approx(0.5 * drawing.scale)
    assert 300 - x == pytest.approx(0.5 * drawing.scale)
