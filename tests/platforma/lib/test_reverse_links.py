"""Links changed from their other end, as `instrument.praktyki`, are heard too."""

import pytest

from bench.pages import total
from platforma.lib import revision
from tests.builders import make_instrument, make_praktyka, make_prelegent, make_spotkanie, make_wystapienie

pytestmark = pytest.mark.django_db


def emptied(instrument):
    instrument.praktyki.clear()


def set_to_none(instrument):
    instrument.praktyki.set([], clear=True)


def removed(instrument):
    instrument.praktyki.remove(*instrument.praktyki.all())


@pytest.mark.parametrize("change", [emptied, set_to_none, removed])
def test_links_taken_away_leave_the_facets_the_search_and_the_copies(client, change):
    instrument = make_instrument(nazwa="pożyczka", slug="pozyczka")
    praktyka = make_praktyka(instrumenty=[instrument])
    make_praktyka(tytul="Pożyczka, o której mowa w tytule")
    detail = praktyka.get_absolute_url()
    etag = client.get(detail)["ETag"]
    assert total(client.get("/praktyki/?instrument=pozyczka").content) == 1
    assert total(client.get("/praktyki/?q=pożyczka").content) == 2

    change(instrument)

    assert total(client.get("/praktyki/?instrument=pozyczka").content) == 0
    assert total(client.get("/praktyki/?q=pożyczka").content) == 1
    answer = client.get(detail, headers={"if-none-match": etag})
    assert answer.status_code == 200 and instrument.get_absolute_url() not in answer.content.decode()


def test_links_set_anew_from_the_other_end_are_all_heard(client):
    instrument = make_instrument(slug="pozyczka")
    before, after = make_praktyka(instrumenty=[instrument]), make_praktyka()
    client.get("/praktyki/?instrument=pozyczka")

    instrument.praktyki.set([after], clear=True)

    page = client.get("/praktyki/?instrument=pozyczka").content.decode()
    assert f'data-slug="{after.slug}"' in page and f'data-slug="{before.slug}"' not in page


def test_a_linking_table_that_leads_elsewhere_too_is_heard():
    """An appearance names the speaker's organisation as well."""
    prelegent = make_prelegent()
    make_wystapienie(make_spotkanie(), prelegenci=[(prelegent, "", None)])
    number = revision.current()
    prelegent.wystapienia.clear()
    assert revision.current() > number
