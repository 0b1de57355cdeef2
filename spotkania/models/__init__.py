from . import historia  # noqa: F401  (after the models whose history it keeps)
from .material import Material
from .prelegent import Prelegent
from .program import UdzialPrelegenta, Wypowiedz, Wystapienie
from .spotkanie import Cykl, Spotkanie, SpotkanieTag, ZrodloSpotkania
from .wersja import TrescWersji, WersjaMaterialu

__all__ = [
    "Cykl",
    "Material",
    "Prelegent",
    "Spotkanie",
    "SpotkanieTag",
    "TrescWersji",
    "UdzialPrelegenta",
    "WersjaMaterialu",
    "Wypowiedz",
    "Wystapienie",
    "ZrodloSpotkania",
]
