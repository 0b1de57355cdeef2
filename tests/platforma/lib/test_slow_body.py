"""A request body that does not come is given up; one that comes passes unchanged."""

import io
import threading

import pytest

from platforma.lib import slow_body


class Silent:
    """A client that announced a body and sends nothing until `hung_up`."""

    def __init__(self):
        self.hung_up = threading.Event()

    def read(self, *size):
        self.hung_up.wait(10)
        return b""


def test_a_body_passes_unchanged():
    body = slow_body.TimedInput(io.BytesIO(b"a=1\nb=2\n"))
    assert body.readline() == b"a=1\n"
    assert body.read(2) == b"b="
    assert body.read() == b"2\n"


def test_a_silent_client_is_given_up(monkeypatch):
    monkeypatch.setattr(slow_body, "PATIENCE", 0.05)
    client = Silent()
    with pytest.raises(OSError, match="did not come"):
        slow_body.TimedInput(client).read(1000)
    client.hung_up.set()
