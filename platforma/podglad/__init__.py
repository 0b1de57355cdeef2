"""The preview behind a secret link, for people without an account."""
