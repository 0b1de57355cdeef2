"""The tools behind `make test` and `make lint`: nothing missing, unpinned or broken may look like success."""

import pytest

from platforma.management.commands import serve
from tests import packages, pins, run

REPORT = """<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>"""
LOCK = """
# a comment
django==5.2.19 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via -r requirements.in
whitenoise[brotli]==6.12.0 ; sys_platform == "linux" \\
    --hash=sha256:cc
"""


def test_a_report_is_counted(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    assert str(run.read_report(tmp_path / "report.xml")) == "4 passed, 3 failed, 3 skipped"


def test_counts_add_up_to_the_last_line():
    assert str(run.Count(passed=2) + run.Count(passed=3, failed=1)) == "5 passed, 1 failed"


def test_a_run_that_broke_before_its_first_test_is_a_failure(tmp_path):
    assert run.run_pytest("nothing", tmp_path, "marker(").failed == 1


def test_what_cannot_be_run_is_named_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    monkeypatch.setattr(run.packages, "install", lambda *_: ["postgresql", "chromium"])
    monkeypatch.setattr(run, "run_pytest", lambda *_, **__: run.Count(passed=7))
    assert run.main() == 1
    output = capsys.readouterr().out
    assert "NOT RUN: tests on PostgreSQL. Missing: apt-get install postgresql." in output
    assert "NOT RUN: tests on Chromium. Missing: apt-get install chromium." in output
    assert output.splitlines()[-1] == "7 passed, 2 failed"


def test_without_root_nothing_is_installed(monkeypatch):
    finders = {"postgresql": lambda: None, "chromium": lambda: "/usr/bin/chromium"}
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    assert packages.install(finders) == ["postgresql"]


@pytest.mark.parametrize("workers", [1, 2, 3, 16, 64])
def test_all_threads_together_leave_postgresql_connections_to_spare(workers):
    assert serve.threads("postgresql", workers) * workers <= 64
    assert serve.threads("sqlite", workers) == 64


def test_a_lock_is_read():
    assert pins.locked(LOCK) == ({"django": "5.2.19", "whitenoise": "6.12.0"}, [])


@pytest.mark.parametrize(
    "line", ["django>=5.2 --hash=sha256:aa", "django==5.2.19", "django @ https://przyklad.pl/a.whl", "django"]
)
def test_a_dependency_without_one_version_and_a_hash_is_refused(line):
    _versions, complaints = pins.locked(line)
    assert len(complaints) == 1


@pytest.mark.parametrize("wanted", ["Django>=5.2.19,<5.3  # the LTS", "Django\n-r requirements.txt\n# more"])
def test_a_lock_that_meets_what_we_asked_for(wanted):
    assert pins.unmet(wanted, {"django": "5.2.19"}) == []


@pytest.mark.parametrize("wanted", ["Django>=5.2.20", "granian"])
def test_a_lock_older_than_what_we_ask_for_is_refused(wanted):
    assert len(pins.unmet(wanted, {"django": "5.2.19"})) == 1
