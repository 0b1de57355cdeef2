"""Codes that open something by themselves: nobody guesses them, and people can copy them by hand."""

import base64
import secrets


def new_code() -> str:
    """Return 128 random bits as 26 letters and digits that are hard to mistake for one another."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
