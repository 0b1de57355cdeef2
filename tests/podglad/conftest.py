import pytest

from platforma.lib import public_forms
from platforma.lib.preview.models import LinkPodgladu
from tests import builders


@pytest.fixture
def patient(monkeypatch):
    """Let a test fill a form in as quickly as it can."""
    monkeypatch.setattr(public_forms, "SOONEST", -1)


@pytest.fixture
def szkic():
    return builders.make_praktyka(status="draft", tytul="Nieznana łąka")


@pytest.fixture
def address(szkic):
    """The address of the preview of `szkic`."""
    return f"/podglad/{LinkPodgladu.objects.issue(szkic, dla_kogo='Urząd')[1]}/"
