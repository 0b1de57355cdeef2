"""A row that a form of the desk is about to change is held, so that what is decided about it stays true."""

from django.db import connection


def hold(*rows) -> None:
    """Let nobody else change these rows until the transaction ends; SQLite holds the whole database.

    Without their keys, or we would wait for others who only link to them, and they for us.
    """
    for row in rows:
        row._meta.model._base_manager.select_for_update(no_key=True).filter(pk=row.pk).first()


class HeldRows:
    """Mixin of a ModelAdmin: forms, deletions and restorations read their row once nobody else saves it."""

    def locked_before(self, obj) -> list:
        """Return the rows to lock before `obj`: what it belongs to, and what saving it saves too.

        Forms that lock the same rows in the same order never wait for each other in a circle.
        """
        return []

    def get_object(self, request, object_id, from_field=None):
        obj = super().get_object(request, object_id, from_field)
        if obj is None or request.method != "POST" or not connection.in_atomic_block:
            return obj
        hold(*self.locked_before(obj), obj)
        return super().get_object(request, object_id, from_field)
