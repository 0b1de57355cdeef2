"""A part of `make lint`: every dependency is pinned and hashed, and the locks hold what we asked for."""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def locked(lock: str) -> tuple[dict[str, str], list[str]]:
    """Return `{name: version}` of a lock's text, and a complaint for each entry not pinned and hashed."""
    versions, complaints = {}, []
    entries = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*$", "", lock, flags=re.MULTILINE))
    for entry in filter(str.strip, entries.splitlines()):
        match = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.+!-]+)\s", entry)
        if match and "--hash=sha256:" in entry:
            versions[canonicalize_name(match[1])] = match[2]
        else:
            complaints.append(f"not pinned and hashed: {entry.split('--hash')[0].strip()}")
    return versions, complaints


def unmet(wanted: str, versions: dict[str, str]) -> list[str]:
    """Return a complaint for each requirement in `wanted` that the locked versions do not meet."""
    lines = (line.split("#")[0].strip() for line in wanted.splitlines())
    requirements = [Requirement(line) for line in lines if line and not line.startswith("-r ")]
    return [f"run `make lock`: {one} is not met" for one in requirements if not is_met(one, versions)]


def is_met(requirement: Requirement, versions: dict[str, str]) -> bool:
    version = versions.get(canonicalize_name(requirement.name))
    return version is not None and requirement.specifier.contains(version)


def main() -> int:
    runtime, complaints = locked((ROOT / "requirements.txt").read_text())
    complaints += unmet((ROOT / "requirements.in").read_text(), runtime)
    for name in ("requirements-dev", "requirements-bench"):
        versions, unpinned = locked((ROOT / f"{name}.txt").read_text())
        complaints += unpinned
        complaints += unmet((ROOT / f"{name}.in").read_text(), versions)
        complaints += [
            f"run `make lock`: {name}.txt lacks {package} {version}"
            for package, version in runtime.items()
            if versions.get(package) != version
        ]
    print("\n".join(complaints) or "All dependencies are pinned and hashed.")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
