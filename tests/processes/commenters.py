"""People who comment by the same preview link at once, for `tests/podglad/test_at_once.py`."""

from platforma.lib.preview.models import LinkEnded, LinkPodgladu, TooManyComments, UwagaPodgladu
from praktyki.models import Praktyka

from . import spawned


def fill() -> int:
    """Make a draft with a link; return the link's key."""
    entry = Praktyka.objects.create(tytul="Łąka", streszczenie="Trawa.")
    return LinkPodgladu.objects.issue(entry, dla_kogo="Urząd")[0].pk


def comment(own: int, key: int, times: int) -> list[str]:
    """Send comments, the first with a ticket that all share, and say what became of each."""
    link, became = LinkPodgladu.objects.get(pk=key), []
    spawned.board.wait(timeout=60)
    for number in range(times):
        try:
            UwagaPodgladu.objects.receive(link, "Uwaga.", f"{own}-{number}" if number else "wspólny")
        except TooManyComments:
            became.append("too many")
        except LinkEnded:
            became.append("ended")
        else:
            became.append("taken")
    return became


def revoke(key: int) -> bool:
    """Revoke the link; tell whether it was this process that did."""
    spawned.board.wait(timeout=60)
    return LinkPodgladu.objects.revoke(key, by=None)


def count() -> int:
    return UwagaPodgladu.objects.count()
