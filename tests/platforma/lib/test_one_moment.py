"""A page belongs to one revision, the index only goes forward, and whatever pages show makes revisions."""

from unittest import mock

import pytest
from django.db.models.signals import post_delete, post_save
from django.http import QueryDict

from platforma import signals
from platforma.lib import indexing, kinds, revision
from platforma.lib.catalogue import Catalogue
from platforma.lib.publication import Status
from platforma.lib.revision import Rewizja
from platforma.lib.search.search import Search
from praktyki.kinds import PRAKTYKA
from tests.builders import make_cykl, make_instrument, make_praktyka, make_spotkanie

pytestmark = pytest.mark.django_db


def catalogue(query=""):
    return Catalogue(PRAKTYKA, QueryDict(query), "/praktyki/")


@pytest.mark.parametrize(("owner", "step"), [(Catalogue, "_rows"), (kinds, "attach")])
def test_a_page_whose_content_changes_while_it_is_read_is_read_again(owner, step):
    """Before its rows are read, or between them and what is linked to them."""
    make_praktyka(tytul="Piknik")
    read, changes = getattr(owner, step), [lambda: make_praktyka(tytul="Pikniki")]

    def overtaken(*args):
        while changes:
            changes.pop()()
        return read(*args)

    with mock.patch.object(owner, step, overtaken):
        page = catalogue("q=piknik")
    assert page.revision == revision.current()
    assert page.total == len(page.rows) == 2
    assert sum(option.count for option in page.facets[1].options) == 2


def test_a_reader_who_comes_late_with_an_older_revision_gets_the_newer_index():
    make_praktyka()
    older = revision.current()
    make_praktyka()
    newest = PRAKTYKA.live.get(revision.current())
    assert PRAKTYKA.live.get(older) is newest


def test_a_database_put_back_from_a_backup_is_read_anew():
    row = make_praktyka()
    PRAKTYKA.live.get(revision.current())
    row.delete()
    Rewizja.objects.update(number=0)
    assert len(PRAKTYKA.live.get(0).index.everything) == 0
    assert catalogue().total == 0


def test_a_change_of_a_hidden_row_far_beyond_the_index_does_no_harm():
    make_praktyka()
    with mock.patch.object(indexing, "SPARE_KEYS", 1):
        assert catalogue().total == 1
        for _number in range(4):
            hidden = make_praktyka(status=Status.DRAFT)
        hidden.save()
        assert catalogue().total == 1


def test_a_series_and_the_steps_of_an_instrument_are_found_by_their_new_words():
    cykl, instrument = make_cykl(nazwa="Pikniki"), make_instrument()
    meeting, step = make_spotkanie(cykl=cykl), instrument.kroki.create(tresc="Ogłoś pikniki.")
    cykl.nazwa, step.tresc = "Rowery", "Ogłoś rowery."
    cykl.save()
    step.save()
    assert list(Search("rower").ids("spotkanie")) == [meeting.pk]
    assert list(Search("rower").ids("instrument")) == [instrument.pk]
    assert not Search("piknik").ids("spotkanie") | Search("piknik").ids("instrument")


@pytest.mark.parametrize("model", sorted(signals.content_models(), key=lambda model: model._meta.label))
def test_every_model_of_the_content_is_listened_to(model):
    assert post_save.has_listeners(model)
    assert post_delete.has_listeners(model)


def test_what_only_a_page_shows_makes_a_revision_too():
    row = make_praktyka()
    number = revision.current()
    source = row.zrodla.create(tytul="Uchwała")
    assert revision.current() == number + 1
    source.delete()
    assert revision.current() == number + 2
