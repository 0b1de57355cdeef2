"""An editor beside the server: for every line read, archives one practice or publishes it again."""

import sys

from praktyki.models import Praktyka


def main(slug: str) -> dict:
    praktyka, edits = Praktyka.objects.get(slug=slug), 0
    praktyka.zrodla.create(tytul="Pomiar")  # nothing is published without a source
    for _line in sys.stdin:
        if praktyka.is_published():
            praktyka.archive(reason="Pomiar.")
        else:
            praktyka.publish()
        edits += 1
        sys.stderr.write("done\n")
        sys.stderr.flush()
    return {"edits": edits}
