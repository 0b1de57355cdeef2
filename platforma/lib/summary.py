"""What a few numbers say together; what nobody stated is not a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

MIN_FOR_MEDIAN = 3  # below it a median would speak of single cases


@dataclass(frozen=True)
class Summary:
    """`n` numbers from `low` to `high`; `median` is None where there are fewer than three."""

    n: int
    low: Decimal
    high: Decimal
    median: Decimal | None


def summarize(values: Iterable[Decimal | None]) -> Summary | None:
    """Return the summary of the values that are known; None where none is."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    middle = median(known) if len(known) >= MIN_FOR_MEDIAN else None
    return Summary(len(known), min(known), max(known), middle)
