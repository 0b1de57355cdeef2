"""What must not stand in the log of the server."""

import logging
import re

# Of a secret address, see `platforma.lib.codes.new_code`; also one cut short or typed in capitals.
_CODE = re.compile(r"\b[A-Za-z2-7]{16,}\b")


class HideCodes(logging.Filter):
    """Put dots in the place of codes: Django logs the address of every answer that is an error."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(_CODE.sub("…", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True
