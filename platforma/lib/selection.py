"""What a reader chose in a catalogue, as a value that can be changed, compared and written as an address."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

MISSING = "brak"
MISSING_LABEL = "brak danych"


@dataclass(frozen=True)
class Span:
    """What was asked of a range: its ends (either may be open) and whether rows of unknown value count."""

    low: Decimal | int | None = None
    high: Decimal | int | None = None
    missing: bool = False

    def __bool__(self):
        return self.missing or self.low is not None or self.high is not None


@dataclass(frozen=True)
class Selection:
    """The words, the facet values and the ranges chosen; names without a choice are absent.

    What is `carried` narrows nothing and survives every change: addresses of the list pass it on.
    """

    words: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self):
        return bool(self.words or self.values or self.spans)

    def get(self, name: str):
        """Return what was chosen under filter `name` (words, values or a span), or None."""
        if name == "q":
            return self.words or None
        return self.values.get(name) or self.spans.get(name)

    def without(self, name: str) -> "Selection":
        """Return the selection without any choice of filter `name`."""
        if name == "q":
            return replace(self, words="")
        return replace(
            self,
            values={key: value for key, value in self.values.items() if key != name},
            spans={key: value for key, value in self.spans.items() if key != name},
        )

    def with_values(self, name: str, values) -> "Selection":
        """Return the selection with exactly `values` chosen in facet `name`."""
        rest = self.without(name)
        return replace(rest, values={**rest.values, name: tuple(values)}) if values else rest

    def with_span(self, name: str, span: Span) -> "Selection":
        rest = self.without(name)
        return replace(rest, spans={**rest.spans, name: span}) if span else rest

    def toggling(self, name: str, **extra) -> Callable[[str], str]:
        """Return the function value → the query with it added to facet `name`, or taken away if it is there.

        Quick for many values: the rest of the query is written once.
        """
        chosen = {*self.values.get(name, ())}
        before, after = self.with_values(name, ["\0"]).query(**extra).split(f"{name}=%00")

        def query(value: str) -> str:
            if chosen == {value}:
                return self.without(name).query(**extra)
            values = sorted(chosen ^ {value}) if chosen else [value]
            own = "&".join(f"{name}={_quoted(one)}" for one in values)
            return before + own + after

        return query

    def pairs(self) -> list[tuple[str, str]]:
        """Return the `(parameter, value)` pairs of the address, sorted: equal selections look alike."""
        pairs = [("q", self.words)] if self.words else []
        pairs += sorted((name, value) for name, values in self.values.items() for value in values)
        for name, span in sorted(self.spans.items()):
            pairs += [(f"{name}_od", _number(span.low))] if span.low is not None else []
            pairs += [(f"{name}_do", _number(span.high))] if span.high is not None else []
            pairs += [(name, MISSING)] if span.missing else []
        pairs += [(name, value) for name, values in sorted(self.carried.items()) for value in values]
        return pairs

    def query(self, **extra) -> str:
        """Return the query string with its "?" and the `extra` parameters that have a value; "" if empty."""
        pairs = self.pairs() + [(name, value) for name, value in extra.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""


_quoted = lru_cache(maxsize=20_000)(quote_plus)  # the values of facets, asked for with every page


def _number(value) -> str:
    return (
        format(value, "f").rstrip("0").rstrip(".")
        if isinstance(value, Decimal) and value % 1
        else str(int(value))
    )
