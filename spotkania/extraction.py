"""Reading the text of uploaded files for the search, some seconds after the upload, never in a request.

The queue is the state of the rows themselves: a process takes a version by a conditional update, so one
process reads it however many look; what a process left half-read when it died is taken again.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from platforma.lib import background
from platforma.lib.files import sandbox
from platforma.lib.files.formats import WITH_TEXT, extension_of
from platforma.lib.files.refusal import Refusal

from .models import TrescWersji, WersjaMaterialu

POLL_SECONDS = 10
GIVEN_UP_AFTER = timedelta(minutes=5)  # without an answer, many times what the worker may take
MAX_ATTEMPTS = 3


def read_waiting() -> int:
    """Read every text that waits; return how many files were looked into."""
    count = 0
    stale_before = timezone.now() - GIVEN_UP_AFTER
    for pk in list(WersjaMaterialu.objects.to_read(stale_before).values_list("pk", flat=True)):
        if WersjaMaterialu.objects.claim(pk, stale_before, timezone.now()):
            read(WersjaMaterialu.objects.get(pk=pk))
            count += 1
    return count


def read(wersja: WersjaMaterialu) -> None:
    """Read the text of a claimed version and index it, or note why that cannot be."""
    state = WersjaMaterialu.TextState
    if extension_of(wersja.nazwa_pliku) not in WITH_TEXT:
        _finish(wersja, state.NONE)
    elif wersja.text_attempts > MAX_ATTEMPTS:
        _finish(wersja, state.FAILED, "Odczyt przerwano kilka razy.")
    else:
        try:
            text, note = _text_of(wersja)
        except (Refusal, OSError) as error:
            reason = f"Plik {error}" if isinstance(error, Refusal) else "Pliku nie ma w magazynie."
            _finish(wersja, state.FAILED, reason)
        else:
            _finish(wersja, state.DONE if text else state.NONE, note, text)


def _text_of(wersja) -> tuple[str, str]:
    with wersja.plik.open("rb") as file:
        answer, _content = sandbox.run("text", extension_of(wersja.nazwa_pliku), file.read())
    if answer["is_cut"]:
        return answer["text"], f"Odczytano pierwsze {len(answer['text']) // 1000} tys. znaków."
    return answer["text"], "" if answer["text"] else "Plik nie ma warstwy tekstowej, np. jest skanem."


@transaction.atomic
def _finish(wersja, text_state, text_note="", text=""):
    """Write the outcome, unless the version was deleted or taken by another process meanwhile."""
    ours = WersjaMaterialu.objects.filter(pk=wersja.pk, text_claimed_at=wersja.text_claimed_at)
    if ours.update(text_state=text_state, text_note=text_note, text_claimed_at=None) and text:
        TrescWersji.objects.update_or_create(wersja=wersja, defaults={"tekst": text})


def start() -> None:
    """Look for waiting texts every `POLL_SECONDS`; for processes of the server."""
    background.repeat(read_waiting, name="text-reader", every=POLL_SECONDS, first=POLL_SECONDS)
