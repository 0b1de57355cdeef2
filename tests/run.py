"""The runner behind `make test`: the suite on SQLite, on PostgreSQL, in Chromium; the last line counts all.

A run that cannot take place counts as a failure and says what is missing: silence would look like success.
"""

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from tests import browser, packages, postgres
from tests.server import ROOT, environment

PACKAGES = {
    "postgresql": postgres.programs,
    "chromium": browser.chromium,
    "unzip": partial(shutil.which, "unzip"),  # reads our archives, and is not Python
}
FONTS = "fonts-liberation"  # Chromium without a font draws every text as empty boxes
BROWSERS = 2  # each with a server of its own; more make one another too slow for their time limits
TEST_KEY = "only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `finally` runs
    missing = packages.install(PACKAGES, FONTS)
    with TemporaryDirectory(prefix="platforma-tests-") as scratch:
        total = run_pytest("SQLite", Path(scratch), "not browser")
        if "postgresql" in missing:
            total += not_run("PostgreSQL", "postgresql")
        else:
            with postgres.cluster() as url:
                settings = {"DATABASE_URL": url, "SECRET_KEY": TEST_KEY}
                total += run_pytest("PostgreSQL", Path(scratch), "not browser", **settings)
        if "chromium" in missing:
            total += not_run("Chromium", "chromium")
        else:
            subprocess.run(["make", "--silent", "static"], cwd=ROOT, check=True)  # once, not by every worker
            total += run_pytest("Chromium", Path(scratch), "browser", workers=BROWSERS)
    print(total, flush=True)
    return 1 if total.failed else 0


def run_pytest(name: str, scratch: Path, marker: str, workers="auto", **settings) -> Count:
    """Run the tests that match `marker` in processes of their own, and count them from their report."""
    say(f"tests on {name}")
    report = scratch / f"{name}.xml"
    var = scratch / name
    command = [sys.executable, "-m", "pytest", "-m", marker, f"-n{workers}", "--dist", "worksteal"]
    command.append(f"--junitxml={report}")
    code = wait(subprocess.Popen(command, cwd=ROOT, env=environment(VAR=var, **settings)))
    count = read_report(report) if report.exists() else Count()
    if code and not count.failed:
        say(f"pytest ended with code {code} and no failed test: counted as one")
        count.failed = 1
    return count


def wait(process: subprocess.Popen) -> int:
    """Return the exit code; when we are stopped, let pytest stop its servers and browsers first."""
    try:
        return process.wait()
    except BaseException as stop:
        if not isinstance(stop, KeyboardInterrupt):  # Ctrl-C has reached pytest too
            process.send_signal(signal.SIGINT)
        process.wait()
        raise


def read_report(report: Path) -> Count:
    """Count the tests of a JUnit file; a test that broke before it could fail is a failure."""
    count = Count()
    for suite in ElementTree.parse(report).iter("testsuite"):
        tests, failures, errors, skipped = (
            int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")
        )
        count += Count(tests - failures - errors - skipped, failures + errors, skipped)
    return count


def not_run(name: str, package: str) -> Count:
    say(f"NOT RUN: tests on {name}. Missing: apt-get install {package}. Counted as one failure")
    return Count(failed=1)


def say(text: str) -> None:
    print(f"\n=== {text} ===", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
