"""What is kept no longer: comments dealt with long ago, and links that ended and hold no comment."""

from platforma.lib import background

from .models import LinkPodgladu, UwagaPodgladu

EVERY = 6 * 3600  # seconds


def forget_past(now=None) -> tuple[int, int]:
    """Delete comments dealt with KEPT_DAYS ago, then links that ended then; return how many of each."""
    comments = UwagaPodgladu.objects.forgotten(now).delete()[0]
    return comments, LinkPodgladu.objects.forgotten(now).delete()[0]


def start() -> None:
    """Keep to it for as long as the server process lives."""
    background.repeat(forget_past, name="previews", every=EVERY, first=60)
