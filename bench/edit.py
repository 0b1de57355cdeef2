"""An editor beside the server: for every line read, archives one practice or publishes it again."""

import sys

from praktyki.models import Praktyka

REASON = "Pomiar."


def main(slug: str) -> dict:
    praktyka, edits = editable(Praktyka.objects.get(slug=slug)), 0
    for _line in sys.stdin:
        change = archive if praktyka.is_published() else publish
        change(praktyka)
        edits += 1
        sys.stderr.write("done\n")
        sys.stderr.flush()
    return {"edits": edits}


def editable(praktyka: Praktyka) -> Praktyka:
    """Give a synthetic practice the source without which nothing is published."""
    if not praktyka.zrodla.exists():
        praktyka.zrodla.create(tytul="Pomiar", url="https://example.com/")
    return praktyka


def archive(praktyka: Praktyka) -> None:
    praktyka.archive(reason=REASON)


def publish(praktyka: Praktyka) -> None:
    praktyka.publish()
