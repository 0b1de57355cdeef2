"""Synthetic content for benchmarks: Polish text of real length, realistic facets, the same for the same seed.

Nothing here touches the database or the apps; `manage.py generate` writes what this package invents.
"""
