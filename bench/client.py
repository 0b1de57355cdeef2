"""Requests over loopback on one connection kept open."""

from http.client import HTTPConnection, HTTPResponse

TIMEOUT = 600  # seconds


class Client:
    """A connection to a server on `port`."""

    def __init__(self, port: int):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def get(self, path: str, **headers) -> bytes:
        """Return the body, read to its end; anything but 200 is an error."""
        answer, body = self.ask(path, **headers)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return body

    def ask(self, path: str, **headers) -> tuple[HTTPResponse, bytes]:
        """Return any answer, and its body."""
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        return answer, answer.read()
