"""Strict reading of the environment: a wrong value stops the start with one clear sentence."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


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


def words(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated words in variable `name`."""
    value = os.environ.get(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def secret_key(var: Path, *, generate: bool) -> str:
    """Return SECRET_KEY, or the key kept in `var` (mode 0600), made on the first start when `generate`.

    A key shorter than 50 characters is refused, wherever it comes from.
    """
    key = os.environ.get("SECRET_KEY", "")
    path = var / "secret_key"
    if not key and generate:
        if not path.exists():
            var.mkdir(parents=True, exist_ok=True)
            with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123
                file.write(secrets.token_urlsafe(64))
        key = path.read_text().strip()
    if not key:
        raise ImproperlyConfigured("Brak SECRET_KEY: ustaw go, gdy podajesz DATABASE_URL.")
    if len(key) < 50:
        raise ImproperlyConfigured("SECRET_KEY jest za krótki: potrzeba co najmniej 50 znaków.")
    return key
