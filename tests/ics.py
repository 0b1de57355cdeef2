"""Reading our calendars the way a strict program would: RFC 5545 checked by hand, then vobject."""

import re

import vobject


def read_calendar(content: bytes):
    """Return the vobject calendar in `content`, whose form is checked first, and its events by UID."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text), "a bare CR or LF"
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75, "a line that is not folded"
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text), "a control character"
    calendar = vobject.readOne(text)
    events = list(getattr(calendar, "vevent_list", []))
    for event in events:
        for name in ("uid", "dtstamp", "dtstart", "summary", "sequence", "status", "url"):
            assert len(event.contents[name]) == 1, name
    by_uid = {event.uid.value: event for event in events}
    assert len(by_uid) == len(events)
    return calendar, by_uid
