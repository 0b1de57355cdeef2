"""What touches several models at once."""

from django.db import transaction

from platforma.lib.publication import Status

from .models import Spotkanie, UdzialPrelegenta, Wystapienie

COPIED = (
    *("tytul", "rodzaj", "forma", "miejsce", "organizator_opis", "partnerzy_opis", "cykl", "opis"),
    "link_online",
)
RELATED = ("organizatorzy", "partnerzy", "instrumenty", "tematy", "praktyki")


@transaction.atomic
def duplicate(spotkanie: Spotkanie, *, by=None) -> Spotkanie:
    """Return a new draft like `spotkanie`, with its programme and speakers, made by `by`.

    What belongs to the day itself is not copied: dates, state, summary, statements, numbers of participants,
    materials, sources and notes.
    """
    copy = Spotkanie(
        status=Status.DRAFT, created_by=by, **{name: getattr(spotkanie, name) for name in COPIED}
    )
    copy.save()
    for name in RELATED:
        getattr(copy, name).set(getattr(spotkanie, name).all())
    copy.tagi.set(spotkanie.tagi.names())
    for wystapienie in spotkanie.wystapienia.prefetch_related("udzialy"):
        _copy_point(wystapienie, copy)
    return copy


def _copy_point(wystapienie, spotkanie):
    point = Wystapienie.objects.create(
        spotkanie=spotkanie,
        **{name: getattr(wystapienie, name) for name in ("tytul", "od", "do", "online", "opis", "position")},
    )
    for udzial in wystapienie.udzialy.all():
        values = {name: getattr(udzial, name) for name in ("prelegent", "rola", "organizacja", "position")}
        UdzialPrelegenta.objects.create(wystapienie=point, **values)
