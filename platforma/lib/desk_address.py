"""Where the pages of a row stand in the editors' desk."""

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse


def desk_address(row: Model, page: str = "change", pk=None) -> str:
    """Return the address of the row's own `page`, by default the form; NoReverseMatch where it has none.

    `pk` stands in for the key of a row that is deleted: then `row` may be its model.
    """
    opts = row._meta
    key = quote(row.pk if pk is None else pk)
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[key])
