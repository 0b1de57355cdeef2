"""The pages that answer a form that must not be saved: two versions to choose from, or what was typed."""

from datetime import timedelta

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.contenttypes.models import ContentType
from django.template.response import TemplateResponse
from django.utils import timezone

from platforma.lib.desk_address import desk_address
from platforma.lib.publication import Status
from platforma.lib.publication.form import STEP
from platforma.lib.stale import page
from platforma.lib.stale.seen import FIELD, OPENED

RECENTLY = timedelta(minutes=15)


class StaleAnswers:
    """Mixin of a ModelAdmin: the two pages, each with status 409; whoever shows them has saved nothing."""

    def ask(self, request, obj, versions, seen, token, buttons, has_moved):
        """Show both versions; `token` is what this page shows, `buttons` are its buttons' own fields."""
        lines = log_of(obj.__class__, obj.pk).filter(pk__gt=seen.log).order_by("pk") if seen else ()
        button = self.pressed_step(request, obj)
        context = page.page(versions, () if button else buttons) | {
            "lines": lines,
            "is_known": seen is not None,
            "moved": has_moved and (Status(seen.shown["state"][0]).label, obj.get_status_display()),
            "button": button,
            "to_field": request.POST.get(TO_FIELD_VAR),
            "step_was_pressed": STEP in request.POST,
            "action": f"{desk_address(obj)}?{request.GET.urlencode()}".rstrip("?"),
            "entry_url": desk_address(obj),
            "is_only_me": bool(lines) and {line.user_id for line in lines} == {request.user.pk},
            "seen_token": token,
            "opened_token": request.POST.get(OPENED) or request.POST.get(FIELD, ""),
        }
        return self._stale_page(request, "admin/stale_conflict.html", "Dwie wersje wpisu", context, obj)

    def give_back(self, request, key, obj, versions, seen):
        """Show what was typed into an entry that is gone (`obj` is None) or closed."""
        context = {
            "kept": versions.typed(),
            "entry_url": desk_address(obj) if obj else "",
            "line": log_of(self.model, key)
            .filter(pk__gt=seen.log, **({} if obj else {"action_flag": DELETION}))
            .order_by("-pk")
            .first(),
        }
        title = "Tego wpisu nie możesz już zmienić" if obj else "Tego wpisu już nie ma"
        return self._stale_page(request, "admin/stale_kept.html", title, context, obj)

    def _stale_page(self, request, template, title, context, obj):
        is_popup = IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET
        context |= self.admin_site.each_context(request)
        context |= {"title": title, "opts": self.opts, "original": obj, "is_popup": is_popup}
        return TemplateResponse(request, template, context, status=409)


def log_of(model, key):
    """Return the lines that the desk wrote about a row."""
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    return LogEntry.objects.filter(content_type=content_type, object_id=str(key)).select_related("user")


def recent_line(request, obj):
    """Return the last line about the entry, if somebody else wrote it a moment ago."""
    since = timezone.now() - RECENTLY
    lines = log_of(obj.__class__, obj.pk).filter(action_time__gte=since)
    return lines.exclude(user=request.user).first()
