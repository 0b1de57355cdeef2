"""What a server process does for submissions beside its requests."""

from platforma.lib import background

from . import notices, retention

MINUTE, HOUR = 60, 3600  # seconds


def start() -> None:
    """Send e-mail every minute, and delete every six hours what is kept no longer."""
    background.repeat(notices.send_mail, name="mail", every=MINUTE, first=MINUTE / 6)
    background.repeat(retention.clean, name="submissions", every=6 * HOUR, first=5 * MINUTE)
