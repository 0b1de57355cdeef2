"""Running the worker: one process a file, without our environment, stopped when it takes too long."""

import json
import subprocess
import sys
from pathlib import Path

from platforma.lib.files.refusal import Refusal

SECONDS = 25  # by the clock; the worker's own limit counts processor time
_ROOT = Path(__file__).resolve().parents[3]
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
TOO_MUCH = "jest zbyt złożony: sprawdzanie trwało za długo albo się nie udało."


def run(task: str, extension: str, data: bytes) -> tuple[dict, bytes]:
    """Return what the worker answers for `data`; raise Refusal with its reason, or with ours."""
    command = [sys.executable, "-m", "platforma.lib.files.worker", task, extension]
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the extension is from our list)
            command, input=data, capture_output=True, timeout=SECONDS, cwd=_ROOT, env=_ENVIRONMENT, check=True
        )
        header, _, content = done.stdout.partition(b"\n")
        answer = json.loads(header)
    except (subprocess.SubprocessError, json.JSONDecodeError) as error:
        raise Refusal(TOO_MUCH) from error
    if "refusal" in answer:
        raise Refusal(answer["refusal"])
    return answer, content
