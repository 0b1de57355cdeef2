"""The time line of an entry: what each of its versions did, in a few Polish words."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import formats, timezone

from platforma.lib import history
from platforma.lib.history.diff import label_of, title_of
from platforma.lib.history.state import BEGINNING, STATE, Moment, Versions
from platforma.lib.publication import Status

STATE_FIELDS = (*STATE, "status_changed_at", "status_changed_by")
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
        return "stan sprzed pierwszej zapisanej zmiany"
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
    steps = []
    if "status" in head.history_changed and before:
        steps.append(f"stan: {Status(before.state['status']).label} → {Status(head.state['status']).label}")
    model = head.node.tracked.model
    names = [label_of(model, name) for name in head.history_changed if name not in STATE_FIELDS]
    return [*steps, f"zmieniono: {', '.join(names)}"] if names else steps


def _part_steps(moment) -> list[str]:
    """Return "źródła: dodano 2, usunięto 1" for each kind of part."""
    kinds: dict = {}
    for head in (head for head in moment.heads if head.node.parent):
        kinds.setdefault(head.node, {})[head.pk] = VERBS[head.history_type]
    return [
        f"{title_of(node)}: {', '.join(f'{verb} {count}' for verb, count in Counter(rows.values()).items())}"
        for node, rows in kinds.items()
    ]
