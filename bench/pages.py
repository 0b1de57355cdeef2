"""Reading what pages say."""

import re


def total(page: bytes) -> int:
    """Return how many results a list page says it has."""
    return int(re.search(rb'data-total="(\d+)"', page)[1])


def first_result(page: bytes) -> str:
    """Return the address of the first result of a list of practices."""
    slug = re.search(rb'data-slug="([^"]+)"', page)[1].decode()
    return f"/praktyki/{slug}/"
