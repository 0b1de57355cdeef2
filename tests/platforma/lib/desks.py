"""Two editors at their desks, Anna and Jan, for the tests of forms that are older than their entries."""

from tests import builders
from tests.admin_forms import filled, on_the_page


def page_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def make(status, **kw):
    return builders.make_praktyka(status=status, instrumenty=[builders.make_instrument()], **kw)


def collide(desks, row, theirs, mine):
    """Open the form twice, save Anna's `theirs`, and return the answer to Jan's `mine`."""
    anna, jan = desks
    late = filled(jan.get(page_of(row)), **mine)
    assert anna.post(page_of(row), filled(anna.get(page_of(row)), **theirs)).status_code == 302
    return jan.post(page_of(row), late)


def settle(jan, row, response, **choices):
    return jan.post(page_of(row), on_the_page(response) | choices)


def text_of(response):
    return response.content.decode()


def titles(praktyka):
    return sorted(praktyka.zrodla.values_list("tytul", flat=True))
