"""The admin of practices, instruments and the reference lists; one module for each module of models."""

from . import instrument, kreator, kreator_check, praktyka, slowniki  # noqa: F401  (they register their models)
