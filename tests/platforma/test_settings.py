"""A wrong setting stops the start with one clear sentence; what depends on TLS follows SITE_URL."""

import json
import subprocess
import sys

import pytest

from tests.server import ROOT, environment

KEY = "Klucz-do-testów-" * 4
POSTGRES = "postgres://osoba:tajne-haslo@127.0.0.1:1/baza"
SHOWN = (
    *("SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_NAME", "SITE_URL"),
    *("SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS", "DEBUG"),
)


def start(*command, **settings):
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment(**settings), capture_output=True, text=True
    )


def read_settings(**settings):
    """Return the settings in `SHOWN` as a process started with this environment has them."""
    values = "{name: getattr(settings, name) for name in " + repr(SHOWN) + "}"
    code = f"import json; from platforma import settings; print(json.dumps({values}))"
    return json.loads(start("-c", code, **settings).stdout)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"DEBUG": "tak"}, "DEBUG='tak': wpisz 1 albo 0."),
        ({"BEHIND_PROXY": "może"}, "BEHIND_PROXY='może': wpisz 1 albo 0."),
        ({"DATABASE_URL": POSTGRES}, "Brak SECRET_KEY: ustaw go, gdy podajesz DATABASE_URL."),
        ({"SECRET_KEY": "krótki"}, "SECRET_KEY jest za słaby: potrzeba co najmniej 50 losowych znaków."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS=*: wymień nazwy, pod którymi działa serwis."),
        (
            {"SITE_URL": "przyklad.pl"},
            "SITE_URL='przyklad.pl': podaj adres w postaci https://nazwa.pl, bez ścieżki.",
        ),
        (
            {"SITE_URL": "https://przyklad.pl", "DEBUG": "1"},
            "DEBUG=1 przy SITE_URL z https: strony błędów pokazałyby kod i dane.",
        ),
        ({"PORT": "80a"}, "PORT='80a': wpisz liczbę od 1 do 65535."),
        ({"WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY='0': wpisz liczbę od 1 do 64."),
        (
            {"DATABASE_URL": "sqlite:///baza", "SECRET_KEY": KEY},
            "DATABASE_URL: podaj adres postgres://osoba:hasło@komputer:port/baza; "
            "bez tej zmiennej działa SQLite.",
        ),
        ({"VAR": "/dev/null/var"}, "VAR=/dev/null/var: brak dostępu do klucza (Not a directory)."),
    ],
)
def test_a_bad_start_is_refused_with_one_sentence(tmp_path, settings, sentence):
    result = start("manage.py", "serve", **{"VAR": tmp_path, **settings})
    assert result.returncode == 1
    assert result.stderr == f"Serwis nie może wystartować. {sentence}\n"
    assert result.stdout == ""


def test_defaults_suit_a_person_who_only_tries(tmp_path):
    settings = read_settings(VAR=tmp_path, PORT=8123)
    assert settings["SITE_URL"] == "http://127.0.0.1:8123"
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "127.0.0.1", "localhost", "[::1]"]


def test_without_tls_cookies_work_and_nothing_forces_https(tmp_path):
    settings = read_settings(VAR=tmp_path)
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is False
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert settings["SESSION_COOKIE_NAME"] == "sesja"


def test_with_tls_cookies_are_bound_to_the_host_and_https_is_remembered(tmp_path):
    settings = read_settings(VAR=tmp_path, SITE_URL="https://przyklad.pl")
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert "przyklad.pl" in settings["ALLOWED_HOSTS"]
