"""Names on a drawing: each beside its dot, covering nothing."""

from platforma.lib.labels import Box, Circle, place

WIDTH, HEIGHT, SIZE = 100, 100, 8


def placed(*named, others=()):
    return place(list(named), list(others), WIDTH, HEIGHT, SIZE)


def test_a_lone_name_stands_below_its_dot():
    (box,) = placed(("Łódź", Circle(50, 50, 10)))
    assert box.middle[0] == 50
    assert box.top >= 60


def test_at_the_lower_edge_it_stands_above_and_at_a_corner_beside():
    (above,) = placed(("Łódź", Circle(50, 92, 5)))
    assert above.bottom <= 87
    (beside,) = placed(("Łódź", Circle(5, 95, 5)), others=[Circle(5, 80, 5)])
    assert beside.left >= 10


def test_no_name_covers_a_dot_or_another_name():
    circles = [Circle(x, y, 6) for x in (20, 50, 80) for y in (20, 50, 80)]
    boxes = [box for box in placed(*((f"gmina {n}", circle) for n, circle in enumerate(circles))) if box]
    assert len(boxes) >= 6
    assert not any(box.touches(circle) for box in boxes for circle in circles)
    assert not any(one.meets(other) for one in boxes for other in boxes if one is not other)
    assert all(box.is_inside(WIDTH, HEIGHT) for box in boxes)


def test_a_name_without_room_is_left_out():
    assert placed(("bardzo długa nazwa województwa", Circle(50, 50, 10))) == [None]


def test_a_circle_in_the_corner_of_a_box_does_not_touch_it():
    box = Box(0, 0, 10, 10)
    assert not box.touches(Circle(14, 14, 5))
    assert box.touches(Circle(13, 13, 5))
