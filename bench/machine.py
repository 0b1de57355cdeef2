"""What the benchmark runs on, and the programs it needs beside Python."""

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests import postgres

PACKAGES = {"postgresql": postgres.programs, "wrk": lambda: shutil.which("wrk")}
LIBRARIES = ("Django", "granian", "pysqlite3", "datasette")


def missing() -> list[str]:
    """Return the names of the programs and libraries that are not installed."""
    return [
        *(name for name, find in PACKAGES.items() if not find()),
        *(name for name in LIBRARIES if not _version(name)),
    ]


def describe() -> dict[str, str]:
    """Return the machine and the versions that matter, by name."""
    cpu = _line("/proc/cpuinfo", "model name")
    memory = int(_line("/proc/meminfo", "MemTotal").split()[0]) // 1024**2
    described = {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "processor": f"{cpu}, {os.cpu_count()} logical",
        "memory": f"{memory} GB",
        "load when started": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}",
        "Python": platform.python_version(),
    }
    described |= {name: _version(name) for name in LIBRARIES if _version(name)}
    if programs := postgres.programs():
        answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
        described["PostgreSQL"] = answer.stdout.strip()
    return described


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _line(path: str, key: str) -> str:
    """Return what stands after `key` and a colon in a file of /proc; "?" where it is not said."""
    for line in Path(path).read_text().splitlines():
        if line.startswith(key):
            return line.split(":", 1)[1].strip()
    return "?"
