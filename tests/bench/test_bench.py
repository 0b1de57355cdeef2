"""The benchmark's report says what was measured, and a small run of it leaves what the contract promises."""

import json
import subprocess
import sys
from unittest import mock

import pytest

from bench import questions, report, timing
from bench.__main__ import Place, Run, write
from tests.server import ROOT, environment

KEYS = {  # of kontrakt.md
    *("datasette_over_list_100k", "plain_sql_over_list_100k", "list_1m_over_1k", "list_100k_over_render"),
    *("search_over_list_100k_sqlite", "search_over_list_100k_postgres", "suggest_over_list_100k"),
    *("copy_over_empty_view_rps", "index_build_s", "index_update_ms", "index_mb", "list_queries"),
}


def test_questions_are_many_and_always_the_same():
    assert questions.word_pairs() == questions.word_pairs()
    assert len(set(questions.word_pairs())) > questions.PAIRS * 0.9
    assert {len(start) for start in questions.beginnings()} == {2, 3, 4, 5, 6}


def measured(**medians):
    """Rows for SQLite at 100 000, each name with its median; the p95 is twice that, the rps thrice."""
    rows = [
        {
            "name": name,
            "engine": "sqlite",
            "rows": report.LARGE,
            "median_ms": ms,
            "p95_ms": 2 * ms,
            "rps": 3 * ms,
        }
        for name, ms in medians.items()
    ]
    return report.Measured(rows)


def test_ratios_say_only_what_was_measured():
    found = report.ratios(measured(list_filtered=20, plain_sql_filtered=1_000, render_filtered=16), [])
    assert found == {"plain_sql_over_list_100k": 50, "list_100k_over_render": 1.25}


def test_peers_count_where_we_win_least_and_ours_where_we_are_slowest():
    found = report.ratios(
        measured(
            list=10, render=9, plain_sql=500, list_filtered=20, render_filtered=10, plain_sql_filtered=800
        ),
        [],
    )
    assert found == {"plain_sql_over_list_100k": 40, "list_100k_over_render": 2}


def test_a_search_counts_with_its_slow_cases_and_the_worse_list():
    found = report.ratios(measured(list=20, list_filtered=10, search=20, search_filtered=20), [])
    assert found == {"search_over_list_100k_sqlite": 4}


def test_a_copy_is_judged_by_requests_and_datasette_over_the_same_connection():
    found = report.ratios(
        measured(wrk_list_copy=30, wrk_empty_view=40, datasette=900, list_http=9, list=1), []
    )
    assert found == {"copy_over_empty_view_rps": 0.75, "datasette_over_list_100k": 100}


def test_growth_is_of_the_same_list_on_the_same_database():
    rows = [
        {"name": "list", "engine": engine, "rows": rows, "median_ms": ms, "p95_ms": ms}
        for engine, rows, ms in (
            ("sqlite", report.SMALL, 10),
            ("sqlite", report.HUGE, 15),
            ("postgresql", report.SMALL, 20),
            ("postgresql", report.HUGE, 25),
        )
    ]
    assert report.ratios(report.Measured(rows), []) == {"list_1m_over_1k": 1.5}


def test_of_two_databases_the_worse_counts():
    indexes = [
        {"rows": report.LARGE, "build_s": 1, "update_ms": 9, "mb": 40, "queries": 6},
        {"rows": report.LARGE, "build_s": 2, "update_ms": 8, "mb": 50, "queries": 6},
        {"rows": report.SMALL, "build_s": 5, "update_ms": 99, "mb": 99, "queries": 7},
    ]
    assert report.ratios(measured(), indexes) == {
        "index_build_s": 2,
        "index_update_ms": 9,
        "index_mb": 50,
        "list_queries": 7,
    }


def test_the_report_names_what_was_missed_and_what_was_not_run():
    text = report.as_markdown(
        {"CPU": "any"}, measured(list=20), {"list_1m_over_1k": 2.5, "list_queries": 6}, ["ok"]
    )
    assert "| list at 1 000 000 rows / at 1 000 | ≤ 2 | 2.5 | **missed** |" in text
    assert "| ≤ 8 | 6 | reached |" in text
    assert text.count("not run") == len(report.FIGURES) - 2
    assert "| list | sqlite | 100 000 | 20 | 40 | 60 |" in text


def test_the_figures_are_those_of_the_contract():
    assert {figure.key for figure in report.FIGURES} == KEYS


@pytest.mark.browser
def test_a_small_run_measures_everything_on_sqlite(tmp_path):
    options = [*"--rows 30 --engines sqlite --seconds 0.05 --results".split(), tmp_path / "RESULTS.md"]
    subprocess.run(["make", "--silent", "static"], cwd=ROOT, check=True)
    command = [sys.executable, "-m", "bench", *options]
    subprocess.run(command, cwd=ROOT, env=environment(VAR=tmp_path), check=True, stdout=subprocess.DEVNULL)
    result = json.loads((tmp_path / "bench.json").read_text())
    assert set(result) == {"machine", "measured", "ratios"}
    assert result["ratios"].keys() == {"list_queries"}  # all others are of more rows
    assert all({"name", "engine", "rows", "median_ms", "p95_ms"} <= set(row) for row in result["measured"])
    names = {row["name"] for row in result["measured"]}
    assert {"search", "plain_sql", "render", "suggest", "index_update", "edit_shows_everywhere"} <= names
    assert sorted(path.name for path in tmp_path.iterdir()) == ["RESULTS.md", "bench.json"]


def test_what_goes_wrong_with_one_database_is_reported_and_the_rest_goes_on(monkeypatch, tmp_path):
    run, places = Run(), [Place("sqlite", rows, tmp_path) for rows in (30, 60)]
    generate = mock.Mock(side_effect=[RuntimeError("no such table"), ""])
    monkeypatch.setattr(
        "bench.__main__.python", lambda name, command, *_, **__: command == "migrate" or generate()
    )
    assert run.fill(places) == places[1:]
    write(run, {}, tmp_path / "bench.json", tmp_path / "RESULTS.md")
    assert "- sqlite, 30 practices: stopped early. no such table" in (tmp_path / "RESULTS.md").read_text()
    assert json.loads((tmp_path / "bench.json").read_text())["ratios"] == {}


def test_times_become_a_row():
    assert timing.row("x", "sqlite", 10, [1.0] * 19 + [100.0]) == {
        "name": "x",
        "engine": "sqlite",
        "rows": 10,
        "median_ms": 1.0,
        "p95_ms": pytest.approx(5.95),
    }
    assert len(timing.median_of_each([lambda: None] * 3)) == 3
