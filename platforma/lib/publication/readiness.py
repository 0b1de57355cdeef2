"""Readiness: what a good entry has, and what of it one still lacks.

Each kind names its needs in a pure function: `praktyki.models.readiness`, `spotkania.models.readiness`.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One thing an entry should have; `anchor` is the id of its field on the form, `why` is Polish."""

    label: str
    is_met: bool
    anchor: str
    why: str = ""
    required: bool = False


def lacking(needs: Iterable[Need], *, required: bool) -> list[Need]:
    """Return what is missing: of what is required, or of what is recommended."""
    return [need for need in needs if need.required == required and not need.is_met]


def summary(needs: list[Need]) -> dict:
    """Return what the form shows of `needs`: those missing, those met, and how many of each sort."""
    required = [need for need in needs if need.required]
    return {
        "missing": lacking(needs, required=True),
        "wanted": lacking(needs, required=False),
        "met": [need for need in needs if need.is_met],
        "required_total": len(required),
        "recommended_total": len(needs) - len(required),
    }
