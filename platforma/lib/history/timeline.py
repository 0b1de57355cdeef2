"""The time line of an entry: what each of its versions did, in a few Polish words."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import formats, timezone

from platforma.lib import history
from platforma.lib.history.diff import label_of, title_of
from platforma.lib.history.records import ORIGIN
from platforma.lib.history.rows import state_fields
from platforma.lib.history.state import BEGINNING, Moment, Versions
from platforma.lib.publication import Status

VERBS = {history.ADDED: "dodano", history.CHANGED: "zmieniono", history.DELETED: "usunięto"}


@dataclass
class Entry:
    """A version as the time line shows it."""

    moment: Moment
    previous: str  # the address of the version before, "" where there is none
    is_current: bool
    is_second: bool  # on its page: offered as the older of the two to compare
    steps: list[str] = field(default_factory=list)
    state_reason: str = ""


def name_of(moment: Moment | None) -> str:
    """Return what a version is called inside a sentence."""
    if moment is None:
        return ORIGIN
    when = formats.date_format(timezone.localtime(moment.date), "j E Y, H:i")
    return f"wersję {moment.number} z {when}"


def describe(versions: Versions, moments: list[Moment]) -> list[Entry]:
    """Return the entries of the time line for `moments`, newest first."""
    own = versions.heads[versions.nodes[0]].get(versions.pk, [])
    before = dict(zip([head.history_id for head in own[1:]], own, strict=False))
    entries = []
    for place, moment in enumerate(moments):
        has_previous = moment.number > 1 or versions.has_beginning
        previous = versions.moments[moment.number - 2].address if moment.number > 1 else BEGINNING
        is_current = moment is versions.moments[-1]
        entry = Entry(moment, previous if has_previous else "", is_current, place == 1)
        for head in (head for head in moment.heads if head.node.parent is None):
            entry.steps += _own_steps(head, before.get(head.history_id))
            if "status" in head.history_changed:
                entry.state_reason = head.state.get("status_reason", "")
        entry.steps += _part_steps(moment)
        entries.append(entry)
    return entries


def _own_steps(head, before) -> list[str]:
    if head.history_type == history.ADDED:
        return ["utworzono wpis"]
    if head.history_type == history.DELETED:
        return ["usunięto wpis"]
    model, steps = head.node.tracked.model, _state_steps(head, before)
    names = [label_of(model, name) for name in head.history_changed if name not in state_fields(model)]
    return [*steps, f"zmieniono: {', '.join(names)}"] if names else steps


def _state_steps(head, before) -> list[str]:
    """Return what became of the state of publication, its review and its successor."""
    changed, state, steps = head.history_changed, head.state, []
    if "status" in changed and before:
        steps.append(f"stan: {Status(before.state['status']).label} → {Status(state['status']).label}")
    elif "checked_at" in changed and state["checked_at"]:
        steps.append(f"sprawdzono, nadal aktualne; następny przegląd do {_day(state['przeglad_do'])}")
    elif "przeglad_do" in changed and state["przeglad_do"]:
        steps.append(f"zmieniono termin przeglądu: do {_day(state['przeglad_do'])}")
    if "successor" in changed:
        steps.append("wskazano następcę" if state["successor"] else "usunięto następcę")
    return steps


def _day(day) -> str:
    return formats.date_format(day, "j E Y") if day else "nieznanego dnia"


def _part_steps(moment) -> list[str]:
    """Return "źródła: dodano 2, usunięto 1" for each kind of part."""
    kinds: dict = {}
    for head in (head for head in moment.heads if head.node.parent):
        kinds.setdefault(head.node, {})[head.pk] = VERBS[head.history_type]
    return [
        f"{title_of(node)}: {', '.join(f'{verb} {count}' for verb, count in Counter(rows.values()).items())}"
        for node, rows in kinds.items()
    ]
