"""The real server, as `make run` starts it: headers, compression, slow clients, a lost database, stopping."""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.server import ROOT, environment, running_server

pytestmark = pytest.mark.browser  # once a run: it has its own SQLite, whatever the suite runs on

TEXT = {"capture_output": True, "text": True}
SECURITY_HEADERS = {
    "Content-Security-Policy": r"default-src 'none'.*|.*; default-src 'none'.*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": r"camera=\(\).*",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def get(site, path, **headers):
    """Return the response to one plain request, its text decoded only when nothing compressed it."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    response.text = "" if response.getheader("Content-Encoding") else body.decode()
    connection.close()
    return response


def stylesheet(site) -> str:
    return re.search(r'href="(/static/css/[^"]+\.css)"', get(site, "/").text)[1]


@pytest.fixture
def own_var(site, tmp_path):
    """A copy of the site's state that the test may break."""
    return Path(shutil.copytree(site.var, tmp_path / "var"))


def test_it_answers(site):
    assert get(site, "/healthz").status == 200
    assert get(site, "/praktyki/").status == 200


def test_the_password_of_the_first_administrator_is_shown_once(site, own_var):
    assert len(re.findall(r"hasło: \S{20}\n", site.log)) == 1
    with running_server(own_var, WEB_CONCURRENCY=1) as second:
        assert "hasło" not in second.log
        assert second.stop() == 0


def test_a_search_index_that_is_empty_after_an_upgrade_is_filled_at_the_start(own_var):
    with contextlib.closing(sqlite3.connect(own_var / "db.sqlite3")) as database:
        database.execute("DELETE FROM platforma_szukaj_praktyka")
        database.commit()
    with running_server(own_var, WEB_CONCURRENCY=1) as second:
        assert "Buduję indeks wyszukiwarki" in second.log
        found = get(second, "/praktyki/?q=mikrogranty").text
    assert int(re.search(r'data-total="(\d+)"', found)[1]) > 0


@pytest.mark.parametrize(
    "path", ["/", "/praktyki/", "/nie-ma/", "/healthz", "/admin/login/", "/robots.txt", "static"]
)
def test_security_headers_are_on_every_answer(site, path):
    response = get(site, stylesheet(site) if path == "static" else path)
    for name, pattern in SECURITY_HEADERS.items():
        assert re.fullmatch(pattern, response.getheader(name, "")), name
    assert "unsafe" not in response.getheader("Content-Security-Policy")
    assert "frame-ancestors 'none'" in response.getheader("Content-Security-Policy")


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_static_files_are_hashed_compressed_and_kept_for_ever(site, encoding):
    response = get(site, stylesheet(site), Accept_Encoding=encoding)
    assert response.status == 200
    assert response.getheader("Content-Encoding") == encoding
    assert "immutable" in response.getheader("Cache-Control")
    assert int(re.search(r"max-age=(\d+)", response.getheader("Cache-Control"))[1]) >= 31_536_000


def test_html_is_compressed(site):
    response = get(site, "/praktyki/", Accept_Encoding="gzip")
    assert response.getheader("Content-Encoding") == "gzip"
    assert "Accept-Encoding" in response.getheader("Vary")


def test_an_unknown_host_is_refused(site):
    assert get(site, "/", Host="zly.przyklad").status == 400


def test_clients_that_never_end_their_request_do_not_stop_the_others(site):
    no_end_of_headers = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
    no_body = (
        b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrf=" + b"a" * 32 + b"\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nusername="
    )
    with contextlib.ExitStack() as stack:
        for half in [no_end_of_headers] * 200 + [no_body] * 50:
            client = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            client.sendall(half)
            time.sleep(0.005)  # seconds: they come one after another
        for _ in range(30):
            began = time.monotonic()
            assert get(site, "/praktyki/").status == 200
            assert time.monotonic() - began < 1


def test_a_taken_port_is_refused(site, tmp_path):
    command = [sys.executable, "manage.py", "serve"]
    variables = environment(VAR=tmp_path, PORT=site.port)
    result = subprocess.run(command, cwd=ROOT, env=variables, **TEXT)
    assert result.returncode == 1
    assert result.stderr.startswith(f"CommandError: Port {site.port} jest niedostępny")
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(own_var, stop_signal):
    with running_server(own_var, WEB_CONCURRENCY=1) as server:
        assert get(server, "/praktyki/").status == 200
        assert server.stop(stop_signal) == 0
    assert "Traceback" not in server.log


def test_a_lost_database_gives_a_polish_page_and_the_server_lives_on(own_var):
    with running_server(own_var, WEB_CONCURRENCY=1) as server:
        for path in own_var.glob("db.sqlite3*"):
            path.unlink()
        response = get(server, "/praktyki/")
        assert response.status == 503
        assert int(response.getheader("Retry-After")) > 0
        assert "Serwis chwilowo niedostępny" in response.text
        assert "Traceback" not in response.text
        assert get(server, "/healthz").status == 200


def test_a_worker_that_dies_is_replaced(own_var):
    with running_server(own_var, WEB_CONCURRENCY=2) as server:
        victim = max(workers(server))
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + 15
        while victim in workers(server) or len(workers(server)) < 2:
            assert time.monotonic() < deadline, server.log
            time.sleep(0.1)


def workers(server) -> set[int]:
    """Return the process ids of the server's workers."""
    process = Path(f"/proc/{server.process.pid}")
    children = (process / "task" / process.name / "children").read_text().split()
    return {int(child) for child in children if b"granian" in Path(f"/proc/{child}/cmdline").read_bytes()}
