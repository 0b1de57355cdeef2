"""The environment is read strictly: every wrong value is refused with a sentence that names the variable."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from platforma.lib import env

GOOD_KEY = "Klucz-" * 9


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("TRUE", True), (" yes ", True), ("on", True), ("0", False), ("False", False), ("", False)],
)
def test_flag(monkeypatch, value, expected):
    monkeypatch.setenv("DEBUG", value)
    assert env.flag("DEBUG", default=not expected) is expected


def test_an_unset_flag_is_its_default(monkeypatch):
    monkeypatch.delenv("DEBUG", raising=False)
    assert env.flag("DEBUG") is False
    assert env.flag("DEBUG", default=True) is True


@pytest.mark.parametrize("value", ["tak", "2", "yess"])
def test_an_unknown_flag_is_refused(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        env.flag("DEBUG")


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8000x", "１２", "8e3"])
def test_a_number_out_of_its_range_is_refused(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match=r"PORT=.* od 1 do 65535"):
        env.number("PORT", 8000, low=1, high=65535)


def test_an_unset_or_empty_number_is_its_default(monkeypatch):
    monkeypatch.setenv("PORT", "")
    assert env.number("PORT", 8000, low=1, high=65535) == 8000


def test_words_are_split_at_commas_and_trimmed(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.pl, b.pl,,")
    assert env.words("ALLOWED_HOSTS", ["x"]) == ["a.pl", "b.pl"]
    assert env.words("UNSET_HOSTS", ["x"]) == ["x"]


@pytest.mark.parametrize(
    "value", ["https://przyklad.pl", "http://127.0.0.1:8123", "https://praktyki.przyklad.pl/"]
)
def test_origin(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    assert env.origin("SITE_URL", "http://127.0.0.1:8000") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        *("przyklad.pl", "ftp://przyklad.pl", "https://", "https://a b", "https://a.pl/sciezka"),
        *(
            "https://a.pl?x=1",
            "https://osoba:haslo@a.pl",
            "https://[::1",
            "https://a.pl:port",
            "https://-a.pl",
        ),
    ],
)
def test_an_address_that_is_more_or_less_than_an_origin_is_refused(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.origin("SITE_URL", "http://127.0.0.1:8000")


def test_postgresql_url(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://osoba:haslo@db:5433/baza")
    database = env.postgresql("DATABASE_URL", conn_max_age=60)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5433, "baza")
    assert database["CONN_MAX_AGE"] == 60


@pytest.mark.parametrize("value", ["sqlite:///db.sqlite3", "mysql://a/b", "postgre://a/b", "nonsens"])
def test_another_database_is_refused_without_showing_the_password(monkeypatch, value):
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="postgres://") as error:
        env.postgresql("DATABASE_URL")
    assert value not in str(error.value)


def test_a_generated_key_is_private_long_and_stable(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path / "var", generate=True)
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "var/secret_key").stat().st_mode) == 0o600
    assert env.secret_key(tmp_path / "var", generate=True) == key
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_a_key_made_by_another_process_meanwhile_wins(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text(GOOD_KEY)
    monkeypatch.setattr(type(tmp_path), "exists", lambda path: False)
    assert env.secret_key(tmp_path, generate=True) == GOOD_KEY


def test_a_given_key_wins_over_the_kept_one(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", GOOD_KEY)
    assert env.secret_key(tmp_path, generate=True) == GOOD_KEY
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", ["short", "a" * 60, "django-insecure-" + GOOD_KEY])
def test_a_key_that_can_be_guessed_is_refused(monkeypatch, tmp_path, key):
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.secret_key(tmp_path, generate=True)


def test_without_a_key_nothing_is_made_up(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Brak SECRET_KEY"):
        env.secret_key(tmp_path, generate=False)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://jan%40x:ha%3As@poczta.example", ("poczta.example", 465, "jan@x", "ha:s", True, False)),
        ("smtp+tls://poczta.example:2525", ("poczta.example", 2525, "", "", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_a_mail_server_is_read(monkeypatch, url, server):
    monkeypatch.setenv("EMAIL_URL", url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    settings = env.email("EMAIL_URL")
    assert tuple(settings[f"EMAIL_{name}"] for name in names) == server


@pytest.mark.parametrize(
    "url", ["poczta.example", "http://poczta.example", "smtp://", "smtp://a:x", "smtp://a/b"]
)
def test_what_is_no_mail_server_is_refused(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.email("EMAIL_URL")


def test_without_a_mail_server_messages_are_printed(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert env.email("EMAIL_URL")["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize("value", ["jan", "jan@", "a@b, c@d", "Jan <jan@example.org>"])
def test_what_is_no_mailbox_is_refused(monkeypatch, value):
    monkeypatch.setenv("EDITORS_EMAIL", value)
    with pytest.raises(ImproperlyConfigured, match="EDITORS_EMAIL"):
        env.mailbox("EDITORS_EMAIL", "")
