"""Debian packages that the tests and the benchmark need: installed as root, otherwise named."""

import os
import shutil
import subprocess
from collections.abc import Callable


def install(finders: dict[str, Callable], *more: str) -> list[str]:
    """Return the names of the packages still missing after installing them, and `more`, when we are root.

    A package is missing when its finder in `finders` finds nothing.
    """
    missing = _missing(finders)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"\n=== installing {', '.join(missing)} ===", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing, *more]
        subprocess.run(["apt-get", "update", "--quiet"], env=quiet, stdin=subprocess.DEVNULL)
        subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL)
        missing = _missing(finders)
    return missing


def _missing(finders) -> list[str]:
    return [name for name, find in finders.items() if not find()]
