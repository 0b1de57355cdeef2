"""`manage.py serve`: make the state ready, then become the production server."""

import os
import secrets
import socket
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction

from platforma.lib import kinds
from platforma.models import LoadedRow

HOST = "127.0.0.1"
THREADS = 64  # a client that never ends its request holds one; they start on demand
GRANIAN = {
    "--interface": "wsgi",
    "--http": "1",
    "--host": HOST,
    "--http1-header-read-timeout": "10000",  # milliseconds
    "--workers-kill-timeout": "5",  # seconds a worker may take to finish its requests
    "--log-level": "error",
}


class Command(BaseCommand):
    help = (
        "Migruje bazę, przy pierwszym uruchomieniu wczytuje treść i zakłada konto administratora, "
        "po czym staje się serwerem produkcyjnym."
    )

    def handle(self, **options):
        os.umask(0o027)  # the database and uploads are not for other accounts of the machine
        try:
            refuse_taken_port(settings.PORT)
            self.prepare()
        except KeyboardInterrupt:
            sys.exit(130)
        self.stdout.write(f"Serwis działa: {settings.SITE_URL} (Ctrl-C kończy).")
        self.stdout.flush()  # exec would drop what is still in the buffer
        os.execv(sys.executable, granian_command())  # noqa: S606

    def prepare(self):
        """Bring the database up to date; fill it and its search index when they are empty. Safe to repeat."""
        call_command("migrate", interactive=False, verbosity=0)
        self.check(databases=["default"])
        if not LoadedRow.objects.exists():
            self.stdout.write("Pierwsze uruchomienie: wczytuję treść katalogu…")
            call_command("load_content")
        if kinds.need_reindex():
            self.stdout.write("Buduję indeks wyszukiwarki…")
            call_command("reindex")
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self.create_administrator()
        connections.close_all()

    @transaction.atomic
    def create_administrator(self):
        """Show the password before the account is kept: an interruption leaves no account without one."""
        password = secrets.token_urlsafe(15)
        get_user_model().objects.create_superuser("admin", password=password)
        self.stdout.write(
            f"\nUtworzono konto administratora: {settings.SITE_URL}/admin/\n"
            f"  login: admin\n  hasło: {password}\n"
            "Hasło widać tylko teraz. Zapisz je albo od razu zmień po zalogowaniu.\n\n"
        )
        self.stdout.flush()


def refuse_taken_port(port: int) -> None:
    """Stop when another program listens on `port`; granian itself would quietly share it (SO_REUSEPORT)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} jest niedostępny ({error.strerror}). Wybierz inny: PORT=8123 make run"
            ) from error


def threads(vendor: str, workers: int) -> int:
    """Return how many each worker has: a thread keeps a connection, of which PostgreSQL grants 100."""
    return THREADS if vendor == "sqlite" else max(1, THREADS // workers)


def granian_command() -> list[str]:
    options = GRANIAN | {
        "--port": str(settings.PORT),
        "--workers": str(settings.WEB_CONCURRENCY),
        "--blocking-threads": str(threads(connection.vendor, settings.WEB_CONCURRENCY)),
        "--working-dir": str(settings.BASE_DIR),
    }
    flags = ["--no-ws", "--no-access-log", "--respawn-failed-workers"]
    arguments = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "granian", *arguments, *flags, "platforma.wsgi:application"]
