"""A page that edits several rows of one entry at once, when others may be saving them too."""

from django.forms import Form
from django.http import QueryDict

from platforma.lib.stale import snapshots
from platforma.lib.stale.page import page
from platforma.lib.stale.seen import Seen, given_to
from platforma.lib.stale.versions import Versions

STALE_TABLE = (
    "Nic jeszcze nie zapisano: gdy ta strona była otwarta, zapisano inne zmiany. Wpisaliśmy je w formularz "
    "obok Twoich; gdzie różnią się od Twoich, stoją Twoje. Przejrzyj i zapisz jeszcze raz."
)


class StaleTable:
    """The rows as they are stored, as the page showed them and as they were sent; `entry` names the page."""

    def __init__(self, request, entry, formset_class, rows):
        self.request, self.entry = request, entry
        self.formset_class, self.rows = formset_class, rows
        self.stored = formset_class(queryset=rows.all())

    def token(self) -> str:
        """Return what the page shows, signed."""
        shown = snapshots.snapshot(Form(), [self.stored])
        return Seen(self.entry, self.request.user.pk, shown).sign()

    def differences(self) -> list[str]:
        """Return what others saved since the page was opened, to be read; nothing for a page just opened."""
        if self.request.method != "POST":
            return []
        context = page(self._versions(), ())
        found = [
            f"{one['label']}: zapisano w międzyczasie „{one['now'] or 'puste'}”." for one in context["theirs"]
        ]
        return found + [
            f"{one['label']}: zapisano w międzyczasie „{one['stored'] or 'puste'}”, "
            f"w formularzu jest Twoje „{one['written'] or 'puste'}”."
            for one in context["conflicts"]
        ]

    def merged(self):
        """Return the formset with both sides' changes, the sender's where they differ; not yet saved."""
        data = QueryDict(mutable=True)
        for name, text in self._versions().pairs():
            data.appendlist(name, text)
        return self.formset_class(data, queryset=self.rows.all())

    def _versions(self):
        seen = given_to(self.request)
        shown = seen.shown if seen and seen.entry == self.entry else None
        versions = Versions(shown, Form(), [self.stored], self.request.POST, self.request.FILES)
        for row in versions.rows:
            row.is_conflict = False  # a row that is gone cannot be brought back here
        return versions
