"""Turning what was measured into `var/bench.json` and `bench/RESULTS.md`."""

from dataclasses import dataclass

from bench.questions import LISTS

LARGE, SMALL, HUGE = 100_000, 1_000, 1_000_000
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Figure:
    """A figure to reach: its key in `ratios`, what it says, and its bound."""

    key: str
    text: str
    least: float | None = None
    most: float | None = None

    @property
    def bound(self) -> str:
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"

    def worst(self, values: list[float]) -> float:
        return min(values) if self.least is not None else max(values)

    def verdict(self, value: float | None) -> str:
        if value is None:
            return "not run"
        reached = value >= self.least if self.least is not None else value <= self.most
        return "reached" if reached else "**missed**"


FIGURES = (
    Figure("datasette_over_list_100k", "Datasette / our list, 100 000 rows, SQLite", least=100),
    Figure("plain_sql_over_list_100k", "plain Django + SQL / our list, 100 000 rows, SQLite", least=30),
    Figure("list_1m_over_1k", "list at 1 000 000 rows / at 1 000", most=2),
    Figure("list_100k_over_render", "list at 100 000 rows / its bare rendering", most=1.5),
    Figure("search_over_list_100k_sqlite", "two-word search, p95 / list, SQLite", most=3),
    Figure("search_over_list_100k_postgres", "two-word search, p95 / list, PostgreSQL", most=3),
    Figure("suggest_over_list_100k", "suggestions, p95 / list", most=0.25),
    Figure("copy_over_empty_view_rps", "page from its copy / empty view, requests a second", least=0.7),
    Figure("index_build_s", "index: build at 100 000 rows, s", most=3),
    Figure("index_update_ms", "index: update after one publication, ms", most=20),
    Figure("index_mb", "index: memory of a process at 100 000 rows, MB", most=60),
    Figure("list_queries", "database queries of a list page, the most at any size", most=8),
)


class Measured:
    """The rows of a run."""

    def __init__(self, rows: list[dict]):
        self.rows = rows
        self._by_name = {(row["name"], row["engine"], row["rows"]): row for row in rows}

    def get(self, name: str, engine: str, rows: int, column: str = "median_ms") -> float | None:
        """Return one value, or None when it was not measured."""
        return self._by_name.get((name, engine, rows), {}).get(column)

    def over(
        self, name: str, base: str, *, rows=LARGE, base_rows=LARGE, column="median_ms", engines=ENGINES
    ) -> list[float]:
        """Return a `column` of `name` over the same of `base`, the p95 over the median, of each engine."""
        base_column = "median_ms" if column == "p95_ms" else column
        pairs = (
            (self.get(name, engine, rows, column), self.get(base, engine, base_rows, base_column))
            for engine in engines
        )
        return [value / of for value, of in pairs if value is not None and of is not None]

    def lists(self, name: str, base: str, **more) -> list[float]:
        """Return `over` of each of the lists."""
        return [ratio for form in LISTS for ratio in self.over(name + form, base + form, **more)]


def ratios(measured: Measured, indexes: list[dict]) -> dict[str, float]:
    """Return the ratios of kontrakt.md that this run can give; of several lists and engines the worst counts.

    `indexes` are `{"rows", "build_s", "update_ms", "mb", "queries"}` of each engine and size.
    """
    over, lists, sqlite, postgres = measured.over, measured.lists, ["sqlite"], ["postgresql"]
    large = [index for index in indexes if index["rows"] == LARGE]
    values = {
        "datasette_over_list_100k": over("datasette", "list_http", engines=sqlite),
        "plain_sql_over_list_100k": lists("plain_sql", "list", engines=sqlite),
        "list_1m_over_1k": lists("list", "list", rows=HUGE, base_rows=SMALL),
        "list_100k_over_render": lists("list", "render"),
        "search_over_list_100k_sqlite": lists("search", "list", column="p95_ms", engines=sqlite),
        "search_over_list_100k_postgres": lists("search", "list", column="p95_ms", engines=postgres),
        "suggest_over_list_100k": over("suggest", "list", column="p95_ms"),
        "copy_over_empty_view_rps": over("wrk_list_copy", "wrk_empty_view", column="rps"),
        "index_build_s": [index["build_s"] for index in large],
        "index_update_ms": [index["update_ms"] for index in large],
        "index_mb": [index["mb"] for index in large],
        "list_queries": [index["queries"] for index in indexes],
    }
    return {
        figure.key: round(figure.worst(values[figure.key]), 3) for figure in FIGURES if values[figure.key]
    }


def as_markdown(machine: dict, measured: Measured, found: dict[str, float], notes: list[str]) -> str:
    """Return the report a person reads."""
    figures = [
        (figure.text, figure.bound, _plain(found.get(figure.key)), figure.verdict(found.get(figure.key)))
        for figure in FIGURES
    ]
    latencies = [
        (row["name"], row["engine"], f"{row['rows']:,}".replace(",", " "), row["median_ms"], row["p95_ms"],
         _plain(row.get("rps")))
        for row in measured.rows
    ]  # fmt: skip
    return "\n".join(
        [
            "# What the benchmark measured",
            "",
            "Made by `make bench`; `bench/README.md` says what each name means and how it is measured.",
            "",
            *_table(("machine", ""), machine.items()),
            "## Figures to reach",
            "",
            *_table(("what", "figure", "measured", ""), figures),
            "## All that was measured",
            "",
            *_table(("name", "engine", "rows", "median ms", "p95 ms", "requests/s"), latencies),
            "## Notes of this run",
            "",
            *(f"- {note}" for note in notes),
            "",
        ]
    )


def _table(head, rows) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(map(str, line))} |" for line in lines), ""]


def _plain(value) -> str:
    return "" if value is None else f"{value:g}"
