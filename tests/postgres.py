"""A throw-away PostgreSQL cluster for the tests: its own folder, port and password, gone at the end."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.server import free_port

# Nobody mourns this data: no waiting for the disk. No socket file, so no folder that another account owns.
SERVER_OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c timezone=UTC "
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)


def programs() -> Path | None:
    """Return the folder with the newest `initdb` and `pg_ctl`, or None when PostgreSQL is not installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster():
    """Start a cluster on a free port of 127.0.0.1, yield its DATABASE_URL; remove it whatever happens."""
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="platforma-postgres-"))
    try:
        password, port = secrets.token_urlsafe(), free_port()
        (folder / "password").write_text(password)
        if account:
            shutil.chown(folder, account)
            shutil.chown(folder / "password", account)

        def run(program, *arguments):
            command = [programs() / program, "--pgdata", folder / "data", *arguments]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **_as(account))

        run(
            "initdb",
            *("--username", "test", "--pwfile", folder / "password", "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        try:
            options = f"-p {port} {SERVER_OPTIONS}"
            run("pg_ctl", "start", "--wait", "--log", folder / "log", "--options", options)
            yield f"postgres://test:{password}@127.0.0.1:{port}/platforma"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode", "immediate")
    finally:
        shutil.rmtree(folder)


def _unprivileged_account() -> str | None:
    """Return the account to run PostgreSQL as, which refuses root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _as(account: str | None) -> dict:
    if account is None:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
