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


# Waits until our end of the pipe closes, be it by us or by our death, then stops and removes the cluster.
KEEPER = 'read -r _; "$1/pg_ctl" stop --pgdata "$2/data" --mode immediate --silent; rm -rf "$2"'


@contextmanager
def cluster():
    """Start a cluster on a free port of 127.0.0.1, yield its DATABASE_URL; remove it whatever happens."""
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="platforma-postgres-"))
    password, port = secrets.token_urlsafe(), free_port()
    (folder / "password").write_text(password)
    if account:
        shutil.chown(folder, account)
        shutil.chown(folder / "password", account)
    as_account = {"cwd": folder, "stdout": subprocess.DEVNULL, **_identity(account)}

    def run(program, *arguments):
        subprocess.run(
            [programs() / program, "--pgdata", folder / "data", *arguments], check=True, **as_account
        )

    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "keeper", programs(), folder],
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us, not for it
        **as_account,
    )
    try:
        run(
            "initdb",
            *("--username", "test", "--pwfile", folder / "password", "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        options = f"-p {port} {SERVER_OPTIONS}"
        run("pg_ctl", "start", "--wait", "--log", folder / "log", "--options", options)
        yield f"postgres://test:{password}@127.0.0.1:{port}/platforma"
    finally:
        keeper.stdin.close()
        keeper.wait()


def _unprivileged_account() -> str | None:
    """Return the account to run PostgreSQL as, which refuses root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _identity(account: str | None) -> dict:
    if account is None:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
