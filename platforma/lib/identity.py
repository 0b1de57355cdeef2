"""Names that feeds and calendars know an entry by for ever."""

import uuid

_NAMESPACE = uuid.UUID("6f0a2c1e-8d0b-4a57-9a44-6d0a3f0f5b61")


def permanent_id(row) -> uuid.UUID:
    """Return an identifier that stays the same whatever of `row` is edited, and tells nothing about anyone.

    It is made of the kind of row, its primary key and its `created_at`, so entries of two sites differ.
    """
    return uuid.uuid5(_NAMESPACE, f"{row._meta.label_lower}:{row.pk}:{row.created_at.timestamp():.6f}")
