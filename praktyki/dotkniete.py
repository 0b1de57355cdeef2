"""What a change of a legal number touches: entries that describe older law, and texts that quote its key."""

from dataclasses import dataclass
from datetime import datetime, time

from django.apps import apps
from django.db.models import F, Model, Q
from django.utils import timezone

from platforma.lib.quoting import keys_in

from .models import Instrument
from .models.cytat import quoting_fields

MOST_SHOWN = 100
OWNERS = ("spotkanie", "instrument")  # whose page edits a row that has none of its own


@dataclass(frozen=True)
class Touched:
    """Rows of one kind, at most MOST_SHOWN of them, and how many more there are."""

    heading: str
    rows: list[Model]
    more: int


def touched_by(parametr) -> list[Touched]:
    """Return what an editor should read again when the value `parametr` comes into force, by kind.

    An entry is touched when it is about the parameter's instrument and describes the law of an earlier or an
    unknown day. Kinds without such rows are left out.
    """
    since = parametr.obowiazuje_od
    midnight = timezone.make_aware(datetime.combine(since, time.min))
    instrument = parametr.instrument
    older = Q(stan_prawny__lt=since) | Q(stan_prawny__isnull=True)
    meeting_older = Q(poczatek__lt=midnight) | Q(poczatek__isnull=True)
    said_older = Q(spotkanie__poczatek__lt=midnight) | Q(spotkanie__poczatek__isnull=True)
    found = {
        "Opis instrumentu": Instrument.objects.filter(older, pk=instrument.pk),
        "Praktyki": instrument.praktyki.filter(older).order_by(F("stan_prawny").asc(nulls_last=True), "pk"),
        "Spotkania": instrument.spotkania.filter(meeting_older),
        "Wypowiedzi": instrument.wypowiedzi.filter(said_older).select_related("spotkanie"),
    }
    for model in apps.get_models():
        if fields := quoting_fields(model):
            found[f"Cytują klucz – {model._meta.verbose_name_plural}"] = _quoting(
                model, fields, parametr.klucz
            )
    return [_listed(heading, rows) for heading, rows in found.items() if rows]


def _quoting(model, fields, key):
    """Return the rows of `model` whose texts quote `key`; the same word outside braces is no quotation."""
    holds = Q()
    for field in fields:
        holds |= Q(**{f"{field}__contains": key})
    owners = [field.name for field in model._meta.fields if field.name in OWNERS]
    rows = model._default_manager.filter(holds).select_related(*owners).order_by("pk")
    return [row for row in rows if any(key in keys_in(getattr(row, field)) for field in fields)]


def _listed(heading, rows) -> Touched:
    rows = list(rows)
    return Touched(heading, rows[:MOST_SHOWN], max(0, len(rows) - MOST_SHOWN))
