"""The history of an entry at the editors' desk: its time line, the difference of versions, the way back."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from platforma.lib import history
from platforma.lib.desk_address import desk_address
from platforma.lib.history.diff import compare
from platforma.lib.history.restore import Restoration
from platforma.lib.history.state import BEGINNING, Moment, Versions
from platforma.lib.history.timeline import describe, name_of

PER_PAGE = 50
CHANGED_MEANWHILE = (
    "W międzyczasie ktoś zmienił ten wpis. Zobacz, co przywrócenie zrobi teraz, i potwierdź jeszcze raz."
)


class HistoryDesk:
    """Mixin of a ModelAdmin: Django's page of history replaced by ours, with two more behind it.

    A model without versions keeps Django's, or leads to the event log where that tells more of it.
    """

    history_in_event_log = False

    def get_urls(self):
        if history.tracked(self.model) is None:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        compare = self.admin_site.admin_view(self.history_compare_view)
        restore = self.admin_site.admin_view(self.history_restore_view)
        return [
            path("<path:object_id>/history/porownaj/", compare, name=f"{name}_compare"),
            path("<path:object_id>/history/przywroc/<str:address>/", restore, name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def credit(self, request, obj) -> None:
        """Count who changes `obj` among the authors of what it is, or of what it belongs to."""

    def history_view(self, request, object_id, extra_context=None):
        """Show the versions of the entry and its parts, newest first."""
        if history.tracked(self.model) is None:
            if self.history_in_event_log:
                return self._history_event_log(request, object_id)
            return super().history_view(request, object_id, extra_context)
        obj, versions = self._history_open(request, object_id)
        pages = Paginator(list(reversed(versions.moments)), PER_PAGE)
        page = pages.get_page(request.GET.get("p"))
        context = {
            "page": page,
            "entries": describe(versions, page.object_list),
            "only_one": len(versions.moments) == 1,
            "beginning": versions.has_beginning and not page.has_next(),
            "BEGINNING": BEGINNING,
        }
        return self._history_page(request, "history", obj, versions, context)

    def history_compare_view(self, request, object_id):
        """Show what is different between two versions, whichever of them is named first."""
        obj, versions = self._history_open(request, object_id)
        last = versions.moments[-1].number if versions.moments else 0
        newer = self._history_number(versions, request.GET.get("do"), last)
        before = max(newer - 1, self._history_first(versions))
        older = self._history_number(versions, request.GET.get("od"), before)
        older, newer = sorted((older, newer))
        old, new = versions.states(older, newer)
        choices = list(reversed(versions.moments))
        context = {
            "difference": compare(old, new),
            "older": self._history_moment(versions, older),
            "newer": self._history_moment(versions, newer),
            "choices": choices,
            "BEGINNING": BEGINNING,
        }
        return self._history_page(request, "compare", obj, versions, context)

    def history_restore_view(self, request, object_id, address):
        """Ask, showing exactly what will change; then write the old content as a new version."""
        if request.method != "POST":
            return self._history_restore_page(request, object_id, address)
        with transaction.atomic():  # the row is held: whoever saves meanwhile waits, or is seen by us
            return self._history_restore_page(request, object_id, address)

    def _history_restore_page(self, request, object_id, address):
        obj, versions = self._history_open(request, object_id)
        if not self._history_may_restore(request, obj):
            raise PermissionDenied
        number = self._history_number(versions, address, None)
        moment = self._history_moment(versions, number)
        restoration = self._history_restoration(request, versions, number, obj)
        if restoration.possible and not self.has_change_permission(request, restoration.instance):
            raise PermissionDenied  # what it belonged to then may be closed to this person now
        latest = versions.moments[-1].address if versions.moments else BEGINNING
        if request.method == "POST" and request.POST.get("latest") != latest:
            messages.warning(request, CHANGED_MEANWHILE)
        elif request.method == "POST" and self._history_restore(request, restoration, moment):
            return redirect(desk_address(self.model, pk=restoration.pk))
        context = {
            "restoration": restoration,
            "difference": restoration.changes,
            "moment": moment,
            "latest": latest,
        }
        return self._history_page(request, "restore", obj, versions, context)

    def history_restored(self, request, obj) -> None:
        """Do what an entry that was written back needs beside its content."""
        self.credit(request, obj)

    def _history_open(self, request, object_id):
        """Return the entry (None where it was deleted) and its versions, if this person may see them."""
        pk = _key(object_id)
        obj = self.get_object(request, str(pk))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        versions = Versions(self.model, pk)
        if obj is None and not versions.moments:
            raise Http404("Nie ma takiego wpisu ani jego historii.")
        return obj, versions

    def _history_may_restore(self, request, obj) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def _history_restoration(self, request, versions, number, obj):
        (past,) = versions.states(number)
        if past.entry is None:
            raise Http404("W tej wersji wpisu już nie było.")
        return Restoration(versions, past, self.get_readonly_fields(request, obj))

    def _history_restore(self, request, restoration, moment) -> bool:
        if not restoration.possible:
            return False
        history.explain(f"przywrócono {name_of(moment)}")
        try:
            restoration.apply()
        except (ValidationError, IntegrityError, models.ProtectedError, models.RestrictedError) as error:
            reasons = " ".join(error.messages) if isinstance(error, ValidationError) else ""
            messages.error(request, f"Nie można przywrócić tej wersji i nic nie zmieniono. {reasons}")
            return False
        instance = self.model._base_manager.get(pk=restoration.pk)
        self.history_restored(request, instance)
        self.log_change(request, instance, f"Przywrócono {name_of(moment)}.")
        messages.success(request, f"„{instance}”: przywrócono {name_of(moment)}.")
        return True

    def _history_number(self, versions, address, default) -> int:
        number = versions.number_of(address) if address else default
        if number is None:
            raise Http404("Nie ma takiej wersji.")
        return number

    def _history_first(self, versions) -> int:
        return 0 if versions.has_beginning else 1

    def _history_moment(self, versions, number) -> Moment | None:
        return versions.moments[number - 1] if number else None

    def _history_event_log(self, request, object_id):
        """Accounts and roles have no versions: their changes stand in the event log."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        query = urlencode({"model": self.opts.label_lower, "object_id": unquote(object_id)})
        return HttpResponseRedirect(f"{reverse('admin:platforma_zdarzenie_changelist')}?{query}")

    def _history_page(self, request, name, obj, versions, context):
        label = str(obj) if obj else self._history_last_name(versions)
        titles = {"history": "Historia", "compare": "Porównanie wersji", "restore": "Przywracanie wersji"}
        context |= self.admin_site.each_context(request) | {
            "title": f"{titles[name]}: {label}",
            "opts": self.opts,
            "object": obj,
            "label": label,
            "versions": versions,
            "may_restore": self._history_may_restore(request, obj),
            "history_url": desk_address(self.model, "history", versions.pk),
            "compare_url": desk_address(self.model, "compare", versions.pk),
            "change_url": obj and desk_address(obj),
        }
        return TemplateResponse(request, f"admin/history/{name}.html", context)

    def _history_last_name(self, versions) -> str:
        entry = versions.before_last.entry
        if entry is None:
            return f"{capfirst(self.opts.verbose_name)} nr {versions.pk}"
        return str(self.model(**entry.values))


def _key(object_id: str) -> int:
    """Return the primary key in an address; a number that no row can have is not found."""
    text = unquote(object_id)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404("Nie ma takiego wpisu.")
    return int(text)
