from .material import Material, WersjaMaterialu
from .spotkanie import (
    Cykl,
    Prelegent,
    Spotkanie,
    SpotkanieTag,
    UdzialPrelegenta,
    Wypowiedz,
    Wystapienie,
    ZrodloSpotkania,
)

__all__ = [
    "Cykl",
    "Material",
    "Prelegent",
    "Spotkanie",
    "SpotkanieTag",
    "UdzialPrelegenta",
    "WersjaMaterialu",
    "Wypowiedz",
    "Wystapienie",
    "ZrodloSpotkania",
]
