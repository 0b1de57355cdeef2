"""One import of a table at a time."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection


def lock(model, slugs: set[str]) -> None:
    """Hold other imports of the model, and edits of the rows `slugs`, until this transaction ends.

    SQLite needs none of it: there, transactions that write come one after another.
    """
    if connection.features.has_select_for_update:
        opts, rows = model._meta, model._default_manager.filter(slug__in=slugs)
        ContentType.objects.select_for_update(no_key=True).get(
            app_label=opts.app_label, model=opts.model_name
        )
        list(rows.select_for_update().order_by("pk").values_list("pk"))
