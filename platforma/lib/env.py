"""Strict reading of the environment: a wrong value stops the start with one clear sentence."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)


def flag(name: str, default: bool = False) -> bool:
    """Return the boolean in variable `name`; anything but 1/0, true/false, yes/no, on/off is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _TRUE:
        return True
    if value.strip().lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: wpisz 1 albo 0.")


def number(name: str, default: int, *, low: int, high: int) -> int:
    """Return the whole number in variable `name`; one outside `low`–`high` is refused."""
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r}: wpisz liczbę od {low} do {high}.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated words in variable `name`."""
    value = os.environ.get(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def origin(name: str, default: str) -> str:
    """Return the address in variable `name`: scheme, host and perhaps port, without a slash at the end."""
    value = os.environ.get(name) or default
    if not _ORIGIN.fullmatch(value.rstrip("/")):
        raise ImproperlyConfigured(f"{name}={value!r}: podaj adres w postaci https://nazwa.pl, bez ścieżki.")
    return value.rstrip("/")


def postgresql(name: str, **options) -> dict | None:
    """Return Django's settings of the PostgreSQL database whose URL is in variable `name`; None when unset.

    SQLite has no URL here: it must run with the options of `platforma.lib.sqlite`.
    """
    value = os.environ.get(name)
    if not value:
        return None
    try:
        database = dj_database_url.parse(value, **options)
    except ValueError:
        database = {}
    if database.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            f"{name}: podaj adres postgres://osoba:hasło@komputer:port/baza; bez tej zmiennej działa SQLite."
        )
    return database


def mailbox(name: str, default: str) -> str:
    """Return the e-mail address in variable `name`; one that cannot be an address is refused."""
    value = os.environ.get(name) or default
    if value and not _MAILBOX.fullmatch(value):
        raise ImproperlyConfigured(f"{name}={value!r}: podaj jeden adres e-mail.")
    return value


def email(name: str) -> dict:
    """Return Django's EMAIL_… settings of the mail server whose URL is in variable `name`.

    smtp:// is plain, smtp+tls:// starts TLS, smtps:// is TLS from the first byte; console: prints (default).
    """
    value = os.environ.get(name) or "console:"
    if value in ("console:", "console://"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        url = urlsplit(value)
        host, port = url.hostname, url.port
    except ValueError:
        url, host, port = urlsplit(""), None, None
    if url.scheme not in _MAIL_PORTS or not host or url.path.strip("/") or url.query or url.fragment:
        raise ImproperlyConfigured(f"{name}: podaj adres smtps://osoba:hasło@komputer:465 albo console:.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or _MAIL_PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,  # seconds
    }


def secret_key(var: Path, *, generate: bool) -> str:
    """Return SECRET_KEY, or the key kept in `var` (mode 0600), made on the first start when `generate`.

    A key that could be guessed (under 50 characters, few different ones, Django's sample) is refused.
    """
    key = os.environ.get("SECRET_KEY", "")
    if not key and generate:
        try:
            key = _kept_key(var)
        except OSError as error:
            raise ImproperlyConfigured(f"VAR={var}: brak dostępu do klucza ({error.strerror}).") from error
    if not key:
        raise ImproperlyConfigured("Brak SECRET_KEY: ustaw go, gdy podajesz DATABASE_URL.")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured("SECRET_KEY jest za słaby: potrzeba co najmniej 50 losowych znaków.")
    return key


def _kept_key(var: Path) -> str:
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(mode=0o750, parents=True, exist_ok=True)
        draft = var / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(draft)  # whole or not at all: another process may be starting too
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
