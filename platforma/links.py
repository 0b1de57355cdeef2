"""The links of the whole site: which entries name an address, and keeping what checks found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import reduce

from django.contrib import admin
from django.db import models, transaction
from django.utils import timezone

from platforma.lib.links import filters
from platforma.lib.links.check import Outcome, host_of
from platforma.lib.links.models import ANSWERS, SprawdzonyAdres
from platforma.signals import content_models

HEADING = ["adres", "wynik", "kod", "szczegóły", "dokąd prowadzi", "sprawdzono", "nie działa od", "gdzie"]
NEVER = datetime.min.replace(tzinfo=UTC)
MAX_URL = SprawdzonyAdres._meta.get_field("url").max_length


def url_fields() -> list[models.URLField]:
    """Return every field of a content model that holds an address."""
    found = sorted(content_models(), key=lambda model: model._meta.label)
    return [field for model in found for field in filters.url_fields(model) if field.model is model]


def every_url() -> set[str]:
    """Return the addresses that entries of any state name; one query a field."""
    return {
        url
        for field in url_fields()
        for url in field.model._default_manager.exclude(**{field.name: ""})
        .values_list(field.name, flat=True)
        .distinct()
    }


def oldest_first(urls: Iterable[str]) -> list[str]:
    """Return the addresses by their last check, so that the next run goes on where one was cut short."""
    checked = dict(SprawdzonyAdres.objects.values_list("url", "sprawdzono"))
    return sorted(urls, key=lambda url: (checked.get(url, NEVER), url))


def witnesses(asked: Iterable[str]) -> Iterator[str]:
    """Yield an address of each server that answered last time and is not among the `asked`, newest first.

    Where none of the asked answered, one of these tells whether they are dead or there is no network.
    """
    seen = {host_of(url) for url in asked}
    rows = SprawdzonyAdres.objects.answering().order_by("-sprawdzono", "url")
    for url in rows.values_list("url", flat=True):
        if (host := host_of(url)) not in seen:
            seen.add(host)
            yield url


def entries_naming(urls: Iterable[str]) -> dict[str, list[models.Model]]:
    """Return, by address, the entries of the editors' desk where it stands; one query a field."""
    urls, found = list(urls), defaultdict(list)
    for field in url_fields():
        way = way_to_entry(field.model)
        rows = field.model._default_manager.filter(**{f"{field.name}__in": urls}).order_by("pk")
        for row in rows.select_related("__".join(way)) if way else rows:
            entry = reduce(getattr, way, row)
            if entry not in found[getattr(row, field.attname)]:
                found[getattr(row, field.attname)].append(entry)
    return found


def way_to_entry(model) -> list[str]:
    """Return the foreign keys that lead from a row to the entry on whose page of the desk it stands."""
    if admin.site.is_registered(model):
        return []
    owner = next(
        field
        for field in model._meta.concrete_fields
        if field.many_to_one and field.remote_field.on_delete is models.CASCADE
    )
    return [owner.name, *way_to_entry(owner.related_model)]


def keep(outcomes: Iterable[tuple[str, Outcome]]) -> None:
    """Store what was found; a link that works again loses the date since which it did not."""
    found, now = dict(outcomes), timezone.now()
    with transaction.atomic():
        broken = SprawdzonyAdres.objects.filter(url__in=found, zawodzi_od__isnull=False)
        since = dict(broken.values_list("url", "zawodzi_od"))
        SprawdzonyAdres.objects.bulk_create(
            # in one order, so that two checks at once never wait for each other in a circle
            (_row(url, found[url], since.get(url, now), now) for url in sorted(found)),
            update_conflicts=True,
            unique_fields=["url"],
            update_fields=["wynik", "kod", "uwaga", "dokad", "sprawdzono", "zawodzi_od"],
        )


def _row(url, outcome, since, now):
    return SprawdzonyAdres(
        url=url,
        wynik=outcome.wynik,
        kod=outcome.status,
        uwaga=outcome.note,
        dokad=outcome.target if len(outcome.target) <= MAX_URL else "",
        sprawdzono=now,
        zawodzi_od=None if outcome.wynik in ANSWERS else since,
    )


def forget_unused(urls: set[str]) -> None:
    """Delete the results of addresses that no entry names any more; `urls` are those in use."""
    unused = set(SprawdzonyAdres.objects.values_list("url", flat=True)) - urls
    for group in _hundreds(sorted(unused)):
        SprawdzonyAdres.objects.filter(url__in=group).delete()


def _hundreds(rows: list) -> Iterator[list]:
    for start in range(0, len(rows), 100):
        yield rows[start : start + 100]


def report(rows) -> Iterator[list]:
    """Yield the lines of the report on checked addresses, its heading first."""
    yield HEADING
    rows = list(rows)
    for group in _hundreds(rows):
        entries = entries_naming(row.url for row in group)
        for row in group:
            yield [
                *(row.url, row.get_wynik_display(), row.kod or "", row.uwaga, row.dokad),
                *(_day(row.sprawdzono), _day(row.zawodzi_od)),
                " | ".join(f"{entry._meta.verbose_name}: {entry}" for entry in entries[row.url]),
            ]


def _day(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
