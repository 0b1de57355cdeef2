"""An editor beside the server: for every line read, archives one practice or publishes it again."""

import sys

from praktyki.models import Praktyka


def main(slug: str) -> dict:
    praktyka, edits = Praktyka.objects.get(slug=slug), 0
    for _line in sys.stdin:
        change = praktyka.archive if praktyka.is_published() else praktyka.publish
        change()
        edits += 1
        sys.stderr.write("done\n")
        sys.stderr.flush()
    return {"edits": edits}
