"""The real server for the tests: `manage.py serve` in its own process, with its own state folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
OUR_SETTINGS = {
    *("ALLOWED_HOSTS", "BEHIND_PROXY", "DATABASE_URL", "DEBUG", "PORT"),
    *("SECRET_KEY", "SITE_URL", "TWO_PERSON_RULE", "VAR", "WEB_CONCURRENCY"),
    *("EMAIL_URL", "EMAIL_FROM", "EDITORS_EMAIL", "SUBMISSION_DAYS"),
}


def environment(**settings) -> dict[str, str]:
    """Return this process's environment with `settings` and without the site's variables it had."""
    kept = {name: value for name, value in os.environ.items() if name not in OUR_SETTINGS}
    return kept | {name: str(value) for name, value in settings.items()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running server: its address, its state folder, and all it has printed."""

    process: subprocess.Popen
    port: int
    var: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.var / "server.log").read_text()

    def stop(self, with_signal=signal.SIGTERM) -> int:
        """Send the signal and return the exit code; a server that does not obey in 20 seconds is an error."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        return self.process.wait(timeout=20)


@contextmanager
def running_server(var: Path, **settings) -> Iterator[Server]:
    """Start the server on a free port with its state in `var`, wait until it answers, stop it at the end."""
    subprocess.run(["make", "--silent", "static"], cwd=ROOT, check=True)
    port = free_port()
    with (var / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment(VAR=var, PORT=port, **settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, port, var)
    try:
        _wait_for_answer(server)
        yield server
    finally:
        try:
            server.stop()
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _wait_for_answer(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            urlopen(f"{server.url}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{server.log}")
