"""A stage in a process of its own: `python -m bench.child STAGE ARGUMENT…` prints its result as JSON."""

import importlib
import json
import os
import sys

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    stage = importlib.import_module(f"bench.{sys.argv[1]}")
    json.dump(stage.main(*sys.argv[2:]), sys.stdout)


if __name__ == "__main__":
    main()
