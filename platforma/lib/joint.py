"""One read shared by threads that ask at the same moment."""

import threading
from collections.abc import Callable


class _Run:
    """One read; `over` is locked until it ends, and `value` stays None where it failed."""

    def __init__(self):
        self.value = None
        self.over = threading.Lock()
        self.over.acquire()


class JointRead:
    """Calls `read`, which returns no None, once for all threads that wait; one call after another.

    Nobody gets what a call gave that began before they asked: it may not know what they know.
    """

    def __init__(self, read: Callable):
        self._read = read
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._next: _Run | None = None  # the call that has not begun

    def get(self):
        """Return what a call of `read` gives that begins from now on."""
        with self._lock:
            joined, self._next = self._next, self._next or _Run()
            run = self._next
        if joined is None:
            return self._lead(run)
        with run.over:
            pass
        return self._read() if run.value is None else run.value

    def _lead(self, run):
        try:
            with self._turn:
                with self._lock:
                    self._next = None
                run.value = self._read()
        finally:
            run.over.release()
        return run.value
