"""A request body that does not come: give up, so that half-sent requests cannot hold every thread of the server."""

import queue
from threading import Thread

PATIENCE = 5  # seconds for one read; Django reads uploads by 64 KB, so a slow line of 13 KB/s still passes


class TimedInput:
    """A `wsgi.input` whose reads fail with OSError after `PATIENCE`; Django then answers without the body."""

    def __init__(self, stream):
        self.stream = stream

    def read(self, *size):
        return in_time(self.stream.read, *size)

    def readline(self, *size):
        return in_time(self.stream.readline, *size)


def in_time(read, *size) -> bytes:
    answer = queue.SimpleQueue()
    # The thread ends when the bytes come, or when the server closes the connection after our answer.
    Thread(target=lambda: answer.put(read(*size)), daemon=True).start()
    try:
        return answer.get(timeout=PATIENCE)
    except queue.Empty:
        raise TimeoutError("the request body did not come in time") from None


def with_timed_input(application):
    """Wrap a WSGI application so that it never waits long for a request body."""

    def timed(environ, start_response):
        return application(environ | {"wsgi.input": TimedInput(environ["wsgi.input"])}, start_response)

    return timed
