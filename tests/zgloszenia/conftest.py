import pytest

from platforma.lib import public_forms


@pytest.fixture
def patient(monkeypatch):
    """Let a test fill a form in as quickly as it can."""
    monkeypatch.setattr(public_forms, "SOONEST", -1)
