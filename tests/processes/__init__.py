"""Readers and editors in processes of their own, for `tests/test_processes.py`."""
