"""The admin of meetings, speakers and materials."""

from . import material, program, spotkanie  # noqa: F401  (they register their models)
