"""Importing a table of editors: checked first, then stored as one change of the content, or not at all."""

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.http import HttpRequest

from platforma.lib import history, revision
from platforma.lib.tables.mistakes import WHOLE_ROW
from platforma.lib.tables.outcome import Mistake, Outcome, Rights
from platforma.lib.tables.reading import Row
from platforma.lib.tables.table import Overtaken, Table
from platforma.signals import together
from praktyki.tables import TABLES

REASON = "import z pliku"
OVERTAKEN = "ktoś zapisał to samo w tej samej chwili; sprawdź plik jeszcze raz"


class _Refused(Exception):
    """Rows that were right a moment ago are not any more; undoes what was stored."""


def rights_of(user, table: type[Table]) -> Rights:
    """Return what the editors' desk lets a person do with the rows of a table."""
    request = HttpRequest()
    request.user = user
    desk = admin.site.get_model_admin(table._meta.model)
    may_add = desk.has_add_permission(request)
    return Rights(may_add, lambda row: desk.has_change_permission(request, row), user)


def import_rows(
    name: str, headings: list[str], rows: list[Row], user, *, save=False, progress=None
) -> Outcome:
    """Check the rows of the table `name` in TABLES and, when asked to and all are right, store them.

    New entries are drafts and others keep their state: nothing is published. The revision moves once.
    `progress` is called at each row with its number, how many there are, and whether it is only checked.
    """
    table = TABLES[name]
    rights = rights_of(user, table)
    with revision.snapshot():  # what others store meanwhile is no mistake of this file
        outcome = table().check(headings, rows, rights, progress)
    if outcome.mistakes or not save:
        return outcome
    try:
        history.explain(REASON)  # of the page of import, whose unit of work is this one
        with history.authored(user=user, reason=REASON), together():
            outcome = table().store(headings, rows, rights, progress)
            if outcome.mistakes:
                raise _Refused
            _log(user, outcome)
    except _Refused:
        pass
    except Overtaken as overtaken:
        return Outcome([Mistake(overtaken.args[0], WHOLE_ROW, "", OVERTAKEN)])
    return outcome


def _log(user, outcome):
    """Note every stored entry in its history, as the pages of the desk do."""
    for rows, flag in ((outcome.added, ADDITION), (outcome.changed, CHANGE)):
        if rows:
            LogEntry.objects.log_actions(user.pk, rows, flag, "Import z pliku")
