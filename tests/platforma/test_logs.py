"""The log of the server holds no secret address, nor one that was only cut or typed in capitals."""

import logging

import pytest

from platforma.lib.logs import HideCodes
from platforma.lib.preview.models import new_code


@pytest.mark.parametrize("spoil", [str, str.upper, lambda code: code[:-1], lambda code: f"{code}a"])
def test_no_code_is_logged(spoil):
    code = new_code()
    record = logging.LogRecord("django", 30, "", 1, "%s: %s", ("Not Found", f"/podglad/{spoil(code)}/"), None)
    HideCodes().filter(record)
    assert record.getMessage() == "Not Found: /podglad/…/"


def test_an_ordinary_address_is_logged_whole():
    record = logging.LogRecord(
        "django", 30, "", 1, "%s: %s", ("Not Found", "/praktyki/bon-rewitalizacja/"), None
    )
    HideCodes().filter(record)
    assert record.getMessage() == "Not Found: /praktyki/bon-rewitalizacja/"
