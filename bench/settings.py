"""The site's own settings; only the addresses are joined by those that nothing but the benchmark asks."""

from platforma.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
