"""Work that a server process does beside its requests, each piece in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, connection

_logger = logging.getLogger(__name__)


def repeat(action: Callable[[], object], *, name: str, every: float, first: float = 0) -> None:
    """Run `action` `first` seconds from now and then `every` seconds, for as long as the process lives.

    What a database refused is told in the log under `name` and tried again the next time. A process has one
    thread of a name.
    """
    if any(thread.name == name for thread in threading.enumerate()):
        return
    threading.Thread(target=_run, args=(action, name, every, first), name=name, daemon=True).start()


def _run(action, name, every, first):
    time.sleep(first)
    while True:
        try:
            action()
        except Error as error:
            _logger.warning("%s failed and will be tried again: %s", name, error)
        connection.close()
        time.sleep(every)
