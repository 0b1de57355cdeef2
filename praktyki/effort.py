"""What the public practices of one instrument say together: effort, amounts, and when they began."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from platforma.lib.charts import BarChart, bar_chart
from platforma.lib.summary import Summary, summarize

from .models import Instrument, LiczbaWysilku

AMOUNT_CLASSES = {  # label: the highest amount in zł that belongs to it
    "do 10 tys.": Decimal(10_000),
    "10–100 tys.": Decimal(100_000),
    "0,1–1 mln": Decimal(1_000_000),
    "ponad 1 mln": Decimal("Infinity"),
}


@dataclass(frozen=True)
class Effort:
    """One kind of number over the practices that state it."""

    label: str
    unit: str
    summary: Summary


@dataclass(frozen=True)
class Amounts:
    """The amounts of practices; `unknown` of them state none."""

    summary: Summary | None
    unknown: int
    chart: BarChart | None


@dataclass(frozen=True)
class Years:
    """The years in which practices began; of `unknown` ones nobody says."""

    chart: BarChart | None
    unknown: int


def numbers_of(praktyka) -> list[LiczbaWysilku]:
    """Return the numbers of one practice kind by kind, the latest of each kind first."""
    kinds = list(LiczbaWysilku.Rodzaj)
    return sorted(praktyka.liczby_wysilku.all(), key=lambda row: kinds.index(row.rodzaj))


def latest_of(praktyka) -> list[LiczbaWysilku]:
    """Return the latest number of each kind that one practice states."""
    latest = {}
    for row in numbers_of(praktyka):
        latest.setdefault(row.rodzaj, row)
    return list(latest.values())


def effort_of(instrument: Instrument, now=None) -> list[Effort]:
    """Return what is known of each kind of number; each practice counts once, with its latest number."""
    rows = LiczbaWysilku.objects.published(now).of_instrument(instrument).newest_first()
    latest = {}
    for row in rows:
        latest.setdefault((row.rodzaj, row.praktyka_id), row.wartosc)
    return [
        Effort(kind.label, LiczbaWysilku.JEDNOSTKI.get(kind, ""), summary)
        for kind in LiczbaWysilku.Rodzaj
        if (summary := summarize(value for (name, _key), value in latest.items() if name == kind))
    ]


def amounts_of(praktyki) -> Amounts:
    """Return the summary of the amounts of `praktyki` and their chart by class."""
    amounts = list(praktyki.order_by().values_list("kwota_zl", flat=True))
    known = [amount for amount in amounts if amount is not None]
    counts = Counter(map(_class_of, known))
    chart = bar_chart([(label, counts[label]) for label in AMOUNT_CLASSES])
    return Amounts(summarize(known), len(amounts) - len(known), chart)


def years_of(praktyki) -> Years:
    """Return how many of `praktyki` began in each year from the first to the last; a year may have none."""
    years = list(praktyki.order_by().values_list("rok_od", flat=True))
    counts = Counter(year for year in years if year is not None)
    span = range(min(counts), max(counts) + 1) if counts else ()
    return Years(bar_chart([(str(year), counts[year]) for year in span]), years.count(None))


def _class_of(amount: Decimal) -> str:
    return next(label for label, highest in AMOUNT_CLASSES.items() if amount <= highest)
