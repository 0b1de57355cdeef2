"""What the page of two versions shows: each conflict with its choices, and what was put together unasked."""

import json

from platforma.lib import sending


def page(versions, buttons) -> dict:
    """Return the context. `buttons` are the fields that belong to a button which no longer works.

    Their texts are shown to be copied; the form leaves them out, or it would refuse them.
    """
    dropped = [part for part in versions.parts if part.key in buttons]
    names = {name for part in dropped for name in sending.names(part.field, part.name)}
    conflicts = [_choice(part, row) for part, row in _parts(versions) if part.is_conflict]
    names |= {choice["part"].name for choice in conflicts if choice["is_text"]}
    return {
        "conflicts": conflicts,
        "row_conflicts": [_row_choice(row) for row in versions.rows if row.is_conflict],
        "hidden": [pair for pair in versions.pairs() if pair[0] not in names],
        "theirs": list(_theirs(versions)),
        "mine": [change for change in _mine(versions) if change["part"] not in dropped],
        "files": [
            part for part, _row in _parts(versions, ("", "mine")) if _is_lost_file(part) and part.is_mine
        ],
        "button_texts": [text for text in (part.readable("written") for part in dropped) if text],
    }


def _parts(versions, fates=("",)):
    """Return (part, row), the row None for a field of the entry itself."""
    rows = [row for row in versions.rows if row.fate in fates]
    return [
        *((part, None) for part in versions.parts),
        *((part, row) for row in rows for part in row.parts),
    ]


def _choice(part, row):
    names = sending.names(part.field, part.name)
    theirs = {"names": names, "pairs": sending.pairs(part.field, part.name, part.stored)}
    return {
        "part": part,
        "label": _label(part, row),
        "theirs": json.dumps(theirs),
        "opened": None if part.opened is None else part.readable("opened"),
        "is_file": sending.is_file(part.field),
        "is_long": sending.is_long(part.field),
        "is_text": sending.is_text(part.field) and len(names) == 1,
    } | {version: part.readable(version) for version in ("stored", "written")}


def _row_choice(row):
    version = "written" if row.fate == "gone" else "stored"
    texts = [(part.label, part.readable(version)) for part in row.parts]
    return {"row": row, "is_gone": row.fate == "gone", "texts": [pair for pair in texts if pair[1]]}


def _theirs(versions):
    for part, row in _parts(versions):
        if part.is_theirs and not part.is_conflict:
            yield _change(part, row, "stored")
    what = {"theirs": "dodano", "twice": "dodano tak samo jak u Ciebie, zostaje raz", "gone": "usunięto"}
    for row in versions.rows:
        if row.fate in what and not row.is_conflict:
            yield {"label": row.title, "was": None, "now": what[row.fate], "part": None}


def _mine(versions):
    for part, row in _parts(versions):
        if part.is_mine_only and not _is_lost_file(part):
            yield _change(part, row, "written")
    what = {"mine": "dodajesz", "cut": "usuwasz"}
    for row in versions.rows:
        if row.fate in what and not row.is_conflict:
            yield {"label": row.title, "was": None, "now": what[row.fate], "part": None}


def _change(part, row, version):
    texts = {"was": part.readable("opened") if part.opened is not None else "", "now": part.readable(version)}
    return {"label": _label(part, row), "part": part} | texts


def _label(part, row):
    return f"{row.title}: {part.label}" if row else part.label


def _is_lost_file(part):
    """Tell whether the sender chose a file, which no page can send again, outside of a conflict."""
    return sending.is_file(part.field) and any(part.written) and not part.is_conflict
